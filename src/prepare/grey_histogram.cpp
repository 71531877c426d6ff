#include "prepare/grey_histogram.hpp"

#include "volume/otsu.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace protolith::prepare {

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

std::vector<float> floats_of(const std::string& bytes) {
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

/// Element by element the smaller (or larger) of all ranks' values, in place. Collective.
template <class Choose>
void choose_over(const Communicator& comm, std::vector<float>& values, const Choose& choose) {
    const std::string mine(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
    for (const std::string& bytes : comm.all_gather(mine)) {
        const std::vector<float> theirs = floats_of(bytes);
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = choose(values[i], theirs[i]);
    }
}

}  // namespace

GreyHistogram::GreyHistogram(bool whole, double low, double range, std::size_t bins)
    : whole_(whole), low_(low), range_(range), counts_(bins, 0) {
    if (whole) return;
    smallest_.assign(bins, infinity);
    largest_.assign(bins, -infinity);
}

GreyHistogram GreyHistogram::of_whole_numbers(std::size_t maximum) {
    return {true, 0, static_cast<double>(maximum) + 1, maximum + 1};
}

GreyHistogram GreyHistogram::of_reals(float low, float high, std::size_t bins) {
    require(low <= high && bins >= 2, "a histogram of {} bins from {} to {}", bins, low, high);
    return {false, low, static_cast<double>(high) - static_cast<double>(low), bins};
}

std::size_t GreyHistogram::bin_of(float value) const {
    const double place =
        range_ > 0 ? (static_cast<double>(value) - low_) / range_ * static_cast<double>(counts_.size()) : 0;
    return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(counts_.size() - 1)));
}

void GreyHistogram::add(const float* values, std::size_t count) {
    if (whole_) {
        for (std::size_t i = 0; i < count; ++i) ++counts_[static_cast<std::size_t>(values[i])];
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t bin = bin_of(values[i]);
        ++counts_[bin];
        smallest_[bin] = std::min(smallest_[bin], values[i]);
        largest_[bin] = std::max(largest_[bin], values[i]);
    }
}

void GreyHistogram::sum_over(const Communicator& comm) {
    comm.sum_in_place(counts_.data(), counts_.size());
    if (whole_) return;
    choose_over(comm, smallest_, [](float a, float b) { return std::min(a, b); });
    choose_over(comm, largest_, [](float a, float b) { return std::max(a, b); });
}

std::uint64_t GreyHistogram::total() const noexcept {
    return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

double GreyHistogram::centre(std::size_t bin) const {
    return whole_ ? static_cast<double>(bin) : low_ + bin_width() * (static_cast<double>(bin) + 0.5);
}

double GreyHistogram::share_above(double value) const {
    std::uint64_t above = 0;
    for (std::size_t k = 0; k < counts_.size(); ++k)
        if (counts_[k] > 0 && (whole_ ? static_cast<double>(k) : static_cast<double>(smallest_[k])) > value)
            above += counts_[k];
    return static_cast<double>(above) / static_cast<double>(total());
}

double GreyHistogram::threshold_at(std::size_t cut) const {
    double below = 0, above = 0;
    for (std::size_t k = 0; k < cut; ++k)
        if (counts_[k] > 0) below = whole_ ? static_cast<double>(k) : static_cast<double>(largest_[k]);
    for (std::size_t k = counts_.size(); k-- > cut;)
        if (counts_[k] > 0) above = whole_ ? static_cast<double>(k) : static_cast<double>(smallest_[k]);
    return (below + above) / 2;
}

double GreyHistogram::otsu_threshold(const std::string& name) const {
    const auto filled = std::count_if(counts_.begin(), counts_.end(), [](std::uint64_t n) { return n > 0; });
    require_input(filled >= 2, "{}: every pixel has the same grey value; Otsu's threshold needs two", name);
    return threshold_at(volume::otsu_cut(counts_));
}

double GreyHistogram::threshold_between_two(const std::string& name) const {
    std::vector<std::size_t> filled;
    bool spread = false;
    for (std::size_t k = 0; k < counts_.size(); ++k) {
        if (counts_[k] == 0) continue;
        filled.push_back(k);
        spread = spread || (!whole_ && smallest_[k] != largest_[k]);
    }
    require_input(filled.size() == 2 && !spread,
                  "{}: {}{} different grey values; an image that is already segmented has two. Choose the threshold "
                  "method 'otsu' or 'value'",
                  name, spread ? "more than " : "", filled.size());
    return threshold_at(filled[1]);
}

}  // namespace protolith::prepare
