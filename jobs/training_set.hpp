// The images that a network is trained with: a file of equal windows, or every window of large images.
#pragma once

#include "base/communicator.hpp"
#include "settings/network.hpp"
#include "train/samples.hpp"
#include "volume/volume.hpp"

namespace protolith::jobs {

struct TrainingSet {
    train::Samples samples;
    std::string name;   ///< the file and its dataset, or the images
    double memory = 0;  ///< bytes that it takes of a rank
};

/// Opens the set that [data] names, with images of `size`² pixels and one channel. InputError naming the file for
/// whatever is wrong: none or both kinds named, another size, values outside the range. Each rank by itself.
TrainingSet open_training_set(const TrainingSetKeys& keys, std::int64_t size);

/// `count` samples evenly spaced over the set, from 0 on, as phases (above 0), those of `items`.
std::vector<PhaseVolume> phases_of(const train::Samples& samples, std::size_t count, std::size_t offset,
                                   ItemRange items);

}  // namespace protolith::jobs
