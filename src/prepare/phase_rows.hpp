// The last rows of an image as a phase, in ascending order: what the windows of one row of windows are cut from.
#pragma once

#include "prepare/grey_rows.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace protolith::prepare {

/// Grey values to the phase: 1 where value > threshold, or where not with `invert`.
struct PhaseRule {
    double threshold = 0;
    bool invert = false;
};

class PhaseRows {
  public:
    /// Holds `rows` rows of the image `name`. The filter (or null) must outlive this object.
    PhaseRows(const std::string& name, const BilateralFilter* filter, const PhaseRule& rule, std::size_t rows);

    /// Makes sure that the rows [first, first + rows held) are there.
    void hold_from(std::size_t first);
    /// Row y, one of those.
    const std::uint8_t* row(std::size_t y) const noexcept { return ring_.data() + y % rows_ * width_; }

    /// Bytes that an image of this width takes, without what the file's reader holds.
    static double memory(std::size_t width, const BilateralFilter* filter, std::size_t rows);

  private:
    std::unique_ptr<io::ImageSource> source_;
    GreyRows grey_;
    PhaseRule rule_;
    std::size_t rows_, width_;
    std::size_t next_ = 0;  // first row that has not been read
    std::vector<std::uint8_t> ring_;
    std::vector<float> strip_;
};

}  // namespace protolith::prepare
