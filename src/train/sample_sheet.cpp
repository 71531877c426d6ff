#include "train/sample_sheet.hpp"

#include "report/raster.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace protolith::train {

std::vector<GreyVolume> first_images(const Communicator& comm, std::span<const float> values, const Extent& extent,
                                     std::size_t count) {
    const std::size_t size = extent.count();
    // no rank needs to send more than would be shown if it were alone
    const auto mine = values.first(std::min(values.size(), count * size));
    std::vector<GreyVolume> images;
    for (const auto& bytes :
         comm.all_gather(std::string(reinterpret_cast<const char*>(mine.data()), mine.size_bytes())))
        for (std::size_t at = 0; at < bytes.size() && images.size() < count; at += size * sizeof(float))
            std::memcpy(images.emplace_back(extent).data(), bytes.data() + at, size * sizeof(float));
    if (!comm.is_root()) images.clear();
    return images;
}

void write_sheet(const std::filesystem::path& file, const std::vector<GreyVolume>& images) {
    if (images.empty()) return;
    constexpr std::size_t gap = 2;
    const Extent extent = images.front().extent();
    const auto columns = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(images.size()))));
    const std::size_t rows = (images.size() + columns - 1) / columns;
    report::Raster sheet(rows * (extent.y + gap) - gap, columns * (extent.x + gap) - gap, {255, 255, 255});
    for (std::size_t k = 0; k < images.size(); ++k) {
        report::Raster picture(extent.y, extent.x, {0, 0, 0});
        for (std::size_t y = 0; y < extent.y; ++y)
            for (std::size_t x = 0; x < extent.x; ++x) {
                const double white = std::clamp((static_cast<double>(images[k](y, x)) + 1) / 2, 0.0, 1.0);
                const auto level = static_cast<std::uint8_t>(std::lround(255 * white));
                picture(y, x) = {level, level, level};
            }
        report::paste(sheet, picture, k / columns * (extent.y + gap), k % columns * (extent.x + gap));
    }
    const std::size_t largest = std::max(sheet.rows(), sheet.columns());
    report::write_png(file, report::magnified(sheet, std::max<std::size_t>(1, 800 / largest)));
}

}  // namespace protolith::train
