#include "prepare/window_grid.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace protolith::prepare {

WindowGrid::WindowGrid(const std::vector<io::SetImage>& images, std::size_t size, std::size_t stride)
    : size_(size), stride_(stride), first_{0} {
    require_input(size > 0 && stride > 0, "windows of {} pixels with a stride of {}; at least 1 expected", size,
                  stride);
    for (const auto& [name, extent] : images) {
        require_input(extent.z == 1, "{}: a volume of {}; windows are cut from 2-D images", name, to_string(extent));
        require_input(extent.y >= size && extent.x >= size, "{}: the image of {} is smaller than a window of {} × {}",
                      name, to_string(extent), size, size);
        down_.push_back((extent.y - size) / stride + 1);
        across_.push_back((extent.x - size) / stride + 1);
        first_.push_back(first_.back() + down_.back() * across_.back());
    }
}

WindowPlace WindowGrid::place(std::size_t window) const {
    require(window < count(), "window {} of {}", window, count());
    const auto next = std::upper_bound(first_.begin(), first_.end(), window);
    const auto image = static_cast<std::size_t>(next - first_.begin()) - 1;
    const std::size_t within = window - first_[image];
    return {image, within / across_[image] * stride_, within % across_[image] * stride_};
}

std::vector<std::size_t> evenly_spaced(const std::vector<std::size_t>& windows, std::size_t limit) {
    if (limit == 0 || limit >= windows.size()) return windows;
    std::vector<std::size_t> chosen(limit);
    for (std::size_t k = 0; k < limit; ++k) chosen[k] = windows[k * windows.size() / limit];
    return chosen;
}

}  // namespace protolith::prepare
