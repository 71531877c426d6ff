// Grey PNG files by libpng.
#include "io/image/file.hpp"
#include "io/image/png_image.hpp"
#include "io/image/png_message.hpp"

#include <csetjmp>

namespace protolith::io {

namespace {

/// Everything that libpng may leave by longjmp; holds nothing that needs a destructor.
bool write_rows(png_structp png, png_infop info, std::FILE* file, const Extent& extent, const std::uint8_t* grey) {
    if (setjmp(png_jmpbuf(png))) return false;
    png_init_io(png, file);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_IHDR(png, info, static_cast<png_uint_32>(extent.x), static_cast<png_uint_32>(extent.y), 8,
                 PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (std::size_t y = 0; y < extent.y; ++y) png_write_row(png, grey + y * extent.x);
    png_write_end(png, info);
    return true;
}

}  // namespace

void write_png(const std::string& path, const Extent& extent, const std::uint8_t* grey) {
    require(extent.z == 1 && extent.count() > 0 && extent.y <= PNG_UINT_31_MAX && extent.x <= PNG_UINT_31_MAX,
            "{}: a PNG holds one plane with at least one pixel; {} planes of {} × {} given", path, extent.z, extent.y,
            extent.x);
    File file = open_to_write(path);
    PngMessage error;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &error, keep_png_error, ignore_png_warning);
    require(png != nullptr, "libpng {} cannot be used", PNG_LIBPNG_VER_STRING);
    png_infop info = png_create_info_struct(png);
    const bool written = info != nullptr && write_rows(png, info, file.get(), extent, grey);
    png_destroy_write_struct(&png, &info);
    require(written, "{}: cannot be written: {}", path, error.text);
    close_written(std::move(file), path);
}

}  // namespace protolith::io
