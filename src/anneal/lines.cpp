#include "anneal/lines.hpp"

#include <algorithm>
#include <numeric>

namespace protolith::anneal {

std::vector<Step> axis_steps(const Extent& extent) {
    std::vector<Step> steps{{0, 0, 1}, {0, 1, 0}};
    if (extent.dimensions() == 3) steps.push_back({1, 0, 0});
    return steps;
}

std::vector<Step> diagonal_steps(const Extent& extent) {
    std::vector<Step> steps{{0, 1, 1}, {0, 1, -1}};
    if (extent.dimensions() == 3) steps.insert(steps.end(), {{1, 0, 1}, {1, 0, -1}, {1, 1, 0}, {1, -1, 0}});
    return steps;
}

Lines::Lines(const Extent& extent, const Step& step, std::size_t reach)
    : sides_{static_cast<std::uint32_t>(extent.z), static_cast<std::uint32_t>(extent.y),
             static_cast<std::uint32_t>(extent.x)},
      reach_(static_cast<std::uint32_t>(reach)) {
    const std::array<int, 3> components{step.z, step.y, step.x};
    while (components[axis_] == 0) ++axis_;
    second_ = axis_ + 1;
    while (second_ < 3 && components[second_] == 0) ++second_;
    diagonal_ = second_ < 3;
    if (diagonal_) {
        falling_ = components[second_] < 0;
        lay_out_diagonals();
    } else {
        lay_out_axis(extent);
    }
    const std::size_t blocks = (reach + 63) / 64;
    stride_ = (length_ + 1 + 64 * blocks) / 64 + 2;
    forward_.assign(count_ * stride_, 0);
    backward_.assign(count_ * stride_, 0);
}

void Lines::lay_out_axis(const Extent& extent) {
    length_ = sides_[axis_];
    count_ = extent.count() / length_;
    // The other coordinates, x fastest, number the lines.
    std::uint32_t lines = 1;
    for (int a = 2; a >= 0; --a) {
        if (a == axis_) continue;
        line_of_[a] = lines;
        lines *= sides_[a];
    }
}

// On a torus of U × V pixels the diagonals are gcd(U, V) closed lines of lcm(U, V) pixels: place t of line d is the
// pixel (t mod U, (t + d) mod V).
void Lines::lay_out_diagonals() {
    const std::uint32_t u = sides_[axis_], v = sides_[second_];
    lines_per_plane_ = std::gcd(u, v);
    length_ = u / lines_per_plane_ * v;
    count_ = std::size_t{lines_per_plane_} * sides_[3 - axis_ - second_];
    starts_.resize(v);
    for (std::uint32_t d = 0; d < lines_per_plane_; ++d)
        for (std::uint32_t t = 0; t < length_; t += u) starts_[(t + d) % v] = {d, t};
}

void Lines::set_bits(std::uint64_t* words, std::uint32_t at, bool phase) noexcept {
    for (std::uint32_t bit = at; bit <= length_ + reach_; bit += length_) {
        const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
        std::uint64_t& word = words[bit / 64];
        word = phase ? word | mask : word & ~mask;
    }
}

void Lines::set(const Coordinates& c, bool phase) noexcept {
    const Place p = locate(c);
    set_bits(&forward_[p.line * stride_], p.at, phase);
    set_bits(&backward_[p.line * stride_], (length_ - p.at) % length_, phase);
}

void Lines::assign(const PhaseVolume& volume) {
    std::fill(forward_.begin(), forward_.end(), 0);
    std::fill(backward_.begin(), backward_.end(), 0);
    std::size_t voxel = 0;
    for (std::uint32_t z = 0; z < sides_[0]; ++z)
        for (std::uint32_t y = 0; y < sides_[1]; ++y)
            for (std::uint32_t x = 0; x < sides_[2]; ++x)
                if (volume[voxel++]) set({z, y, x}, true);
}

}  // namespace protolith::anneal
