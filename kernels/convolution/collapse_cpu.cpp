#include "convolution/expansion.hpp"
#include "queue/parallel.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "convolution/collapse_cpu.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// sum[channel] = the sum of `count` rows of `channels` floats.
void add_rows(const float* const* rows, std::int64_t count, std::int64_t channels, float* sum) {
    const hn::ScalableTag<float> d;
    const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
    std::int64_t c = 0;
    for (; c + lanes <= channels; c += lanes) {
        auto total = hn::Zero(d);
        for (std::int64_t i = 0; i < count; ++i) total = hn::Add(total, hn::LoadU(d, rows[i] + c));
        hn::StoreU(total, d, sum + c);
    }
    for (; c < channels; ++c) {
        float total = 0;
        for (std::int64_t i = 0; i < count; ++i) total += rows[i][c];
        sum[c] = total;
    }
}

template <class T>
void finish(const float* sum, std::int64_t pixels, std::int64_t channels, Epilogue<float> epilogue, T* target) {
    const float slope = epilogue.slope;
    if (!epilogue.bias || channels == 1) {
        const float bias = epilogue.bias ? epilogue.bias[0] : 0.0F;
        for (std::int64_t i = 0; i < pixels * channels; ++i) target[i] = T(leaky(sum[i] + bias, slope));
        return;
    }
    for (std::int64_t w = 0; w < pixels; ++w, sum += channels, target += channels)
        for (std::int64_t c = 0; c < channels; ++c) target[c] = T(leaky(sum[c] + epilogue.bias[c], slope));
}

void finish_float(const float* sum, std::int64_t pixels, std::int64_t channels, Epilogue<float> epilogue,
                  float* target) {
    finish(sum, pixels, channels, epilogue, target);
}
void finish_bfloat16(const float* sum, std::int64_t pixels, std::int64_t channels, Epilogue<float> epilogue,
                     bfloat16* target) {
    finish(sum, pixels, channels, epilogue, target);
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(add_rows);
HWY_EXPORT(finish_float);
HWY_EXPORT(finish_bfloat16);

namespace {

template <class T>
void finish(const float* sum, std::int64_t pixels, std::int64_t channels, Epilogue<float> epilogue, T* target) {
    if constexpr (sizeof(T) == sizeof(float))
        HWY_DYNAMIC_DISPATCH(finish_float)(sum, pixels, channels, epilogue, target);
    else
        HWY_DYNAMIC_DISPATCH(finish_bfloat16)(sum, pixels, channels, epilogue, target);
}

/// A source line that a target line meets: its first pixel, moved to the first width tap of the tap that meets it.
using MetLine = const float*;

void find_met_lines(const TapRelation& r, const float* columns, std::int64_t first_source, std::int64_t channels,
                    std::int64_t line, std::vector<MetLine>& met) {
    met.clear();
    const std::int64_t n = line / (r.target[0] * r.target[1]), d = line / r.target[1] % r.target[0];
    const std::int64_t h = line % r.target[1], line_size = r.source[2] * r.taps() * channels;
    for (std::int64_t td = 0; td < r.kernel[0]; ++td)
        for (std::int64_t th = 0; th < r.kernel[1]; ++th) {
            const std::int64_t sd = r.met[0][d * r.kernel[0] + td], sh = r.met[1][h * r.kernel[1] + th];
            if (sd < 0 || sh < 0) continue;
            const std::int64_t source_line = (n * r.source[0] + sd) * r.source[1] + sh;
            const std::int64_t first_tap = (td * r.kernel[1] + th) * r.kernel[2];
            met.push_back(columns + (source_line - first_source) * line_size + first_tap * channels);
        }
}

/// For each target pixel of a line, the offsets from a met line's first pixel of what it gathers there, where a source
/// pixel has `pixel_size` values.
struct MetPixels {
    MetPixels(const TapRelation& r, std::int64_t channels, std::int64_t pixel_size) {
        const std::int64_t taps = r.kernel[2];
        for (std::int64_t w = 0; w < r.target[2]; ++w) {
            for (std::int64_t t = 0; t < taps; ++t)
                if (const std::int64_t met = r.met[2][w * taps + t]; met >= 0)
                    offsets.push_back(met * pixel_size + t * channels);
            ends.push_back(offsets.size());
        }
    }
    std::vector<std::int64_t> offsets;
    std::vector<std::size_t> ends;  // of each pixel's offsets
};

/// sums[pixel][channel] of one target line.
void sum_line(const std::vector<MetLine>& lines, const MetPixels& pixels, std::int64_t channels,
              std::vector<const float*>& rows, float* sums) {
    std::size_t begin = 0;
    for (std::size_t w = 0; w < pixels.ends.size(); begin = pixels.ends[w++], sums += channels) {
        rows.clear();
        for (const float* line : lines)
            for (std::size_t i = begin; i < pixels.ends[w]; ++i) rows.push_back(line + pixels.offsets[i]);
        HWY_DYNAMIC_DISPATCH(add_rows)(rows.data(), static_cast<std::int64_t>(rows.size()), channels, sums);
    }
}

/// added[pixel][tap] += line[pixel][tap], whose pixels are `pixel_size` values apart.
template <std::int64_t taps>
void add_taps(const float* line, std::int64_t pixels, std::int64_t pixel_size, float* added) {
    for (std::int64_t w = 0; w < pixels; ++w)
        for (std::int64_t t = 0; t < taps; ++t) added[w * taps + t] += line[w * pixel_size + t];
}

/// The same for one channel: the lines' `taps` values of each source pixel are added first, to added[source
/// pixel][tap], which `pixels` gathers from.
void sum_narrow_line(const std::vector<MetLine>& lines, const MetPixels& pixels, const TapRelation& r,
                     std::vector<float>& added, float* sums) {
    const std::int64_t taps = r.kernel[2], pixel_size = r.taps();
    std::fill(added.begin(), added.end(), 0.0F);
    for (const float* line : lines)
        if (taps == 4)
            add_taps<4>(line, r.source[2], pixel_size, added.data());
        else
            for (std::int64_t w = 0; w < r.source[2]; ++w)
                for (std::int64_t t = 0; t < taps; ++t) added[w * taps + t] += line[w * pixel_size + t];
    std::size_t begin = 0;
    for (std::size_t w = 0; w < pixels.ends.size(); begin = pixels.ends[w++]) {
        float sum = 0;
        for (std::size_t i = begin; i < pixels.ends[w]; ++i) sum += added[pixels.offsets[i]];
        sums[w] = sum;
    }
}

}  // namespace

template <class T>
void collapse(Queue& queue, const TapRelation& r, const float* columns, std::int64_t first_source,
              std::int64_t channels, std::int64_t begin, std::int64_t end, T* target, Epilogue<float> epilogue) {
    const bool narrow = channels == 1;
    const MetPixels pixels(r, channels, narrow ? r.kernel[2] : r.taps() * channels);
    parallel_ranges(queue, end - begin, 1, [&](std::int64_t from, std::int64_t to) {
        std::vector<MetLine> lines;
        std::vector<const float*> rows;
        std::vector<float> sums(r.target[2] * channels), added(narrow ? r.source[2] * r.kernel[2] : 0);
        for (std::int64_t line = begin + from; line < begin + to; ++line) {
            find_met_lines(r, columns, first_source, channels, line, lines);
            if (narrow)
                sum_narrow_line(lines, pixels, r, added, sums.data());
            else
                sum_line(lines, pixels, channels, rows, sums.data());
            finish(sums.data(), r.target[2], channels, epilogue, target + line * r.target[2] * channels);
        }
    });
}

template void collapse(Queue&, const TapRelation&, const float*, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                       float*, Epilogue<float>);
template void collapse(Queue&, const TapRelation&, const float*, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                       bfloat16*, Epilogue<float>);

}  // namespace protolith::kernels::cpu
#endif
