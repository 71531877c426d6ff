#include "convolution/expansion.hpp"
#include "queue/parallel.hpp"

#include <algorithm>
#include <cstring>

namespace protolith::kernels::cpu {
namespace {

/// Target pixels [begin, end) of a line whose width taps meet neighbours, one after the other.
struct Interior {
    explicit Interior(const TapRelation& r) {
        const std::int64_t taps = r.kernel[2];
        const auto inside = [&](std::int64_t w) {
            const std::int32_t* met = r.met[2].data() + w * taps;
            return met[0] >= 0 && met[taps - 1] == met[0] + taps - 1;
        };
        while (begin < r.target[2] && !inside(begin)) ++begin;
        for (end = begin; end < r.target[2] && inside(end);) ++end;
    }
    std::int64_t begin = 0, end = 0;
};

/// `runs` runs of `count` elements, so many elements apart.
template <class T>
void copy_runs(T* to, std::int64_t to_step, const T* from, std::int64_t from_step, std::int64_t runs,
               std::int64_t count) {
    if (count == 4)  // one channel of a kernel four wide: inline
        for (std::int64_t i = 0; i < runs; ++i) std::memcpy(to + i * to_step, from + i * from_step, 4 * sizeof(T));
    else
        for (std::int64_t i = 0; i < runs; ++i) std::memcpy(to + i * to_step, from + i * from_step, count * sizeof(T));
}

/// One target line and one (depth, height) tap: the `run` = width taps * channels elements of every pixel.
template <class T>
void expand_row(const TapRelation& r, const Interior& interior, const T* source_line, std::int64_t channels, T* columns,
                std::int64_t pixel_size) {
    const std::int64_t taps = r.kernel[2], run = taps * channels;
    if (!source_line) {
        for (std::int64_t w = 0; w < r.target[2]; ++w) std::fill_n(columns + w * pixel_size, run, T(0.0F));
        return;
    }
    const auto expand_pixel = [&](std::int64_t w) {
        const std::int32_t* met = r.met[2].data() + w * taps;
        T* to = columns + w * pixel_size;
        if (channels == 1) {
            for (std::int64_t t = 0; t < taps; ++t) to[t] = met[t] >= 0 ? source_line[met[t]] : T(0.0F);
            return;
        }
        for (std::int64_t t = 0; t < taps; ++t, to += channels)
            if (met[t] >= 0)
                std::memcpy(to, source_line + met[t] * channels, channels * sizeof(T));
            else
                std::fill_n(to, channels, T(0.0F));
    };
    for (std::int64_t w = 0; w < interior.begin; ++w) expand_pixel(w);
    if (interior.end > interior.begin) {
        const std::int32_t* met = r.met[2].data() + interior.begin * taps;
        const std::int64_t step = interior.end > interior.begin + 1 ? met[taps] - met[0] : 0;
        copy_runs(columns + interior.begin * pixel_size, pixel_size, source_line + met[0] * channels, step * channels,
                  interior.end - interior.begin, run);
    }
    for (std::int64_t w = interior.end; w < r.target[2]; ++w) expand_pixel(w);
}

}  // namespace

template <class T>
void expand(Queue& queue, const TapRelation& r, const T* source, std::int64_t channels, std::int64_t begin,
            std::int64_t end, T* columns) {
    const std::int64_t pixel_size = r.taps() * channels, run = r.kernel[2] * channels;
    const Interior interior(r);
    parallel_ranges(queue, end - begin, 1, [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t line = begin + from; line < begin + to; ++line) {
            const std::int64_t n = line / (r.target[0] * r.target[1]);
            const std::int64_t d = line / r.target[1] % r.target[0], h = line % r.target[1];
            T* row = columns + (line - begin) * r.target[2] * pixel_size;
            for (std::int64_t td = 0; td < r.kernel[0]; ++td)
                for (std::int64_t th = 0; th < r.kernel[1]; ++th, row += run) {
                    const std::int64_t sd = r.met[0][d * r.kernel[0] + td], sh = r.met[1][h * r.kernel[1] + th];
                    const std::int64_t met_line = (n * r.source[0] + sd) * r.source[1] + sh;
                    const bool inside = sd >= 0 && sh >= 0;
                    expand_row(r, interior, inside ? source + met_line * r.source[2] * channels : nullptr, channels,
                               row, pixel_size);
                }
        }
    });
}

template void expand(Queue&, const TapRelation&, const float*, std::int64_t, std::int64_t, std::int64_t, float*);
template void expand(Queue&, const TapRelation&, const bfloat16*, std::int64_t, std::int64_t, std::int64_t, bfloat16*);

}  // namespace protolith::kernels::cpu
