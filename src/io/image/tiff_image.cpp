#include "io/image/tiff_image.hpp"

#include "io/image/row_source.hpp"
#include "io/image/tiff_page.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace protolith::io {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// ImageJ stores stacks over 4 GB as one page with the other planes behind it, outside the TIFF standard.
void refuse_hidden_planes(TIFF* tiff, const std::string& path) {
    const char* description = nullptr;
    if (!TIFFGetField(tiff, TIFFTAG_IMAGEDESCRIPTION, &description) || std::strncmp(description, "ImageJ=", 7) != 0)
        return;
    const char* images = std::strstr(description, "images=");
    const long planes = images ? std::strtol(images + 7, nullptr, 10) : 1;
    require_input(planes <= 1,
                  "{}: an ImageJ stack of {} planes with one TIFF page; save it as BigTIFF or as raw with a sidecar",
                  path, planes);
}

class TiffImage final : public RowSource {
  public:
    TiffImage(TiffFile file, ImageInfo about, TiffPage page, std::vector<std::uint64_t> pages)
        : RowSource(std::move(about)), file_(std::move(file)), pages_(std::move(pages)), page_(std::move(page)) {}

    std::size_t held_bytes() const noexcept override { return packed_.size() + tile_.size() + grey_.size(); }

  private:
    const std::byte* row(std::size_t z, std::size_t y, std::size_t first, std::size_t count) override {
        if (z != plane_) select_plane(z);
        const std::byte* packed = page_.tiled ? tiled_row(y, first, count) : strip_row(y);
        grey_.resize(grey_row_bytes(page_.layout, extent().x));
        unpack_grey(page_.layout, packed, grey_.data(), first, count, name_of_plane(), y);
        if (page_.palette) apply_palette(first, count, y);
        return grey_.data();
    }

    std::string name_of_plane() const {
        return pages_.size() == 1 ? info().name
                                  : fmt::format("{} (page {} of {})", info().name, plane_ + 1, pages_.size());
    }

    void select_plane(std::size_t z) {
        file_.check(TIFFSetSubDirectory(file_.get(), pages_[z]) != 0);
        plane_ = z;
        page_ = read_tiff_page(file_, name_of_plane());
        row_ = none;
        decoded_.clear();
    }

    /// Scanlines come in order within a strip: most compressions cannot jump.
    const std::byte* strip_row(std::size_t y) {
        const std::size_t strip = y / page_.part_rows * page_.part_rows;
        const bool forward = row_ != none && row_ >= strip && row_ <= y;
        packed_.resize(page_.row_bytes);
        for (std::size_t r = forward ? row_ + 1 : strip; r <= y; ++r) {
            row_ = none;
            file_.check(TIFFReadScanline(file_.get(), packed_.data(), static_cast<std::uint32_t>(r), 0) == 1, true);
            row_ = r;
        }
        return packed_.data();
    }

    /// One row of tiles side by side is held; only the tiles that cover the columns asked for are decoded.
    const std::byte* tiled_row(std::size_t y, std::size_t first, std::size_t count) {
        const std::size_t across = (page_.columns - 1) / page_.part_columns + 1, band = y / page_.part_rows;
        const std::size_t band_row_bytes = across * page_.row_bytes;
        packed_.resize(band_row_bytes * page_.part_rows);
        tile_.resize(page_.row_bytes * page_.part_rows);
        if (decoded_.empty() || row_ != band) decoded_.assign(across, false);
        row_ = band;
        for (std::size_t t = first / page_.part_columns; t <= (first + count - 1) / page_.part_columns; ++t) {
            if (decoded_[t]) continue;
            const auto bytes = static_cast<tmsize_t>(tile_.size());
            const auto index = static_cast<std::uint32_t>(band * across + t);
            file_.check(TIFFReadEncodedTile(file_.get(), index, tile_.data(), bytes) == bytes, true);
            for (std::size_t r = 0; r < page_.part_rows; ++r)
                std::memcpy(packed_.data() + r * band_row_bytes + t * page_.row_bytes,
                            tile_.data() + r * page_.row_bytes, page_.row_bytes);
            decoded_[t] = true;
        }
        return packed_.data() + y % page_.part_rows * band_row_bytes;
    }

    void apply_palette(std::size_t first, std::size_t count, std::size_t y) {
        for (std::size_t x = first; x < first + count; ++x) {
            const auto grey = (*page_.palette)[std::to_integer<std::size_t>(grey_[x])];
            require_input(grey.has_value(), "{}: colour image; grey expected (palette colour at row {}, column {})",
                          name_of_plane(), y, x);
            grey_[x] = static_cast<std::byte>(*grey);
        }
    }

    TiffFile file_;
    std::vector<std::uint64_t> pages_;  ///< where the directory of each plane lies in the file
    TiffPage page_;
    std::size_t plane_ = none;
    std::size_t row_ = none;     ///< the strip's row or the tiles' band in `packed_`
    std::vector<bool> decoded_;  ///< tiles of the band that are in `packed_`
    std::vector<std::byte> packed_, tile_, grey_;
};

}  // namespace

std::unique_ptr<ImageSource> open_tiff(const std::string& path) {
    TiffFile file(path, "rm");  // not mapped into memory: a large image would count as the process's own
    std::vector<std::uint64_t> pages;
    TiffPage first;
    for (std::size_t directory = 1;; ++directory) {
        if (!is_auxiliary_page(file.get())) {
            const TiffPage page =
                read_tiff_page(file, directory == 1 ? path : fmt::format("{} (page {})", path, directory));
            if (pages.empty()) first = page;
            require_input(page.rows == first.rows && page.columns == first.columns && page.sample() == first.sample() &&
                              page.maximum() == first.maximum(),
                          "{}: page {} is {} × {} with values up to {}, page 1 is {} × {} with values up to {}; equal "
                          "pages expected",
                          path, directory, page.rows, page.columns, page.maximum(), first.rows, first.columns,
                          first.maximum());
            pages.push_back(TIFFCurrentDirOffset(file.get()));
        }
        if (TIFFLastDirectory(file.get())) break;
        file.check(TIFFReadDirectory(file.get()) != 0);
    }
    require_input(!pages.empty(), "{}: holds only thumbnails or masks; an image expected", path);
    if (pages.size() == 1) refuse_hidden_planes(file.get(), path);
    ImageInfo about{path, {pages.size(), first.rows, first.columns}, first.sample(), first.maximum(), {}};
    return std::make_unique<TiffImage>(std::move(file), std::move(about), std::move(first), std::move(pages));
}

}  // namespace protolith::io
