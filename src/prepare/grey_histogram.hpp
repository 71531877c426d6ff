// How often every grey value occurs, collected strip by strip and summed over ranks; and the threshold that follows
// from it, the same as from the whole image.
#pragma once

#include "base/communicator.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace protolith::prepare {

class GreyHistogram {
  public:
    /// For whole grey values 0 … maximum: a bin for each.
    static GreyHistogram of_whole_numbers(std::size_t maximum);
    /// For real grey values: equal bins from `low` to `high`, which must be the smallest and the largest value.
    static GreyHistogram of_reals(float low, float high, std::size_t bins = 256);

    void add(const float* values, std::size_t count);
    /// The sum over ranks, on every rank. Collective.
    void sum_over(const Communicator& comm);

    const std::vector<std::uint64_t>& counts() const noexcept { return counts_; }
    std::uint64_t total() const noexcept;
    /// Grey value in the middle of a bin; of whole numbers the value itself.
    double centre(std::size_t bin) const;
    double bin_width() const noexcept { return whole_ ? 1 : range_ / static_cast<double>(counts_.size()); }

    /// Share of the pixels above a grey value; of real values to the nearest bin below it.
    double share_above(double value) const;

    /// Otsu's threshold (volume/otsu.hpp): midway between the largest value of the lower class and the smallest of the
    /// upper one. Errors (InputError naming `name`): a single value.
    double otsu_threshold(const std::string& name) const;
    /// Between the two values of an image that is already segmented. Errors (InputError naming `name`): not two values.
    double threshold_between_two(const std::string& name) const;

  private:
    GreyHistogram(bool whole, double low, double range, std::size_t bins);
    std::size_t bin_of(float value) const;
    /// Midway between the largest value in the bins below `cut` and the smallest in the others.
    double threshold_at(std::size_t cut) const;

    bool whole_;
    double low_, range_;
    std::vector<std::uint64_t> counts_;
    std::vector<float> smallest_, largest_;  // of each bin; real values alone
};

}  // namespace protolith::prepare
