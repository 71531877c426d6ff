#include "prepare/survey.hpp"

#include "prepare/grey_rows.hpp"

#include <algorithm>
#include <memory>

namespace protolith::prepare {

namespace {

/// One reduction for all overviews, so that they have one scale: the longest side becomes 760 pixels, or half of that
/// beside several others.
std::size_t reduction_of(const ImageSeries& series) {
    constexpr std::size_t side = 760;
    const std::size_t shown = std::min(series.images().size(), most_overviews), room = shown <= 2 ? side : side / 2;
    std::size_t longest = 1;
    for (std::size_t i = 0; i < shown; ++i)
        longest = std::max({longest, series.image(i).extent.y, series.image(i).extent.x});
    return (longest + room - 1) / room;
}

/// Rows of a strip: those of a row of the overview, or simply some where there is no overview.
std::size_t strip_rows(std::size_t image, std::size_t reduction) {
    constexpr std::size_t plain = 64;
    return image < most_overviews ? reduction : plain;
}

/// Rows of one image that are read together.
struct Strip {
    std::size_t image, first, count;
};

/// This rank's share of the strips of all images.
std::vector<Strip> strips_here(const Communicator& comm, const ImageSeries& series, std::size_t reduction) {
    std::vector<std::size_t> first_strip{0};
    for (std::size_t i = 0; i < series.images().size(); ++i) {
        const std::size_t rows = strip_rows(i, reduction);
        first_strip.push_back(first_strip.back() + (series.image(i).extent.y + rows - 1) / rows);
    }
    const ItemRange share = comm.share(first_strip.back());
    std::vector<Strip> strips;
    for (std::size_t image = 0, s = share.first; s < share.last; ++s) {
        while (s >= first_strip[image + 1]) ++image;
        const std::size_t rows = strip_rows(image, reduction), first = (s - first_strip[image]) * rows;
        strips.push_back({image, first, std::min(rows, series.image(image).extent.y - first)});
    }
    return strips;
}

/// Calls work(strip, grey values of its rows) for this rank's strips.
template <class Work>
void for_each_strip(const std::vector<Strip>& strips, const ImageSeries& series, const BilateralFilter* filter,
                    const Work& work) {
    std::unique_ptr<io::ImageSource> source;
    std::unique_ptr<GreyRows> rows;
    std::vector<float> values;
    std::size_t open = series.images().size();
    for (const Strip& strip : strips) {
        if (strip.image != open) {
            rows.reset();
            source = io::open_image(series.image(strip.image).name);
            rows = std::make_unique<GreyRows>(*source, filter);
            open = strip.image;
        }
        values.resize(strip.count * rows->width());
        rows->read(strip.first, strip.count, values.data());
        work(strip, values.data());
    }
}

/// Means over boxes of `reduction` columns and all rows of a strip.
void reduce_strip(const float* values, std::size_t rows, std::size_t width, std::size_t reduction, float* out) {
    for (std::size_t x = 0; x < width; x += reduction, ++out) {
        const std::size_t columns = std::min(reduction, width - x);
        double sum = 0;
        for (std::size_t y = 0; y < rows; ++y)
            for (std::size_t i = 0; i < columns; ++i) sum += static_cast<double>(values[y * width + x + i]);
        *out = static_cast<float>(sum / static_cast<double>(rows * columns));
    }
}

std::vector<Overview> empty_overviews(const ImageSeries& series, std::size_t reduction) {
    std::vector<Overview> overviews;
    for (std::size_t i = 0; i < std::min(series.images().size(), most_overviews); ++i) {
        const Extent& extent = series.image(i).extent;
        overviews.push_back({reduction, GreyVolume({1, (extent.y + reduction - 1) / reduction,
                                                    (extent.x + reduction - 1) / reduction})});
    }
    return overviews;
}

/// Every pixel was made by one rank and is 0 on the others. Collective.
void sum_over(const Communicator& comm, GreyVolume& grey) {
    std::vector<double> values(grey.begin(), grey.end());
    comm.sum_in_place(values.data(), values.size());
    std::transform(values.begin(), values.end(), grey.begin(), [](double v) { return static_cast<float>(v); });
}

/// The histogram without any counts yet; denoised values lie between the smallest and the largest of the image's own.
GreyHistogram empty_histogram(const Communicator& comm, const ImageSeries& series, const std::vector<Strip>& strips) {
    if (series.sample() != io::Sample::float32)
        return GreyHistogram::of_whole_numbers(series.sample() == io::Sample::uint8 ? 255 : 65535);
    float low = std::numeric_limits<float>::max(), high = std::numeric_limits<float>::lowest();
    collectively(comm, [&] {
        for_each_strip(strips, series, nullptr, [&](const Strip& strip, const float* values) {
            const auto count = strip.count * series.image(strip.image).extent.x;
            const auto [least, most] = std::minmax_element(values, values + count);
            low = std::min(low, *least);
            high = std::max(high, *most);
        });
    });
    return GreyHistogram::of_reals(static_cast<float>(comm.min(static_cast<double>(low))),
                                   static_cast<float>(comm.max(static_cast<double>(high))));
}

}  // namespace

Survey survey_images(const Communicator& comm, const ImageSeries& series, const BilateralFilter* filter,
                     const std::function<void(std::size_t)>& after_strip) {
    const std::size_t all_reduced = reduction_of(series);
    const std::vector<Strip> strips = strips_here(comm, series, all_reduced);
    Survey survey{empty_histogram(comm, series, strips), empty_overviews(series, all_reduced)};
    collectively(comm, [&] {
        for_each_strip(strips, series, filter, [&](const Strip& strip, const float* values) {
            const std::size_t width = series.image(strip.image).extent.x;
            survey.histogram.add(values, strip.count * width);
            if (strip.image < survey.overviews.size()) {
                auto& [reduction, grey] = survey.overviews[strip.image];
                reduce_strip(values, strip.count, width, reduction,
                             grey.data() + strip.first / reduction * grey.extent().x);
            }
            if (after_strip) after_strip(strip.count);
        });
    });
    survey.histogram.sum_over(comm);
    for (auto& overview : survey.overviews) sum_over(comm, overview.grey);
    return survey;
}

}  // namespace protolith::prepare
