#include "io/image/raw_image.hpp"

#include "io/image/file.hpp"

#include <algorithm>
#include <filesystem>
#include <type_traits>

namespace protolith::io {

namespace {

double maximum_of(Sample sample) { return sample == Sample::uint8 ? 255 : sample == Sample::uint16 ? 65535 : 1; }

class RawImage final : public ImageSource {
  public:
    RawImage(const std::string& path, File file, const Sidecar& sidecar)
        : ImageSource({path, sidecar.extent, sidecar.sample, maximum_of(sidecar.sample), sidecar.voxel_size}),
          file_(std::move(file)),
          header_(sidecar.header_bytes),
          swapped_(sidecar.byte_order != std::endian::native) {}

    std::size_t held_bytes() const noexcept override { return 0; }

  private:
    void read_samples(const Block& block, std::byte* out) override {
        const std::size_t width = bytes_of(sample());
        const bool whole_rows = block.extent.x == extent().x;
        // Whole rows lie together and are read at once.
        const std::size_t runs = whole_rows ? 1 : block.extent.y, run = block.extent.x * block.extent.y / runs;
        std::byte* to = out;
        for (std::size_t z = 0; z < block.extent.z; ++z)
            for (std::size_t r = 0; r < runs; ++r, to += run * width) {
                const std::size_t row = (block.offset.z + z) * extent().y + block.offset.y + r;
                read_run(header_ + (row * extent().x + block.offset.x) * width, to, run * width);
            }
        if (swapped_)
            for (std::size_t i = 0; i < block.count(); ++i) std::reverse(out + i * width, out + (i + 1) * width);
    }

    void read_run(std::uint64_t offset, std::byte* to, std::size_t bytes) {
        const bool good = fseeko(file_.get(), static_cast<off_t>(offset), SEEK_SET) == 0 &&
                          std::fread(to, 1, bytes, file_.get()) == bytes;
        require_input(good, "{}: {} bytes at {} cannot be read", info().name, bytes, offset);
    }

    File file_;
    std::uint64_t header_;
    bool swapped_;
};

}  // namespace

std::unique_ptr<ImageSource> open_raw(const std::string& path, const std::string& sidecar_path) {
    const Sidecar sidecar = read_sidecar(sidecar_path);
    File file = open_to_read(path);
    const std::uint64_t found = file_bytes(path), samples = sidecar.extent.count() * bytes_of(sidecar.sample);
    require_input(found >= sidecar.header_bytes && found - sidecar.header_bytes == samples,
                  "{}: the file has {} bytes; {} expected ({} voxels of {} bytes after a header of {}, from {})", path,
                  found, sidecar.header_bytes + samples, to_string(sidecar.extent), bytes_of(sidecar.sample),
                  sidecar.header_bytes, sidecar_path);
    return std::make_unique<RawImage>(path, std::move(file), sidecar);
}

template <class T>
void write_raw(const std::string& path, const Volume<T>& volume, std::optional<double> voxel_size) {
    File file = open_to_write(path);
    write_all(file, volume.data(), volume.size() * sizeof(T), path);
    close_written(std::move(file), path);
    Sidecar sidecar;
    sidecar.extent = volume.extent();
    sidecar.sample = std::is_same_v<T, float> ? Sample::float32 : sizeof(T) == 2 ? Sample::uint16 : Sample::uint8;
    sidecar.voxel_size = voxel_size;
    write_sidecar(std::filesystem::path(path).replace_extension(".json").string(), sidecar);
}

template void write_raw(const std::string&, const Volume<std::uint8_t>&, std::optional<double>);
template void write_raw(const std::string&, const Volume<std::uint16_t>&, std::optional<double>);
template void write_raw(const std::string&, const Volume<float>&, std::optional<double>);

}  // namespace protolith::io
