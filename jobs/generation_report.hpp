// The report of generated images: pictures, paths between latents, nearest training images, descriptors.
#pragma once

#include "generated_images.hpp"
#include "nearest_windows.hpp"
#include "run/run.hpp"
#include "settings/generate.hpp"
#include "training_set.hpp"

namespace protolith::jobs {

/// `paths`: grey images of each path, one after the other (rank 0). `training` may be null. Collective.
void report_generation(run::Run& run, const GenerateSettings& keys, const GeneratedImages& images,
                       const std::vector<std::vector<float>>& paths, const std::vector<Nearest>& nearest,
                       const train::Samples* training);

}  // namespace protolith::jobs
