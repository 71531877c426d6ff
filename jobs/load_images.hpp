// Segmented images of a set, for the jobs that measure them.
#pragma once

#include "settings/image_set.hpp"
#include "volume/volume.hpp"

#include <string>
#include <vector>

namespace protolith::jobs {

/// What is known of a set before any image is read whole.
struct ImageList {
    std::string label;
    std::vector<std::string> names;
    std::vector<Extent> extents;
};

/// Lists and checks a set; InputError with the file's name for whatever is wrong.
ImageList list_set(const ImageSetSettings& settings);
/// One image of it as a phase.
PhaseVolume load_image(const ImageList& list, std::size_t item, const ImageSetSettings& settings);
/// All of them.
std::vector<PhaseVolume> load_set(const ImageSetSettings& settings);

}  // namespace protolith::jobs
