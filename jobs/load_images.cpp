#include "load_images.hpp"

#include "io/image/set.hpp"

#include <filesystem>

namespace protolith::jobs {

ImageList list_set(const ImageSetSettings& settings) {
    ImageList list;
    for (const auto& image : io::list_images(settings.images, {.planes_are_images = settings.stack_of_images})) {
        if (settings.limit > 0 && list.names.size() == static_cast<std::size_t>(settings.limit)) break;
        list.names.push_back(image.name);
        list.extents.push_back(image.extent);
    }
    list.label = settings.label;
    if (list.label.empty()) list.label = std::filesystem::path(list.names.front()).stem().string();
    return list;
}

PhaseVolume load_image(const ImageList& list, std::size_t item, const ImageSetSettings& settings) {
    return io::read_phase(list.names[item], {.threshold = settings.threshold, .invert = settings.invert});
}

std::vector<PhaseVolume> load_set(const ImageSetSettings& settings) {
    const auto list = list_set(settings);
    std::vector<PhaseVolume> images;
    for (std::size_t i = 0; i < list.names.size(); ++i) images.push_back(load_image(list, i, settings));
    return images;
}

}  // namespace protolith::jobs
