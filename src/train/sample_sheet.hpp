// Images as a network gives them, side by side in one PNG: what a training looks like on its way.
#pragma once

#include "base/communicator.hpp"
#include "volume/volume.hpp"

#include <filesystem>
#include <span>
#include <vector>

namespace protolith::train {

/// The first `count` images of a batch that ranks hold in order (`values`: this rank's, one after the other), on rank
/// 0; empty elsewhere. Collective.
std::vector<GreyVolume> first_images(const Communicator& comm, std::span<const float> values, const Extent& extent,
                                     std::size_t count);

/// A grid of grey images, −1 black and 1 white, with a line between them. Throws Error naming the file.
void write_sheet(const std::filesystem::path& file, const std::vector<GreyVolume>& images);

}  // namespace protolith::train
