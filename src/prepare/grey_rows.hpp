// The rows of one image as grey values, in ascending order, denoised on the way if wanted. A few rows are in memory,
// whatever the image's height.
#pragma once

#include "io/image/source.hpp"
#include "prepare/bilateral.hpp"

#include <cstddef>
#include <vector>

namespace protolith::prepare {

class GreyRows {
  public:
    /// `source` is 2-D; without a `filter` its values are handed out as they are. Both must outlive this object.
    /// Denoised whole numbers are rounded to whole numbers again, so that an image keeps its kind of grey values.
    GreyRows(io::ImageSource& source, const BilateralFilter* filter);

    std::size_t width() const noexcept { return source_.extent().x; }
    std::size_t height() const noexcept { return source_.extent().y; }
    /// Rows [first, first + count): (count, width). A jump back or ahead is allowed; rows are read again after a jump
    /// back.
    void read(std::size_t first, std::size_t count, float* out);

    /// Bytes that reading an image of this width takes, without what the source holds.
    static double memory(std::size_t width, const BilateralFilter* filter);

  private:
    float* held(std::size_t y) { return held_.data() + y % side_ * step_ + filter_->radius(); }
    void hold_until(std::size_t y);
    void denoise_row(std::size_t y, float* out);

    io::ImageSource& source_;
    const BilateralFilter* filter_;
    std::size_t side_ = 0, step_ = 0;               // rows held: 2·radius + 1; floats from one to the next
    std::size_t next_ = 0;                          // first row that is not held yet
    std::size_t strip_first_ = 0, strip_last_ = 0;  // rows in strip_
    std::vector<float> held_, strip_, filtered_;
};

}  // namespace protolith::prepare
