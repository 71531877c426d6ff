// Sliding windows over one or several images: how many there are, and where each lies, from the sizes alone.
#pragma once

#include "io/image/set.hpp"

#include <cstddef>
#include <vector>

namespace protolith::prepare {

/// The upper left pixel of a window, and the image in which it lies.
struct WindowPlace {
    std::size_t image = 0, row = 0, column = 0;
    bool operator==(const WindowPlace&) const = default;
};

/// Windows are numbered along the rows, row by row, image after image.
class WindowGrid {
  public:
    /// Square windows of `size` pixels a side, `stride` pixels apart down and across, that lie inside the images.
    /// Errors (InputError): an image that is smaller than a window, by name; a volume; a size or stride of 0.
    WindowGrid(const std::vector<io::SetImage>& images, std::size_t size, std::size_t stride);

    std::size_t size() const noexcept { return size_; }
    std::size_t stride() const noexcept { return stride_; }
    /// Windows of all images.
    std::size_t count() const noexcept { return first_.back(); }
    /// Windows below one another and side by side in an image.
    std::size_t down(std::size_t image) const { return down_.at(image); }
    std::size_t across(std::size_t image) const { return across_.at(image); }

    WindowPlace place(std::size_t window) const;

  private:
    std::size_t size_, stride_;
    std::vector<std::size_t> down_, across_, first_;  // first_: number of each image's first window; then the count
};

/// `limit` of the windows, evenly spaced and beginning with the first; all of them if there are no more (or `limit` is
/// 0).
std::vector<std::size_t> evenly_spaced(const std::vector<std::size_t>& windows, std::size_t limit);

}  // namespace protolith::prepare
