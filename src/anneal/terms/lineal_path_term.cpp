#include "anneal/terms/lineal_path_term.hpp"

#include "anneal/terms/count_volume.hpp"

#include <algorithm>
#include <bit>

namespace protolith::anneal {

namespace {

CurveSettings settings(const Extent& extent, std::vector<double> target, double weight) {
    require_reach(extent, target.size(), "lineal path");
    require_input(target.size() <= 5001, "the target of the lineal path goes up to r = {}; at most 5000 is possible",
                  target.size() - 1);
    const double axes = extent.dimensions();
    const double placements = axes * static_cast<double>(extent.count());
    const double largest = axes * static_cast<double>(target.size() + 1);
    return {std::move(target), weight, placements, largest, {}};
}

std::size_t words(std::size_t reach) { return (reach + 63) / 64; }

}  // namespace

LinealPathTerm::LinealPathTerm(const Extent& extent, std::vector<double> target, double weight)
    : CountedTerm(settings(extent, std::move(target), weight)),
      extent_(extent),
      grid_(extent),
      kernels_(choose_swap_kernels()) {
    for (std::size_t axis = extent.dimensions() == 3 ? 0 : 1; axis < 3; ++axis) {
        Direction step{};
        step[axis] = 1;
        lines_.emplace_back(extent, step, words(reach()));
        axes_.push_back(axis);
    }
    pairs_.resize(2 * axes_.size());
    change_ = hwy::AllocateAligned<std::int16_t>(64 * words(reach()) + 64);
    recount(PhaseVolume(extent));
}

void LinealPathTerm::recount(const PhaseVolume& volume) {
    require(volume.extent() == extent_, "a volume of {} given to a term of {}", to_string(volume.extent()),
            to_string(extent_));
    for (PackedLines& lines : lines_) lines.assign(volume);
    set_counts(count_lineal_path(volume, reach()));
}

/// Phase voxels in a row from a place on, at most R.
std::size_t LinealPathTerm::run(const PackedLines& lines, std::size_t start) const noexcept {
    std::size_t length = 0;
    while (length < reach()) {
        const int ones = std::countr_one(lines.bits(start + length));
        length += static_cast<std::size_t>(ones);
        if (ones < 64) break;
    }
    return std::min(length, reach());
}

double LinealPathTerm::propose(const Swap& swap) {
    from_ = grid_.voxel(swap.from);
    to_ = grid_.voxel(swap.to);
    const Voxel apart = grid_.difference(from_, to_);
    for (std::size_t i = 0; i < axes_.size(); ++i) {
        const std::size_t axis = axes_[i];
        const auto old_place = lines_[i].place(from_);
        pairs_[2 * i] = {static_cast<std::int16_t>(run(lines_[i], old_place.behind)),
                         static_cast<std::int16_t>(run(lines_[i], old_place.ahead)), -1};
        const auto new_place = lines_[i].place(to_);
        std::size_t before = run(lines_[i], new_place.behind), after = run(lines_[i], new_place.ahead);
        // `from` has left the phase: on the same line it ends the runs of `to`
        const bool same_line = apart[(axis + 1) % 3] == 0 && apart[(axis + 2) % 3] == 0;
        if (same_line) {
            after = std::min<std::size_t>(after, apart[axis] - 1);
            before = std::min<std::size_t>(before, grid_.sides()[axis] - apart[axis] - 1);
        }
        pairs_[2 * i + 1] = {static_cast<std::int16_t>(before), static_cast<std::int16_t>(after), 1};
    }
    return scale() * kernels_.lineal(pairs_.data(), pairs_.size(), reach(), deviations(), change_.get(), &used_);
}

void LinealPathTerm::accept() {
    add_changes(std::span<const std::int16_t>(change_.get(), used_));
    for (PackedLines& lines : lines_) {
        lines.flip(from_);
        lines.flip(to_);
    }
}

std::size_t LinealPathTerm::memory() const {
    std::size_t bytes = counted_memory() + (64 * words(reach()) + 64) * sizeof(std::int16_t);
    for (const PackedLines& lines : lines_) bytes += lines.memory();
    return bytes;
}

std::size_t LinealPathTerm::estimate_memory(const Extent& extent, std::size_t reach) {
    std::size_t bytes = 0;
    for (const Direction& step : {Direction{1, 0, 0}, Direction{0, 1, 0}, Direction{0, 0, 1}})
        if (extent.dimensions() == 3 || step[0] == 0) bytes += PackedLines::estimate_memory(extent, step, words(reach));
    return bytes;
}

}  // namespace protolith::anneal
