#include "io/image/tiff_file.hpp"

#include "io/image/file.hpp"

#include <cstdarg>
#include <cstdio>
#include <utility>

#if TIFFLIB_VERSION < 20221213
#error "libtiff 4.5 or newer is needed (Debian: libtiff-dev): older ones print errors by a global handler"
#endif

namespace protolith::io {

namespace {

std::string formatted(const char* format, va_list values) {
    char text[240];
    std::vsnprintf(text, sizeof text, format, values);
    std::string line(text);
    while (!line.empty() && (line.back() == '.' || line.back() == '\n')) line.pop_back();
    return line;
}

}  // namespace

int TiffFile::on_error(TIFF*, void* complaints, const char*, const char* format, va_list values) {
    auto& first = static_cast<Complaints*>(complaints)->error;
    if (first.empty()) first = formatted(format, values);
    return 1;
}

int TiffFile::on_warning(TIFF*, void* complaints, const char*, const char* format, va_list values) {
    auto& first = static_cast<Complaints*>(complaints)->warning;
    if (first.empty()) first = formatted(format, values);
    return 1;
}

TiffFile::TiffFile(const std::string& path, const char* mode)
    : path_(path), writing_(mode[0] == 'w'), complaints_(std::make_unique<Complaints>()) {
    const std::unique_ptr<TIFFOpenOptions, void (*)(TIFFOpenOptions*)> options(TIFFOpenOptionsAlloc(),
                                                                               TIFFOpenOptionsFree);
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), on_error, complaints_.get());
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), on_warning, complaints_.get());
    if (!writing_) {
        open_to_read(path);
        // A damaged tag must not make libtiff ask for the whole memory; no honest part is larger than the file.
        constexpr std::uint64_t always = 64u << 20;
        TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), static_cast<tmsize_t>(always + 2 * file_bytes(path)));
    }
    tiff_.reset(TIFFOpenExt(path.c_str(), mode, options.get()));
    check(tiff_ != nullptr);
}

void TiffFile::close() {
    check(TIFFFlush(tiff_.get()) != 0);
    tiff_.reset();
    check(true);
}

void TiffFile::check(bool ok, bool strict) {
    const Complaints said = std::exchange(*complaints_, {});
    if (ok && said.error.empty() && !(strict && !said.warning.empty())) return;
    const std::string reason = !said.error.empty()     ? said.error
                               : !said.warning.empty() ? said.warning
                                                       : "libtiff gave no reason";
    require(!writing_, "{}: cannot be written: {}", path_, reason);
    throw InputError(fmt::format("{}: damaged TIFF file: {}", path_, reason));
}

}  // namespace protolith::io
