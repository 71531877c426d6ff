// From grey values to a phase: by a threshold, or between the two values of an image that is already segmented.
#include "io/image/source.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace protolith::io {

namespace {

/// Counts the different values of an image, up to a limit beyond which the number does not matter.
class DistinctValues {
  public:
    void add(const float* values, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            if (values[i] == last_) continue;
            last_ = values[i];
            const auto place = std::lower_bound(sorted_.begin(), sorted_.end(), last_);
            if (place != sorted_.end() && *place == last_) continue;
            if (sorted_.size() == most) {
                more_ = true;
                return;
            }
            sorted_.insert(place, last_);
        }
    }
    const std::vector<float>& values() const noexcept { return sorted_; }
    std::string count() const { return more_ ? fmt::format("more than {}", most) : std::to_string(sorted_.size()); }

  private:
    static constexpr std::size_t most = 4096;
    float last_ = std::numeric_limits<float>::quiet_NaN();  // equal to no value
    std::vector<float> sorted_;
    bool more_ = false;
};

/// Streams `block` in bands of rows to `work(values, count)`, in order.
template <class Work>
void for_each_band(ImageSource& source, const Block& block, const Work& work) {
    constexpr std::size_t band_voxels = std::size_t{1} << 18;
    const std::size_t rows = std::clamp<std::size_t>(band_voxels / block.extent.x, 1, block.extent.y);
    std::vector<float> band(rows * block.extent.x);
    for (std::size_t z = 0; z < block.extent.z; ++z)
        for (std::size_t y = 0; y < block.extent.y; y += rows) {
            const std::size_t count = std::min(rows, block.extent.y - y);
            source.read({{block.offset.z + z, block.offset.y + y, block.offset.x}, {1, count, block.extent.x}},
                        band.data());
            work(band.data(), count * block.extent.x);
        }
}

/// A given threshold must be able to split the values of the file's type.
double checked_threshold(const ImageInfo& image, double threshold) {
    require_input(
        image.sample == Sample::float32 || (threshold >= 0 && threshold < image.maximum),
        "{}: threshold {} is outside the grey values of the file, 0 … {} (the phase is where value > threshold)",
        image.name, threshold, image.maximum);
    return threshold;
}

double threshold_between(const ImageInfo& image, const DistinctValues& distinct) {
    const std::vector<float>& values = distinct.values();
    require_input(values.size() <= 2,
                  "{}: {} different grey values from {} to {}; two expected, or set a threshold (the phase is where "
                  "value > threshold)",
                  image.name, distinct.count(), values.front(), values.back());
    if (values.size() == 2) return values.front();
    const double only = values.front();
    require_input(
        only == 0 || only == 1 || only == image.maximum,
        "{}: every pixel has the grey value {}; 0 (empty), 1 or {} (full) or two values expected, or set a threshold",
        image.name, only, image.maximum);
    return 0;
}

}  // namespace

double find_threshold(ImageSource& source, const Segmentation& segmentation) {
    if (segmentation.threshold) return checked_threshold(source.info(), *segmentation.threshold);
    DistinctValues distinct;
    for_each_band(source, whole(source.extent()),
                  [&](const float* values, std::size_t count) { distinct.add(values, count); });
    return threshold_between(source.info(), distinct);
}

PhaseVolume read_phase_block(ImageSource& source, const Block& block, const Segmentation& segmentation) {
    require(segmentation.threshold.has_value(), "{}: a block can be segmented only by a threshold", source.info().name);
    const double threshold = checked_threshold(source.info(), *segmentation.threshold);
    PhaseVolume phase(block.extent);
    std::uint8_t* out = phase.data();
    for_each_band(source, block, [&](const float* values, std::size_t count) {
        out = std::transform(values, values + count, out, [&](float value) {
            return static_cast<std::uint8_t>((static_cast<double>(value) > threshold) != segmentation.invert);
        });
    });
    return phase;
}

PhaseVolume read_phase(ImageSource& source, const Segmentation& segmentation) {
    const double threshold = find_threshold(source, segmentation);
    return read_phase_block(source, whole(source.extent()), {threshold, segmentation.invert});
}

PhaseVolume read_phase(const std::string& path, const Segmentation& segmentation) {
    return read_phase(*open_image(path), segmentation);
}

}  // namespace protolith::io
