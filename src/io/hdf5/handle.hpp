// Owned HDF5 identifiers: one template with the closing function as parameter, and one check for every return value.
#pragma once

#include "base/error.hpp"

#include <string>
#include <utility>

#include <hdf5.h>

namespace protolith::io {

/// Owns one HDF5 identifier and closes it; an identifier that HDF5 already closed with its file is left alone.
template <herr_t (*Close)(hid_t)>
class Handle {
  public:
    Handle() = default;
    explicit Handle(hid_t id) noexcept : id_(id) {}
    ~Handle() { reset(); }
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(id_, other.id_);
        return *this;
    }

    hid_t get() const noexcept { return id_; }
    explicit operator bool() const noexcept { return id_ >= 0; }
    /// Gives the identifier away without closing it.
    hid_t release() noexcept { return std::exchange(id_, H5I_INVALID_HID); }
    void reset() noexcept {
        const hid_t id = release();
        if (id >= 0 && H5Iis_valid(id) > 0) Close(id);
    }

  private:
    hid_t id_ = H5I_INVALID_HID;
};

using FileHandle = Handle<H5Fclose>;
using GroupHandle = Handle<H5Gclose>;
using DatasetHandle = Handle<H5Dclose>;
using SpaceHandle = Handle<H5Sclose>;
using TypeHandle = Handle<H5Tclose>;
using AttributeHandle = Handle<H5Aclose>;
using PropertyHandle = Handle<H5Pclose>;
using ObjectHandle = Handle<H5Oclose>;

/// Stops HDF5 from printing its errors: they travel in exceptions. Called before a file is opened or created.
void quiet_hdf5_errors();

/// HDF5's error stack in one line, innermost cause first; clears the stack.
std::string take_hdf5_errors();

/// Throws Error "FILE: cannot ACTION: causes".
[[noreturn]] void throw_hdf5_error(const std::string& file, const std::string& action);

/// Returns `value`, or throws with the error stack when HDF5 returned a negative one.
template <class T>
T checked(T value, const std::string& file, const std::string& action) {
    if (value < 0) throw_hdf5_error(file, action);
    return value;
}

}  // namespace protolith::io
