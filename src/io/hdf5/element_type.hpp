// The element types that Protolith stores, and their HDF5 types in memory and (little-endian) in the file.
#pragma once

#include "io/hdf5/handle.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

namespace protolith::io {

enum class ElementType { uint8, int32, int64, uint32, uint64, float32, float64, text };

/// Name as it is printed: "uint8", "float64", …
std::string to_string(ElementType type);
/// Bytes of one number; text has no fixed size.
std::size_t element_size(ElementType type);
/// HDF5 type in memory of a number; owned by HDF5.
hid_t memory_type(ElementType type);
/// HDF5 type in the file of a number; owned by HDF5.
hid_t file_type(ElementType type);
/// Fixed-length UTF-8 text, padded with zeros; `length` bytes, at least one.
TypeHandle text_type(std::size_t length);
/// What an HDF5 type is to Protolith; Error naming `file` and `name` for a type that it does not write.
ElementType classify(hid_t type, const std::string& file, const std::string& name);

/// The ElementType of a C++ number.
template <class T>
constexpr ElementType element_type_of() {
    if constexpr (std::is_same_v<T, std::uint8_t>)
        return ElementType::uint8;
    else if constexpr (std::is_same_v<T, std::int32_t>)
        return ElementType::int32;
    else if constexpr (std::is_same_v<T, std::int64_t>)
        return ElementType::int64;
    else if constexpr (std::is_same_v<T, std::uint32_t>)
        return ElementType::uint32;
    else if constexpr (std::is_same_v<T, std::uint64_t>)
        return ElementType::uint64;
    else if constexpr (std::is_same_v<T, float>)
        return ElementType::float32;
    else {
        static_assert(std::is_same_v<T, double>, "not an element type of Protolith's files");
        return ElementType::float64;
    }
}

}  // namespace protolith::io
