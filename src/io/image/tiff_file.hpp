// A TIFF file by RAII, whose complaints are kept instead of printed (libtiff >= 4.5: handlers belong to the file).
#pragma once

#include "base/error.hpp"

#include <memory>
#include <string>

#include <tiffio.h>

namespace protolith::io {

class TiffFile {
  public:
    /// Opens for reading ("r", "rm" without mapping) or writing ("w", "w8" for files over 4 GiB). Errors: InputError
    /// when reading, Error when writing.
    TiffFile(const std::string& path, const char* mode);
    /// Closes a file that is written; an error (disk full) throws.
    void close();

    TIFF* get() const noexcept { return tiff_.get(); }
    const std::string& path() const noexcept { return path_; }

    /// Throws unless `ok` and, with `strict`, unless libtiff kept silent since the last check: damaged fax and JPEG
    /// data are reported by a warning, and decoded to rubbish.
    void check(bool ok, bool strict = false);

  private:
    struct Complaints {
        std::string error, warning;
    };
    struct Close {
        void operator()(TIFF* tiff) const noexcept { TIFFClose(tiff); }
    };
    static int on_error(TIFF*, void* complaints, const char* module, const char* format, va_list values);
    static int on_warning(TIFF*, void* complaints, const char* module, const char* format, va_list values);

    std::string path_;
    bool writing_;
    std::unique_ptr<Complaints> complaints_;  // its address is libtiff's, also while closing: declared before the file
    std::unique_ptr<TIFF, Close> tiff_;
};

}  // namespace protolith::io
