// How libpng tells what is wrong: it leaves its functions by longjmp, after its words were kept here.
#pragma once

#include <cstring>

#include <png.h>

namespace protolith::io {

/// The last words of libpng. Plain characters, because nothing with a destructor may be crossed by longjmp.
struct PngMessage {
    char text[160] = "";
};

/// For png_create_*_struct, whose error pointer is a PngMessage.
inline void keep_png_error(png_structp png, png_const_charp message) {
    auto* said = static_cast<PngMessage*>(png_get_error_ptr(png));
    std::strncpy(said->text, message, sizeof said->text - 1);
    png_longjmp(png, 1);
}
inline void ignore_png_warning(png_structp, png_const_charp) {}

}  // namespace protolith::io
