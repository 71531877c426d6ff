// The images of one preparation: large images, or folders of them, that share one kind of grey values.
#pragma once

#include "io/image/set.hpp"

#include <optional>
#include <string>
#include <vector>

namespace protolith::prepare {

class ImageSeries {
  public:
    /// Lists and checks the images that `patterns` name (io/image/set.hpp); every plane of a stack is an image of its
    /// own. Sizes may differ. Errors (InputError): nothing found; sample types or largest values that differ, with both
    /// names.
    explicit ImageSeries(const std::vector<std::string>& patterns);

    const std::vector<io::SetImage>& images() const noexcept { return images_; }
    const io::SetImage& image(std::size_t i) const { return images_.at(i); }
    io::Sample sample() const noexcept { return sample_; }
    /// Largest value that the stored type can hold; 1 for floating-point numbers.
    double maximum() const noexcept { return maximum_; }
    /// Metres, where the first image's file gives it.
    std::optional<double> voxel_size() const noexcept { return voxel_size_; }
    /// Pixels of all images.
    double pixels() const;

  private:
    std::vector<io::SetImage> images_;
    io::Sample sample_ = io::Sample::uint8;
    double maximum_ = 255;
    std::optional<double> voxel_size_;
};

}  // namespace protolith::prepare
