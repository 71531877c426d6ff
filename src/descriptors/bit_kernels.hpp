// Kernels on bit-packed lines: how often all shifted copies are set, and how many segments of each length lie in the
// phase. Vectorised by Highway with run-time dispatch; *_reference are the plain texts they are tested against.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace protolith::descriptors {

/// One vertex of a pattern: packed lines `stride` words apart, read from voxel `shift` on. Behind the last voxel read
/// lie at least BitRows::padding_words readable words.
struct Vertex {
    const std::uint64_t* line;
    std::size_t shift, stride;
};

/// Greatest number of vertices of a pattern.
inline constexpr std::size_t max_vertices = 6;

/// Number of (line i, voxel x) with i < lines and x < length for which every vertex v is set at voxel x + v.shift of
/// the line v.line + i · v.stride. 1 to 6 vertices ordered by shift, the first shift 0. Whole vectors are counted: no x
/// from `length` to the next multiple of 512 may meet the pattern, which zeros behind the lines ensure.
std::uint64_t count_all_set(std::span<const Vertex> vertices, std::size_t lines, std::size_t length);
std::uint64_t count_all_set_reference(std::span<const Vertex> vertices, std::size_t lines, std::size_t length);

/// Segments along a line: counts[r] += number of x < length such that line[x] and next[x + 1] … next[x + r] are set,
/// for r < counts.size(). `next` is `line` itself or, to wrap around, the doubled line. `work` holds one line (stride
/// words).
void count_segments_along(const std::uint64_t* line, const std::uint64_t* next, std::size_t length,
                          std::span<std::uint64_t> counts, std::uint64_t* work);
void count_segments_along_reference(const std::uint64_t* line, const std::uint64_t* next, std::size_t length,
                                    std::span<std::uint64_t> counts, std::uint64_t* work);

/// Segments across lines: counts[r] += number of x < length set in all of lines[0] … lines[r], for r < lines.size().
void count_segments_across(std::span<const std::uint64_t* const> lines, std::size_t length,
                           std::span<std::uint64_t> counts, std::uint64_t* work);
void count_segments_across_reference(std::span<const std::uint64_t* const> lines, std::size_t length,
                                     std::span<std::uint64_t> counts, std::uint64_t* work);

}  // namespace protolith::descriptors
