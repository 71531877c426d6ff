// Works on bit-packed rows. A bit of word ^ (word << 1) is an end of a run; the run to which a voxel belongs is the
// number of run beginnings up to it, so contacts are bits to be counted.
#include "descriptors/phase_runs.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "descriptors/phase_runs.cpp"
#include <bit>
#include <limits>
#include <type_traits>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::descriptors::HWY_NAMESPACE {

/// Positions written at a time, needed or not: cheaper than asking after each whether there is another. What is written
/// too much lies behind the end and is overwritten.
constexpr std::size_t at_a_time = spoilt_behind;

/// Writes the ends of all runs of a packed row, first and last by turns; returns behind the last one written, behind
/// which at_a_time more are spoilt.
std::uint32_t* write_ends(const std::uint64_t* words, std::size_t n, std::uint32_t* to) {
    std::uint64_t carry = 0;
    for (std::size_t w = 0; w < (n + 63) / 64; ++w) {
        std::uint64_t ends = words[w] ^ (words[w] << 1 | carry);
        carry = words[w] >> 63;
        const auto base = static_cast<std::uint32_t>(w * 64);
        const auto count = static_cast<std::size_t>(std::popcount(ends));
        for (std::size_t k = 0; k < count; k += at_a_time)
            for (std::size_t i = 0; i < at_a_time; ++i) {
                to[k + i] = base + static_cast<std::uint32_t>(std::countr_zero(ends));
                ends &= ends - 1;
            }
        to += count;
    }
    // Bits behind the row are 0, so a run is still open only if the row fills its last word.
    if (carry != 0) *to++ = static_cast<std::uint32_t>(n);
    return to;
}

/// Contacts of packed rows p and q whose first runs have the numbers i and j; at_a_time behind the last are spoilt.
RunContact* write_contacts(const std::uint64_t* p, const std::uint64_t* q, std::size_t words, bool diagonal,
                           std::uint32_t i, std::uint32_t j, RunContact* to) {
    std::uint64_t p_before = 0, q_before = 0;
    for (std::size_t w = 0; w < words; ++w) {
        // The same rows moved by one column, and where runs begin.
        const std::uint64_t p_left = p[w] << 1 | p_before, q_left = q[w] << 1 | q_before;
        const std::uint64_t p_begins = p[w] & ~p_left, q_begins = q[w] & ~q_left;
        // The first column that two runs share; or, diagonally, one run's first column behind the other's last.
        std::uint64_t found = p[w] & q[w] & ~(p_left & q_left);
        if (diagonal) found |= (q_begins & ~p[w] & p_left) | (p_begins & ~q[w] & q_left);
        const auto count = static_cast<std::size_t>(std::popcount(found));
        for (std::size_t k = 0; k < count; k += at_a_time / 2)
            for (std::size_t c = 0; c < at_a_time / 2; ++c) {
                const std::uint64_t up_to = found ^ (found - 1);
                to[k + c] = {i + static_cast<std::uint32_t>(std::popcount(p_begins & up_to)) - 1,
                             j + static_cast<std::uint32_t>(std::popcount(q_begins & up_to)) - 1};
                found &= found - 1;
            }
        to += count;
        i += static_cast<std::uint32_t>(std::popcount(p_begins));
        j += static_cast<std::uint32_t>(std::popcount(q_begins));
        p_before = p[w] >> 63;
        q_before = q[w] >> 63;
    }
    return to;
}

/// Runs in a packed row: as many as beginnings.
std::size_t count_runs(const std::uint64_t* words, std::size_t count) {
    std::uint64_t before = 0;
    std::size_t runs = 0;
    for (std::size_t w = 0; w < count; ++w) {
        runs += static_cast<std::size_t>(std::popcount(words[w] & ~(words[w] << 1 | before)));
        before = words[w] >> 63;
    }
    return runs;
}

}  // namespace protolith::descriptors::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::descriptors {

namespace {
HWY_EXPORT(count_runs);
HWY_EXPORT(write_ends);
HWY_EXPORT(write_contacts);
}  // namespace

PhaseRuns phase_runs(const PhaseVolume& image, Axis axis) {
    constexpr std::size_t limit = std::numeric_limits<std::uint32_t>::max();
    PhaseRuns result;
    result.bits = pack_lines(image, axis);
    result.extent = {result.bits.outer(), result.bits.inner(), result.bits.length()};
    const std::size_t length = result.extent.x, words = (length + 63) / 64;
    require(length < limit, "lines of {} voxels are beyond {}", length, limit);
    result.row_begin.reserve(result.rows() + 1);
    result.row_begin.push_back(0);
    std::size_t runs = 0;
    for (std::size_t row = 0; row < result.rows(); ++row) {
        runs += HWY_DYNAMIC_DISPATCH(count_runs)(result.bits.line(row), words);
        require(runs < limit, "an image of {} has more than {} runs", to_string(image.extent()), limit);
        result.row_begin.push_back(static_cast<std::uint32_t>(runs));
    }
    result.runs.resize(runs + spoilt_behind);
    // A run is two numbers in the order in which its ends are met.
    static_assert(sizeof(Run) == 2 * sizeof(std::uint32_t) && std::is_trivial_v<Run>);
    auto* ends = reinterpret_cast<std::uint32_t*>(result.runs.data());
    for (std::size_t row = 0; row < result.rows(); ++row)
        ends = HWY_DYNAMIC_DISPATCH(write_ends)(result.bits.line(row), length, ends);
    result.runs.resize(runs);
    return result;
}

std::size_t touching_runs(const PhaseRuns& image, std::size_t a, std::size_t b, bool diagonal, RunContact* contacts) {
    const RunContact* stop =
        HWY_DYNAMIC_DISPATCH(write_contacts)(image.bits.line(a), image.bits.line(b), (image.extent.x + 63) / 64,
                                             diagonal, image.row_begin[a], image.row_begin[b], contacts);
    return static_cast<std::size_t>(stop - contacts);
}

}  // namespace protolith::descriptors
#endif
