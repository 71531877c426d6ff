#include "prepare/phase_rows.hpp"

#include <algorithm>

namespace protolith::prepare {

namespace {

constexpr std::size_t strip_rows = 32;

void to_phase(const float* grey, std::size_t count, const PhaseRule& rule, std::uint8_t* out) {
    std::transform(grey, grey + count, out, [&rule](float value) {
        return static_cast<std::uint8_t>((static_cast<double>(value) > rule.threshold) != rule.invert);
    });
}

}  // namespace

PhaseRows::PhaseRows(const std::string& name, const BilateralFilter* filter, const PhaseRule& rule, std::size_t rows)
    : source_(io::open_image(name)),
      grey_(*source_, filter),
      rule_(rule),
      rows_(rows),
      width_(grey_.width()),
      ring_(rows * width_) {
    require(rows <= grey_.height(), "{}: {} rows of an image of {}", name, rows, grey_.height());
}

double PhaseRows::memory(std::size_t width, const BilateralFilter* filter, std::size_t rows) {
    return static_cast<double>(rows * width + strip_rows * width * sizeof(float)) + GreyRows::memory(width, filter);
}

void PhaseRows::hold_from(std::size_t first) {
    require(first + rows_ <= grey_.height(), "rows {} to {} of an image of {}", first, first + rows_, grey_.height());
    // What lies before the rows wanted is not read at all; a step back begins anew.
    if (next_ < first || next_ > first + rows_) next_ = first;
    while (next_ < first + rows_) {
        const std::size_t count = std::min(strip_rows, first + rows_ - next_);
        strip_.resize(count * width_);
        grey_.read(next_, count, strip_.data());
        for (std::size_t y = 0; y < count; ++y)
            to_phase(strip_.data() + y * width_, width_, rule_, ring_.data() + (next_ + y) % rows_ * width_);
        next_ += count;
    }
}

}  // namespace protolith::prepare
