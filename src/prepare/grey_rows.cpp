#include "prepare/grey_rows.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::prepare {

namespace {

/// Rows that are asked of the source at once: a call per row would cost more than the row.
constexpr std::size_t strip_rows = 32;

}  // namespace

GreyRows::GreyRows(io::ImageSource& source, const BilateralFilter* filter) : source_(source), filter_(filter) {
    require(source.extent().z == 1, "{}: {} planes; rows are taken from one", source.info().name, source.extent().z);
    if (filter_ == nullptr) return;
    side_ = 2 * filter_->radius() + 1;
    step_ = width() + 2 * filter_->radius() + BilateralFilter::slack;
    held_.assign(side_ * step_, BilateralFilter::outside);
    filtered_.resize(width() + BilateralFilter::slack);
}

double GreyRows::memory(std::size_t width, const BilateralFilter* filter) {
    if (filter == nullptr) return 0;
    const std::size_t rows = strip_rows + 2 * filter->radius() + 2;
    return static_cast<double>(rows * (width + 2 * filter->radius() + BilateralFilter::slack) * sizeof(float));
}

void GreyRows::read(std::size_t first, std::size_t count, float* out) {
    if (filter_ == nullptr) return source_.read_rows(0, first, count, out);
    for (std::size_t y = first; y < first + count; ++y, out += width()) denoise_row(y, out);
}

/// Takes rows into the ring until row y is there; the 2·radius rows before it are then there too.
void GreyRows::hold_until(std::size_t y) {
    const std::size_t needed = y + 1 - std::min(y + 1, side_);
    const bool back = next_ > y + 1;
    if (back || next_ < needed) next_ = needed;
    for (; next_ <= y; ++next_) {
        if (next_ < strip_first_ || next_ >= strip_last_) {
            const std::size_t rows = std::min(strip_rows, height() - next_);
            strip_.resize(rows * width());
            source_.read_rows(0, next_, rows, strip_.data());
            strip_first_ = next_;
            strip_last_ = next_ + rows;
        }
        std::copy_n(strip_.data() + (next_ - strip_first_) * width(), width(), held(next_));
    }
}

void GreyRows::denoise_row(std::size_t y, float* out) {
    const std::size_t radius = filter_->radius();
    hold_until(std::min(y + radius, height() - 1));
    std::vector<const float*> rows(side_, nullptr);
    for (std::size_t k = 0; k < side_; ++k)
        if (y + k >= radius && y + k - radius < height()) rows[k] = held(y + k - radius);
    filter_->row(rows.data(), width(), filtered_.data());
    if (source_.sample() == io::Sample::float32)
        std::copy_n(filtered_.data(), width(), out);
    else
        std::transform(filtered_.data(), filtered_.data() + width(), out,
                       [](float value) { return std::floor(value + 0.5f); });
}

}  // namespace protolith::prepare
