#include "queue/parallel.hpp"
#include "slice/merged.hpp"
#include "slice/runs.hpp"
#include "slice/slice.hpp"

namespace protolith::kernels::cpu {
namespace {

/// Bytes of a run from which on it pays to find out for each whether it is padding.
constexpr std::int64_t shortest_padded_run = 256;

/// Byte at which row `row` of the box (counted over all axes but the last two) starts in the whole array.
std::int64_t row_start(const Box& m, std::int64_t row) {
    std::int64_t stride = m.whole[m.rank - 1] * m.whole[m.rank - 2];
    std::int64_t start = m.origin[m.rank - 1] + m.origin[m.rank - 2] * m.whole[m.rank - 1];
    for (int a = m.rank - 3; a >= 0; --a) {
        start += (m.origin[a] + row % m.extent[a]) * stride;
        row /= m.extent[a];
        stride *= m.whole[a];
    }
    return start;
}

/// Calls copy(count, offset in the whole, offset in the part) for every stretch of runs that lie at a constant stride.
template <class Copy>
void over_runs(Queue& queue, const Box& m, Copy&& copy) {
    const std::int64_t run = m.extent[m.rank - 1], inner = m.extent[m.rank - 2];
    const std::int64_t runs = product(m.extent, m.rank - 1);
    if (run == 0 || runs == 0) return;
    parallel_ranges(queue, runs, std::max<std::int64_t>(1, 65536 / run), [&](std::int64_t begin, std::int64_t end) {
        while (begin < end) {
            const std::int64_t row = begin / inner, column = begin % inner;
            const std::int64_t count = std::min(inner - column, end - begin);
            copy(count, row_start(m, row) + column * m.whole[m.rank - 1], begin * run);
            begin += count;
        }
    });
}

}  // namespace

void slice(Queue& queue, const Box& box, std::size_t element, const void* whole, void* part) {
    const Box m = merged(box, element);
    const std::int64_t run = m.extent[m.rank - 1], stride = m.whole[m.rank - 1];
    const auto* from = static_cast<const std::byte*>(whole);
    auto* to = static_cast<std::byte*>(part);
    over_runs(queue, m, [&](std::int64_t count, std::int64_t at_whole, std::int64_t at_part) {
        copy_runs(count, static_cast<std::size_t>(run), from + at_whole, stride, to + at_part, run);
    });
}

void insert(Queue& queue, const Box& box, std::size_t element, const void* part, void* whole) {
    const Box m = merged(box, element);
    const std::int64_t run = m.extent[m.rank - 1], stride = m.whole[m.rank - 1];
    const auto* from = static_cast<const std::byte*>(part);
    auto* to = static_cast<std::byte*>(whole);
    over_runs(queue, m, [&](std::int64_t count, std::int64_t at_whole, std::int64_t at_part) {
        copy_runs(count, static_cast<std::size_t>(run), from + at_part, run, to + at_whole, stride);
    });
}

void pad(Queue& queue, const Box& box, std::size_t element, const void* part, void* whole) {
    const Box m = merged(box, element);
    const int outer = m.rank - 1;
    const std::int64_t length = m.whole[outer], left = m.origin[outer], run = m.extent[outer];
    const auto* from = static_cast<const std::byte*>(part);
    auto* to = static_cast<std::byte*>(whole);
    if (length < shortest_padded_run) {
        parallel_ranges(queue, product(m.whole, m.rank), 65536, [&](std::int64_t begin, std::int64_t end) {
            std::memset(to + begin, 0, static_cast<std::size_t>(end - begin));
        });
        return insert(queue, box, element, part, whole);
    }
    // each run of the whole array is written once: zeros alone, or zeros, the part's run, zeros
    const std::int64_t runs = product(m.whole, outer);
    parallel_ranges(queue, runs, std::max<std::int64_t>(1, 65536 / std::max<std::int64_t>(length, 1)),
                    [&](std::int64_t begin, std::int64_t end) {
                        for (std::int64_t r = begin; r < end; ++r) {
                            std::byte* target = to + r * length;
                            std::int64_t rest = r, at = 0, stride = run;
                            bool inside = true;
                            for (int a = outer - 1; a >= 0; --a) {
                                const std::int64_t place = rest % m.whole[a] - m.origin[a];
                                inside = inside && place >= 0 && place < m.extent[a];
                                at += place * stride;
                                rest /= m.whole[a];
                                stride *= m.extent[a];
                            }
                            if (!inside) {
                                std::memset(target, 0, static_cast<std::size_t>(length));
                                continue;
                            }
                            std::memset(target, 0, static_cast<std::size_t>(left));
                            std::memcpy(target + left, from + at, static_cast<std::size_t>(run));
                            std::memset(target + left + run, 0, static_cast<std::size_t>(length - left - run));
                        }
                    });
}

}  // namespace protolith::kernels::cpu
