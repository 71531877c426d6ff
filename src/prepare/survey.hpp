// The first pass over all images: histogram of the (denoised) grey values, and a reduced picture of each of the first
// images. Ranks share the rows.
#pragma once

#include "prepare/bilateral.hpp"
#include "prepare/grey_histogram.hpp"
#include "prepare/image_series.hpp"
#include "volume/volume.hpp"

#include <functional>
#include <vector>

namespace protolith::prepare {

/// An image made small: a pixel is the mean of `reduction`² pixels (fewer at the right and lower edge).
struct Overview {
    std::size_t reduction = 1;
    GreyVolume grey;
};

struct Survey {
    GreyHistogram histogram;
    std::vector<Overview> overviews;  ///< of the first images, at most `most_overviews`, all reduced alike
};

inline constexpr std::size_t most_overviews = 6;

/// Streams every image once (floating-point images twice: the bins need the smallest and the largest value). The same
/// on any number of ranks. `after_strip(rows)` is called after every strip of this rank, and may throw. Collective.
Survey survey_images(const Communicator& comm, const ImageSeries& series, const BilateralFilter* filter,
                     const std::function<void(std::size_t)>& after_strip = {});

}  // namespace protolith::prepare
