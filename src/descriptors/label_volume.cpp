// Writes rows from left to right in whole vectors: what goes beyond the end of a run is written over by the next
// stretch. Fewer branches than exact ends, and each voxel's memory is met once.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "descriptors/label_volume.cpp"
#include <hwy/foreach_target.h>
//
#include "descriptors/components.hpp"

#include <algorithm>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::descriptors::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
using Labels = hn::CappedTag<std::uint32_t, 16>;

/// Writes `value` from `x` to `end` at least, `kTogether` vectors at a time.
template <std::size_t kTogether>
HWY_INLINE void stretch(std::uint32_t* to, std::size_t x, std::size_t end, std::uint32_t value) {
    const Labels d;
    const auto values = hn::Set(d, value);
    do {
        for (std::size_t k = 0; k < kTogether; ++k, x += hn::Lanes(d)) hn::StoreU(values, d, to + x);
    } while (x < end);
}

template <std::size_t kTogether>
void write_row(const Run* runs, const std::uint32_t* label, std::size_t count, std::size_t length, std::uint32_t* to) {
    std::size_t x = 0;
    for (std::size_t i = 0; i < count; ++i) {
        stretch<kTogether>(to, x, runs[i].first, 0);
        stretch<kTogether>(to, runs[i].first, runs[i].last, label[i]);
        x = runs[i].last;
    }
    stretch<kTogether>(to, x, length, 0);
}

/// A row of `length` voxels from its `count` runs; writes up to two vectors beyond its end.
void WriteRow(const Run* runs, const std::uint32_t* label, std::size_t count, std::size_t length, std::uint32_t* to) {
    // Long runs take two vectors without asking; of short ones the second would only be written over.
    if (count * 2 * hn::Lanes(Labels()) < length)
        write_row<2>(runs, label, count, length, to);
    else
        write_row<1>(runs, label, count, length, to);
}

}  // namespace protolith::descriptors::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::descriptors {
namespace {

HWY_EXPORT(WriteRow);

/// Room behind a row's end that WriteRow may write to: two of the widest vectors.
constexpr std::size_t beyond = 32;

void write_exactly(const Run* runs, const std::uint32_t* label, std::size_t count, std::size_t length,
                   std::uint32_t* to) {
    std::fill(to, to + length, 0U);
    for (std::size_t i = 0; i < count; ++i) std::fill(to + runs[i].first, to + runs[i].last, label[i]);
}

}  // namespace

Volume<std::uint32_t> label_volume(const Components& components) {
    const PhaseRuns& image = components.image;
    const std::size_t length = image.extent.x;
    auto labels = Volume<std::uint32_t>::unfilled(image.extent);
    for (std::size_t row = 0; row < image.rows(); ++row) {
        const std::uint32_t first = image.row_begin[row], count = image.row_begin[row + 1] - first;
        const Run* runs = image.runs.data() + first;
        const std::uint32_t* label = components.label.data() + first;
        std::uint32_t* to = labels.data() + row * length;
        if ((row + 1) * length + beyond <= labels.size())
            HWY_DYNAMIC_DISPATCH(WriteRow)(runs, label, count, length, to);
        else
            write_exactly(runs, label, count, length, to);
    }
    return labels;
}

}  // namespace protolith::descriptors
#endif
