#include "simulate/refine.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace protolith::simulate {

namespace {

double squared_segment(const Contour& c, std::size_t i, std::size_t next) {
    const double dx = c.x[next] - c.x[i], dy = c.y[next] - c.y[i];
    return dx * dx + dy * dy;
}

/// The four points about segment (i, i + 1), labels unwrapped over the turn.
struct Stencil {
    std::array<double, 4> x, y, label;

    Stencil(const Contour& c, std::size_t i) {
        constexpr double turn = 2 * std::numbers::pi;
        const std::size_t n = c.points();
        for (std::size_t m = 0; m < 4; ++m) {
            const std::size_t shifted = i + n + m - 1, at = shifted % n, turns = shifted / n;
            x[m] = c.x[at];
            y[m] = c.y[at];
            label[m] = c.label[at] + turn * (static_cast<double>(turns) - 1);
        }
    }

    /// Lagrange weights of the four points at a label.
    std::array<double, 4> weights(double at) const {
        std::array<double, 4> w{1, 1, 1, 1};
        for (std::size_t m = 0; m < 4; ++m)
            for (std::size_t k = 0; k < 4; ++k)
                if (k != m) w[m] *= (at - label[k]) / (label[m] - label[k]);
        return w;
    }
};

double weighted(const std::array<double, 4>& w, const std::array<double, 4>& v) {
    return w[0] * v[0] + w[1] * v[1] + w[2] * v[2] + w[3] * v[3];
}

void append_between(const Contour& contour, std::size_t i, int parts, Contour& out) {
    const Stencil stencil(contour, i);
    for (int part = 1; part < parts; ++part) {
        const double fraction = static_cast<double>(part) / parts;
        const double label = stencil.label[1] + fraction * (stencil.label[2] - stencil.label[1]);
        const auto w = stencil.weights(label);
        out.push_back(weighted(w, stencil.x), weighted(w, stencil.y), label);
    }
}

}  // namespace

void Refinement::split(Contour& contour) {
    const std::size_t n = contour.points();
    const double limit = longest_ * longest_;
    refined_.x.clear();
    refined_.y.clear();
    refined_.label.clear();
    std::size_t copied = 0;
    const auto copy_up_to = [&](std::size_t end) {
        const auto from = static_cast<std::ptrdiff_t>(copied), to = static_cast<std::ptrdiff_t>(end);
        refined_.x.insert(refined_.x.end(), contour.x.begin() + from, contour.x.begin() + to);
        refined_.y.insert(refined_.y.end(), contour.y.begin() + from, contour.y.begin() + to);
        refined_.label.insert(refined_.label.end(), contour.label.begin() + from, contour.label.begin() + to);
        copied = end;
    };
    for (std::size_t i = 0; i < n; ++i) {
        const double squared = squared_segment(contour, i, i + 1 < n ? i + 1 : 0);
        if (squared <= limit) continue;
        copy_up_to(i + 1);
        append_between(contour, i, static_cast<int>(std::ceil(std::sqrt(squared) / longest_)), refined_);
    }
    if (copied == 0) return;
    copy_up_to(n);
    std::swap(contour, refined_);
}

bool Refinement::any_long(const Contour& contour) const {
    const std::size_t n = contour.points();
    for (std::size_t i = 0; i < n; ++i)
        if (squared_segment(contour, i, i + 1 < n ? i + 1 : 0) > longest_ * longest_) return true;
    return false;
}

void Refinement::split_all(Contour& contour) {
    while (any_long(contour)) split(contour);
}

}  // namespace protolith::simulate
