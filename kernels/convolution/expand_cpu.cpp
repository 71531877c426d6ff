#include "convolution/expansion.hpp"
#include "queue/parallel.hpp"

#include <algorithm>
#include <cstring>

namespace protolith::kernels::cpu {
namespace {

/// memcpy, with the short lengths of one-channel images inline.
template <class T>
void copy_run(T* to, const T* from, std::int64_t count) {
    if (count == 1)
        *to = *from;
    else if (count == 4)
        std::memcpy(to, from, 4 * sizeof(T));
    else
        std::memcpy(to, from, count * sizeof(T));
}

/// One target line and one (depth, height) tap: the `run` = width taps * channels elements of every pixel.
template <class T>
void expand_row(const TapRelation& r, const T* source_line, std::int64_t channels, T* columns,
                std::int64_t pixel_size) {
    const std::int64_t taps = r.kernel[2], run = taps * channels;
    for (std::int64_t w = 0; w < r.target[2]; ++w, columns += pixel_size) {
        const std::int32_t* met = r.met[2].data() + w * taps;
        if (!source_line) {
            std::fill_n(columns, run, T(0.0F));
        } else if (met[0] >= 0 && met[taps - 1] == met[0] + taps - 1) {  // x unrolled, inside: taps are neighbours
            copy_run(columns, source_line + met[0] * channels, run);
        } else {
            for (std::int64_t t = 0; t < taps; ++t)
                if (met[t] >= 0)
                    copy_run(columns + t * channels, source_line + met[t] * channels, channels);
                else
                    std::fill_n(columns + t * channels, channels, T(0.0F));
        }
    }
}

}  // namespace

template <class T>
void expand(Queue& queue, const TapRelation& r, const T* source, std::int64_t channels, std::int64_t begin,
            std::int64_t end, T* columns) {
    const std::int64_t pixel_size = r.taps() * channels, run = r.kernel[2] * channels;
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
                    expand_row(r, inside ? source + met_line * r.source[2] * channels : nullptr, channels, row,
                               pixel_size);
                }
        }
    });
}

template void expand(Queue&, const TapRelation&, const float*, std::int64_t, std::int64_t, std::int64_t, float*);
template void expand(Queue&, const TapRelation&, const bfloat16*, std::int64_t, std::int64_t, std::int64_t, bfloat16*);

}  // namespace protolith::kernels::cpu
