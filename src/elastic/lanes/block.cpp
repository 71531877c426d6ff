#include "elastic/lanes/block.hpp"

#include <algorithm>

namespace protolith::elastic {
namespace {

/// Up to here the sum of the directions costs less memory traffic than keeping it up.
constexpr std::size_t few_steps = 3;

/// Pieces of one allocation, each on a cache line.
template <class T>
class Layout {
  public:
    /// Asks for `values` of every lane; `at` is set when the memory is there.
    void ask(T*& at, std::size_t values) {
        wanted_.push_back({&at, total_});
        total_ += values * fft::lanes<T>;
    }
    std::size_t total() const noexcept { return total_; }
    void place(T* memory) const {
        for (const auto& [at, offset] : wanted_) *at = memory + offset;
    }

  private:
    struct Wanted {
        T** at;
        std::size_t offset;
    };
    std::vector<Wanted> wanted_;
    std::size_t total_ = 0;
};

}  // namespace

template <class T>
LaneBlock<T>::LaneBlock(const LanePlan<T>& plan, BlockUse use, std::size_t steps)
    : keeps_all_directions(use == BlockUse::gradient_of_steps || (steps > 0 && steps <= few_steps)) {
    direction.resize(keeps_all_directions ? steps : 1);
    alphas.resize(direction.size());
    const std::size_t pixels = plan.rows * plan.columns;
    Layout<T> layout;
    layout.ask(grey, pixels);
    layout.ask(work, 2 * plan.rows * plan.pitch);
    layout.ask(residual, 2 * pixels);
    const bool sums_up = !keeps_all_directions || use != BlockUse::tensors;
    layout.ask(displacement, sums_up ? 2 * pixels : 0);
    for (T*& p : direction) layout.ask(p, 2 * pixels);
    if (use != BlockUse::tensors) {
        layout.ask(gradient, pixels);
        layout.ask(source, 2 * pixels);
        layout.ask(adjoint, 2 * pixels);
    }
    if (use == BlockUse::gradient_of_steps) layout.ask(passed_on, 2 * pixels);
    // Three rows of stresses (one of them kept from the first row), and one of strain and stress.
    layout.ask(row, (3 * 3 + 6) * std::max(plan.columns, plan.grid.columns));
    layout.ask(column, 4 * plan.rows);
    const std::size_t across = plan.pixel_columns.waves(), down = plan.pixel_rows.waves();
    layout.ask(waves, plan.rows * across * 6);
    layout.ask(wave_sums, down * across * 6);
    layout.ask(point_rows, plan.grid.rows * across * 6);
    layout.ask(points, plan.grid.points() * 6);
    memory_ = LargeArray<T>(layout.total());
    layout.place(memory_.data());
}

template class LaneBlock<float>;
template class LaneBlock<double>;

}  // namespace protolith::elastic
