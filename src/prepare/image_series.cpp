#include "prepare/image_series.hpp"

#include "base/error.hpp"

namespace protolith::prepare {

namespace {

const char* name_of(io::Sample sample) {
    return sample == io::Sample::uint8 ? "8-bit" : sample == io::Sample::uint16 ? "16-bit" : "floating-point";
}

}  // namespace

ImageSeries::ImageSeries(const std::vector<std::string>& patterns)
    : images_(io::list_images(patterns, {.different_sizes = true, .planes_are_images = true})) {
    const io::ImageInfo first = io::open_image(images_.front().name)->info();
    sample_ = first.sample;
    maximum_ = first.maximum;
    voxel_size_ = first.voxel_size;
    for (std::size_t i = 1; i < images_.size(); ++i) {
        const io::ImageInfo info = io::open_image(images_[i].name)->info();
        require_input(info.sample == sample_ && info.maximum == maximum_,
                      "{} has {} grey values up to {}, but {} has {} ones up to {}; images of one kind expected",
                      first.name, name_of(sample_), maximum_, info.name, name_of(info.sample), info.maximum);
    }
}

double ImageSeries::pixels() const {
    double pixels = 0;
    for (const auto& image : images_) pixels += static_cast<double>(image.extent.count());
    return pixels;
}

}  // namespace protolith::prepare
