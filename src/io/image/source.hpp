// Images from files: PNG, TIFF, raw with a sidecar, HDF5. An ImageSource hands out boxes and bands of rows of any of
// them without holding the image; read_grey and read_phase bring a whole one into memory. Whatever is wrong in a file
// is an InputError that names the file, what was found and what was expected.
#pragma once

#include "volume/blocks.hpp"
#include "volume/volume.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace protolith::io {

/// How a source stores a sample; images of 1, 2 and 4 bits are handed out as uint8 with their own values (0 … 1, 3,
/// 15).
enum class Sample { uint8, uint16, float32 };

/// Bytes of one sample.
constexpr std::size_t bytes_of(Sample sample) noexcept {
    return sample == Sample::uint8 ? 1 : sample == Sample::uint16 ? 2 : 4;
}

/// What is known about an image before a voxel is read.
struct ImageInfo {
    std::string name;                  ///< as messages call it: path, HDF5 dataset, plane
    Extent extent;                     ///< pages of a TIFF and the slowest axis of a 3-D dataset are planes
    Sample sample = Sample::uint8;     ///< how samples are stored
    double maximum = 255;              ///< largest value the stored type can hold: 1, 3, 15, 255, 65535; float32: 1
    std::optional<double> voxel_size;  ///< metres, where the file gives it (raw sidecar)
};

/// One open image. Reading is bounded in memory: besides the caller's band a source holds one decoded strip, row of
/// tiles or row of chunks (an interlaced PNG, which cannot be streamed, is held whole). Rows are cheapest in ascending
/// order.
class ImageSource {
  public:
    virtual ~ImageSource() = default;
    ImageSource(const ImageSource&) = delete;
    ImageSource& operator=(const ImageSource&) = delete;

    const ImageInfo& info() const noexcept { return info_; }
    const Extent& extent() const noexcept { return info_.extent; }
    Sample sample() const noexcept { return info_.sample; }

    /// Reads the voxels of `block` (z, y, x; x fastest) with their stored values. Errors: the block is not inside the
    /// image; the file is damaged; a NaN or infinite value, with its position.
    void read(const Block& block, float* out);
    /// The same without conversion, for images of at most 8 bits (Sample::uint8).
    void read(const Block& block, std::uint8_t* out);
    /// Reads `count` whole rows of plane `z` from row `first` on: (count, extent().x).
    void read_rows(std::size_t z, std::size_t first, std::size_t count, float* out);
    void read_rows(std::size_t z, std::size_t first, std::size_t count, std::uint8_t* out);

    /// Bytes of decoded samples that this source holds at the moment.
    virtual std::size_t held_bytes() const noexcept = 0;

  protected:
    explicit ImageSource(ImageInfo info);

    /// Reads `block`, which lies inside the image, in the stored sample type and this machine's byte order.
    virtual void read_samples(const Block& block, std::byte* out) = 0;

  private:
    friend class PlaneSource;
    template <class T>
    void read_converted(const Block& block, float* out);
    void check(const Block& block) const;

    ImageInfo info_;
};

/// Opens an image by its content: PNG, TIFF or HDF5 (`file.h5:/dataset`), else raw with a sidecar (see raw_image.hpp).
/// `path[k]` is plane k of a multi-page TIFF or a 3-D image, or item k of a 4-D HDF5 batch.
std::unique_ptr<ImageSource> open_image(const std::string& path);

/// The whole image with its stored grey values.
GreyVolume read_grey(const std::string& path);
GreyVolume read_grey(ImageSource& source);
/// One block of an image; reads only the strips, pages or hyperslabs that it needs.
GreyVolume read_block(ImageSource& source, const Block& block);
GreyVolume read_block(const std::string& path, const Block& block);

/// How grey values become a phase: 1 where value > threshold. Without a threshold the image must hold at most two
/// values, and the larger is the phase; a single value must be 0 (empty), 1 or the type's maximum (full).
struct Segmentation {
    std::optional<double> threshold;  ///< in the file's own grey values
    bool invert = false;              ///< exchange the phase and the rest, after the rule above
};

/// The whole image as a phase. Errors: more than two values and no threshold (names how many, and what to set); a
/// threshold outside the values that the file's type can hold.
PhaseVolume read_phase(const std::string& path, const Segmentation& segmentation = {});
PhaseVolume read_phase(ImageSource& source, const Segmentation& segmentation = {});
/// One block of an image as a phase. The threshold must be given, because a block may hold one value of two: see
/// find_threshold.
PhaseVolume read_phase_block(ImageSource& source, const Block& block, const Segmentation& segmentation);
/// The threshold that read_phase uses: the one given, else between the two values of the whole image (streamed once).
double find_threshold(ImageSource& source, const Segmentation& segmentation);

}  // namespace protolith::io
