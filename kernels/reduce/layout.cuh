// How the threads of a kernel share the groups (outer, rows, channels) of a tensor. A team of threads, a warp or a
// block, serves a task: one outer index, a part of its rows, a tile of its columns. Neighbouring threads stand on
// neighbouring columns, what is left of the team on further rows. All of it follows from sizes and alignment alone, so
// that sums have the same order, and the same bits, on every GPU.
#pragma once

#include "launch/reduce.cuh"
#include "pointwise/elements.cuh"
#include "reduce/groups.hpp"

#include <algorithm>
#include <bit>

namespace protolith::kernels::cuda {

/// What a thread takes at once: one element, as many channels as 16 bytes hold, or, where there is but one channel, as
/// many rows.
enum class Access { single, channels, rows };

/// The access as types: N elements at once, which belong to `width` different groups.
template <class T, Access access>
struct Reach {
    static constexpr int elements = access == Access::single ? 1 : pack_of<T>;
    static constexpr int width = access == Access::channels ? elements : 1;
};

/// The widest that sizes and alignment allow.
template <class T>
Access access_of(const Groups& groups, bool aligned) {
    if (!aligned) return Access::single;
    if (groups.channels == 1) return groups.outer == 1 || groups.rows % pack_of<T> == 0 ? Access::rows : Access::single;
    return groups.channels % pack_of<T> == 0 ? Access::channels : Access::single;
}

/// Calls work(constant) with the access as a compile-time constant.
template <class Work>
void for_access(Access access, Work&& work) {
    switch (access) {
        case Access::single:
            return work(std::integral_constant<Access, Access::single>());
        case Access::channels:
            return work(std::integral_constant<Access, Access::channels>());
        case Access::rows:
            return work(std::integral_constant<Access, Access::rows>());
    }
}

/// What a kernel is cut into, at most: threads side by side on columns, and tasks in which rows are cut apart.
struct Cut {
    int lanes = warp_threads;
    std::int64_t tasks = 1024;
};

/// What one thread does in one task: lines first, first + step … < last of a column.
struct Place {
    std::int64_t outer, part, column;
    bool inside;  // false where the tile has fewer columns than the team: the thread repeats the last one's work
    std::int64_t first, last, step;
};

/// The division of groups among teams. A line is what the columns take at once of a group: a row, or a pack of rows.
struct Layout {
    Layout(const Groups& groups, Access access, int elements, const Cut& cut)
        : size(groups),
          columns(access == Access::channels ? groups.channels / elements : groups.channels),
          lines(access == Access::rows ? groups.rows / elements : groups.rows),
          rest(access == Access::rows ? static_cast<int>(groups.rows % elements) : 0),
          stride(access == Access::rows ? elements : groups.channels),
          lanes(
              static_cast<int>(std::bit_ceil(static_cast<std::uint64_t>(std::min<std::int64_t>(columns, cut.lanes))))),
          team(lines * lanes <= 16 * warp_threads ? warp_threads : block_threads),
          tiles((columns + lanes - 1) / lanes) {
        constexpr std::int64_t accesses = 8;  // of a thread, at least, before rows are cut apart
        const std::int64_t side = team / lanes, most = cut.tasks / std::max<std::int64_t>(groups.outer * tiles, 1);
        const std::int64_t wanted = team == warp_threads ? 1
                                                         : std::clamp<std::int64_t>(lines / (accesses * side), 1,
                                                                                    std::max<std::int64_t>(most, 1));
        part_lines = std::max<std::int64_t>(((lines + wanted - 1) / wanted + side - 1) / side * side, 1);
        parts = std::max<std::int64_t>((lines + part_lines - 1) / part_lines, 1);
        tasks = groups.outer * parts * tiles;
    }

    /// Blocks of block_threads, two rounds of them on 132 multiprocessors at most; they go over the tasks in strides.
    Grid grid(const std::source_location& where) const {
        const std::int64_t teams = block_threads / team;
        return {static_cast<unsigned>(std::min<std::int64_t>((tasks + teams - 1) / teams, 16 * 132)), where};
    }

    __device__ int teams() const { return block_threads / team; }
    __device__ std::int64_t first_task() const {
        return static_cast<std::int64_t>(blockIdx.x) * teams() + static_cast<int>(threadIdx.x) / team;
    }
    __device__ std::int64_t task_stride() const { return static_cast<std::int64_t>(gridDim.x) * teams(); }

    __device__ Place place(std::int64_t task) const {
        const int thread = static_cast<int>(threadIdx.x) % team;
        const std::int64_t tile = task % tiles, part = task / tiles % parts, outer = task / tiles / parts;
        const std::int64_t column = tile * lanes + thread % lanes, end = (part + 1) * part_lines;
        const bool inside = column < columns;
        return {outer,
                part,
                inside ? column : columns - 1,
                inside,
                part * part_lines + thread / lanes,
                end < lines ? end : lines,
                team / lanes};
    }

    /// Whether this thread takes one of the rows behind the last whole line, and where that lies in its group.
    __device__ bool serves_rest(const Place& place) const {
        return place.part + 1 == parts && static_cast<int>(threadIdx.x) % team < rest;
    }
    __device__ std::int64_t rest_element() const { return lines * stride + static_cast<int>(threadIdx.x) % team; }

    Groups size;
    std::int64_t columns, lines;
    int rest;             // rows behind the last whole line
    std::int64_t stride;  // elements from line to line
    int lanes, team;      // threads: side by side, and in all
    std::int64_t tiles, parts, part_lines, tasks;
};

}  // namespace protolith::kernels::cuda
