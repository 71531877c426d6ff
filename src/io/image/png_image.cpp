#include "io/image/png_image.hpp"

#include "io/image/file.hpp"
#include "io/image/png_message.hpp"
#include "io/image/row_source.hpp"
#include "io/image/samples.hpp"

#include <csetjmp>
#include <cstring>

namespace protolith::io {

namespace {

/// Runs libpng calls; false if libpng gave up. `calls` must hold nothing that needs a destructor: longjmp skips it.
template <class Calls>
bool attempt(png_structp png, const Calls& calls) {
    if (setjmp(png_jmpbuf(png))) return false;
    calls();
    return true;
}

/// libpng's pair of structures for reading.
struct PngState {
    explicit PngState(PngMessage* message)
        : png(png_create_read_struct(PNG_LIBPNG_VER_STRING, message, keep_png_error, ignore_png_warning)),
          info(png != nullptr ? png_create_info_struct(png) : nullptr) {}
    ~PngState() { png_destroy_read_struct(&png, &info, nullptr); }
    PngState(const PngState&) = delete;
    PngState& operator=(const PngState&) = delete;

    png_structp png;
    png_infop info;
};

/// Reads one file from its top on.
class PngReader {
  public:
    PngReader(const std::string& path, std::FILE* file) : path_(path), state_(&message_) {
        require(state_.info != nullptr, "libpng {} cannot be used", PNG_LIBPNG_VER_STRING);
        std::rewind(file);
        run([&] {
            png_init_io(png(), file);
            // The default limit of one million columns and rows is too small for mosaics.
            png_set_user_limits(png(), PNG_UINT_31_MAX, PNG_UINT_31_MAX);
            png_read_info(png(), info());
        });
    }

    png_structp png() const noexcept { return state_.png; }
    png_infop info() const noexcept { return state_.info; }

    template <class Calls>
    void run(const Calls& calls) {
        // Once libpng has given up, its state must not be used again.
        failed_ = failed_ || !attempt(png(), calls);
        require_input(!failed_, "{}: damaged PNG file: {}", path_, message_.text);
    }

  private:
    std::string path_;
    PngMessage message_;
    bool failed_ = false;
    PngState state_;
};

/// Asks libpng for rows of plain samples: palettes become RGB, transparency becomes alpha, 16 bits this machine's
/// order.
PixelLayout set_transformations(PngReader& reader) {
    const png_structp png = reader.png();
    const png_infop info = reader.info();
    reader.run([&] {
        const int type = png_get_color_type(png, info);
        const bool transparent = png_get_valid(png, info, PNG_INFO_tRNS) != 0;
        if (type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
        if (transparent) png_set_tRNS_to_alpha(png);
        if (png_get_bit_depth(png, info) == 16) {
            const std::uint16_t one = 1;
            std::uint8_t first_byte = 0;
            std::memcpy(&first_byte, &one, 1);
            if (first_byte == 1) png_set_swap(png);
        }
        png_set_interlace_handling(png);
        png_read_update_info(png, info);
    });
    const int type = png_get_color_type(png, info);
    PixelLayout layout;
    layout.bits = png_get_bit_depth(png, info);
    layout.channels = png_get_channels(png, info);
    layout.colours = (type & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1;
    layout.alpha = (type & PNG_COLOR_MASK_ALPHA) != 0;
    return layout;
}

class PngImage final : public RowSource {
  public:
    PngImage(const std::string& path, File file, std::unique_ptr<PngReader> reader, const PixelLayout& layout)
        : RowSource(describe(path, *reader, layout)),
          file_(std::move(file)),
          layout_(layout),
          reader_(std::move(reader)) {
        packed_bytes_ = png_get_rowbytes(reader_->png(), reader_->info());
        interlaced_ = png_get_interlace_type(reader_->png(), reader_->info()) != PNG_INTERLACE_NONE;
        // Deflate expands at most 1032 times: a header that promises more is damaged, and must not make us allocate it.
        require_input(static_cast<double>(packed_bytes_) * static_cast<double>(extent().y) <=
                          1032.0 * static_cast<double>(file_bytes(path)) + 1024,
                      "{}: damaged PNG file: {} pixels cannot come from {} bytes", path, to_string(extent()),
                      file_bytes(path));
        packed_.resize(interlaced_ ? packed_bytes_ * extent().y : packed_bytes_);
        grey_.resize(grey_row_bytes(layout_, extent().x));
    }

    std::size_t held_bytes() const noexcept override { return packed_.size() + grey_.size(); }

  private:
    static ImageInfo describe(const std::string& path, const PngReader& reader, const PixelLayout& layout) {
        const Extent extent{1, png_get_image_height(reader.png(), reader.info()),
                            png_get_image_width(reader.png(), reader.info())};
        return {path,
                extent,
                layout.bits == 16 ? Sample::uint16 : Sample::uint8,
                static_cast<double>((1 << layout.bits) - 1),
                {}};
    }

    const std::byte* row(std::size_t, std::size_t y, std::size_t first, std::size_t count) override {
        const std::byte* packed = interlaced_ ? held_row(y) : streamed_row(y);
        unpack_grey(layout_, packed, grey_.data(), first, count, info().name, y);
        return grey_.data();
    }

    const std::byte* streamed_row(std::size_t y) {
        if (y + 1 < decoded_) restart();
        while (decoded_ <= y) {
            reader_->run([&] { png_read_row(reader_->png(), reinterpret_cast<png_bytep>(packed_.data()), nullptr); });
            if (++decoded_ == extent().y) reader_->run([&] { png_read_end(reader_->png(), nullptr); });
        }
        return packed_.data();
    }

    const std::byte* held_row(std::size_t y) {
        for (int pass = 0; decoded_ == 0 && pass < PNG_INTERLACE_ADAM7_PASSES; ++pass)
            for (std::size_t r = 0; r < extent().y; ++r)
                reader_->run([&] {
                    png_read_row(reader_->png(), reinterpret_cast<png_bytep>(packed_.data() + r * packed_bytes_),
                                 nullptr);
                });
        if (decoded_ == 0) reader_->run([&] { png_read_end(reader_->png(), nullptr); });
        decoded_ = extent().y;
        return packed_.data() + y * packed_bytes_;
    }

    void restart() {
        reader_ = std::make_unique<PngReader>(info().name, file_.get());
        set_transformations(*reader_);
        decoded_ = 0;
    }

    File file_;
    PixelLayout layout_;
    std::unique_ptr<PngReader> reader_;
    std::size_t packed_bytes_ = 0;
    std::size_t decoded_ = 0;  ///< rows decoded since the top; `packed_` holds the last of them
    bool interlaced_ = false;
    std::vector<std::byte> packed_, grey_;
};

}  // namespace

std::unique_ptr<ImageSource> open_png(const std::string& path) {
    File file = open_to_read(path);
    auto reader = std::make_unique<PngReader>(path, file.get());
    const PixelLayout layout = set_transformations(*reader);
    return std::make_unique<PngImage>(path, std::move(file), std::move(reader), layout);
}

}  // namespace protolith::io
