// Which reader an image path belongs to: by the first bytes of the file, and for raw by its sidecar.
#include "io/image/file.hpp"
#include "io/image/hdf5_image.hpp"
#include "io/image/image_path.hpp"
#include "io/image/png_image.hpp"
#include "io/image/raw_image.hpp"
#include "io/image/source.hpp"
#include "io/image/tiff_image.hpp"

#include <array>
#include <charconv>
#include <cstring>
#include <filesystem>

namespace protolith::io {

/// One plane of a volume as an image of its own.
class PlaneSource final : public ImageSource {
  public:
    PlaneSource(std::unique_ptr<ImageSource> volume, std::size_t plane)
        : ImageSource(describe(*volume, plane)), volume_(std::move(volume)), plane_(plane) {}

    std::size_t held_bytes() const noexcept override { return volume_->held_bytes(); }

  private:
    static ImageInfo describe(const ImageSource& volume, std::size_t plane) {
        const ImageInfo& all = volume.info();
        require_input(plane < all.extent.z, "{}[{}]: the image has {} planes, counted from 0", all.name, plane,
                      all.extent.z);
        return {fmt::format("{}[{}]", all.name, plane),
                {1, all.extent.y, all.extent.x},
                all.sample,
                all.maximum,
                all.voxel_size};
    }

    void read_samples(const Block& block, std::byte* out) override {
        Block in_volume = block;
        in_volume.offset.z = plane_;
        volume_->read_samples(in_volume, out);
    }

    std::unique_ptr<ImageSource> volume_;
    std::size_t plane_;
};

namespace {

enum class Content { png, tiff, hdf5, other };

Content content_of(const std::string& path) {
    const File file = open_to_read(path);
    std::array<char, 8> start{};
    const std::size_t bytes = std::fread(start.data(), 1, start.size(), file.get());
    const auto begins = [&](const char* magic, std::size_t length) {
        return bytes >= length && std::memcmp(start.data(), magic, length) == 0;
    };
    if (begins("\x89PNG\r\n\x1a\n", 8)) return Content::png;
    if (begins("\x89HDF\r\n\x1a\n", 8)) return Content::hdf5;
    if (begins("II*\0", 4) || begins("MM\0*", 4) || begins("II+\0", 4) || begins("MM\0+", 4)) return Content::tiff;
    return Content::other;
}

std::unique_ptr<ImageSource> open_other(const std::string& path) {
    const auto sidecar = find_sidecar(path);
    require_input(sidecar.has_value(),
                  "{}: neither PNG, TIFF nor HDF5 by its first bytes, and no sidecar (.json or .toml of the same name) "
                  "says how to read "
                  "it as raw",
                  path);
    return open_raw(path, *sidecar);
}

std::unique_ptr<ImageSource> open_file(const ImagePath& path) {
    const Content content = content_of(path.file);
    if (content == Content::hdf5) return open_hdf5_image(path);
    require_input(path.dataset.empty(), "{}: is no HDF5 file, so it has no dataset '{}'", path.file, path.dataset);
    auto source = content == Content::png    ? open_png(path.file)
                  : content == Content::tiff ? open_tiff(path.file)
                                             : open_other(path.file);
    if (!path.item) return source;
    return std::make_unique<PlaneSource>(std::move(source), *path.item);
}

}  // namespace

ImagePath parse_image_path(const std::string& text) {
    ImagePath path{text, "", {}};
    if (std::filesystem::exists(text)) return path;
    if (const auto bracket = text.rfind('['); bracket != std::string::npos && text.back() == ']') {
        std::size_t item = 0;
        const char *first = text.data() + bracket + 1, *last = text.data() + text.size() - 1;
        const auto [end, error] = std::from_chars(first, last, item);
        if (error == std::errc{} && end == last) {
            path.item = item;
            path.file = text.substr(0, bracket);
        }
    }
    if (const auto colon = path.file.find(":/"); colon != std::string::npos && colon > 0) {
        path.dataset = path.file.substr(colon + 1);
        path.file.resize(colon);
    }
    return path;
}

std::string to_string(const ImagePath& path) {
    std::string text = path.dataset.empty() ? path.file : path.file + ":" + path.dataset;
    if (path.item) text += fmt::format("[{}]", *path.item);
    return text;
}

std::unique_ptr<ImageSource> open_image(const std::string& path) { return open_file(parse_image_path(path)); }

}  // namespace protolith::io
