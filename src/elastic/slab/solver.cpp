#include "elastic/slab/solver.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <utility>
#include <vector>

namespace protolith::elastic {
namespace {

/// Sine and cosine of half the phase of frequencies 0, 1, …
struct HalfPhases {
    std::vector<double> sine, cosine;

    explicit HalfPhases(std::size_t n) {
        for (std::size_t k = 0; k < n; ++k) {
            const double half = std::numbers::pi * static_cast<double>(k) / static_cast<double>(n);
            sine.push_back(std::sin(half));
            // Exactly zero at Nyquist's frequency, where a corner and its neighbour cancel.
            cosine.push_back(2 * k == n ? 0 : std::cos(half));
        }
    }
};

Moduli in_units(const Moduli& m, double unit) { return {m.lambda / unit, m.mu / unit}; }

}  // namespace

SlabSolver::SlabSolver(const Communicator& comm, const Extent& volume, const Medium& medium)
    : comm_(comm),
      volume_(volume),
      unit_(medium.at(0.5).p_wave()),
      mean_(in_units(medium.at(0.5), unit_)),
      transform_(comm, volume, fft::Planning::measure),
      neighbours_(comm, transform_.planes()),
      stencil_(volume, in_units(medium.zero, unit_),
               in_units({medium.one.lambda - medium.zero.lambda, medium.one.mu - medium.zero.mu}, unit_)) {
    const std::size_t planes = transform_.planes().size();
    grey_ = HaloField(1, planes, volume);
    displacement_ = HaloField(3, planes, volume);
    direction_ = HaloField(3, planes, volume);
    for (Fields* fields : {&work_, &residual_})
        for (auto& field : *fields) field = fft::Buffer<double>(transform_.memory());
}

std::size_t SlabSolver::memory() const noexcept {
    return grey_.bytes() + displacement_.bytes() + direction_.bytes() + 6 * transform_.memory() * sizeof(double);
}

void SlabSolver::set_grey(const float* grey) {
    for (std::size_t k = 0; k < planes().size(); ++k)
        for (std::size_t y = 0; y < volume_.y; ++y) {
            double* const row = grey_.row(0, static_cast<std::ptrdiff_t>(k), y);
            for (std::size_t x = 0; x < volume_.x; ++x)
                row[x] = static_cast<double>(grey[(k * volume_.y + y) * volume_.x + x]);
        }
    grey_.exchange(neighbours_);
}

void SlabSolver::stress_plane(const HaloField& u, std::ptrdiff_t k, const Strain3& load, StressPlane& out,
                              double& energy) {
    VoxelRow e(volume_.x);
    for (std::size_t y = 0; y < volume_.y; ++y) {
        stencil_.strain(u, k, y, load, e);
        energy +=
            stencil_.stress(grey_.row(0, k, y), e,
                            {out.row(y, 0), out.row(y, 1), out.row(y, 2), out.row(y, 3), out.row(y, 4), out.row(y, 5)});
    }
}

double SlabSolver::forces(const HaloField& u, const Strain3& load, double sign) {
    const std::size_t planes = transform_.planes().size(), row = transform_.row();
    double energy = 0, of_neighbour = 0;
    if (planes > 0) {
        StressPlane before(volume_.y, volume_.x), behind(volume_.y, volume_.x);
        stress_plane(u, -1, load, before, of_neighbour);
        for (std::size_t k = 0; k < planes; ++k) {
            stress_plane(u, static_cast<std::ptrdiff_t>(k), load, behind, energy);
            for (std::size_t y = 0; y < volume_.y; ++y) {
                const std::size_t at = (k * volume_.y + y) * row;
                const std::array<double*, 3> q{work_[0].data() + at, work_[1].data() + at, work_[2].data() + at};
                stencil_.divergence(before, behind, y, q);
                for (double* values : q)
                    for (std::size_t x = 0; x < volume_.x; ++x) values[x] *= sign;
            }
            std::swap(before, behind);
        }
    }
    for (auto& field : work_) transform_.forward(field.data());
    return energy;
}

double SlabSolver::precondition(bool first, double alpha) {
    const HalfPhases along_x(volume_.x), along_y(volume_.y), along_z(volume_.z);
    const std::size_t half = volume_.x / 2 + 1;
    const double pixels = static_cast<double>(volume_.count());
    const double part = (mean_.lambda + mean_.mu) / (mean_.lambda + 2 * mean_.mu);
    std::array<std::complex<double>*, 3> work, residual;
    for (std::size_t c = 0; c < 3; ++c) {
        work[c] = fft::SlabTransform::as_spectrum(work_[c].data());
        residual[c] = fft::SlabTransform::as_spectrum(residual_[c].data());
    }
    double product = 0;
    std::size_t i = 0;
    for (std::size_t y = transform_.frequencies().first; y < transform_.frequencies().last; ++y)
        for (std::size_t z = 0; z < volume_.z; ++z)
            for (std::size_t x = 0; x < half; ++x, ++i) {
                const double sx = along_x.sine[x], cx = along_x.cosine[x], sy = along_y.sine[y], cy = along_y.cosine[y],
                             sz = along_z.sine[z], cz = along_z.cosine[z];
                const std::array<double, 3> d{2 * sx * cy * cz, 2 * cx * sy * cz, 2 * cx * cy * sz};
                const double square = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
                std::complex<double> along = 0;
                for (std::size_t c = 0; c < 3; ++c) {
                    residual[c][i] = first ? work[c][i] : residual[c][i] - alpha * work[c][i];
                    along += d[c] * residual[c][i];
                }
                // Waves that strain nothing (the mean, hourglasses) stay out; the others have a square of order 1/N².
                const bool strains = square > 1e-20;
                const double inverse = strains ? 1 / (mean_.mu * square * pixels) : 0;
                if (strains) along *= part / square;
                const double pair = x == 0 || 2 * x == volume_.x ? 1 : 2;
                for (std::size_t c = 0; c < 3; ++c) {
                    work[c][i] = inverse * (residual[c][i] - d[c] * along);
                    product +=
                        pair * (residual[c][i].real() * work[c][i].real() + residual[c][i].imag() * work[c][i].imag());
                }
            }
    return comm_.sum(product);
}

void SlabSolver::new_direction(double beta) {
    for (std::size_t c = 0; c < 3; ++c) {
        transform_.backward(work_[c].data());
        for (std::size_t k = 0; k < planes().size(); ++k)
            for (std::size_t y = 0; y < volume_.y; ++y) {
                const double* const z = work_[c].data() + (k * volume_.y + y) * transform_.row();
                double* const p = direction_.row(c, static_cast<std::ptrdiff_t>(k), y);
                for (std::size_t x = 0; x < volume_.x; ++x) p[x] = z[x] + beta * p[x];
            }
    }
    direction_.exchange(neighbours_);
}

Convergence SlabSolver::solve(const Strain3& load, const SolverControl& control) {
    const bool by_tolerance = control.tolerance > 0;
    const std::size_t most = by_tolerance ? control.max_steps : control.steps;
    const double tolerance = std::max(control.tolerance, std::numeric_limits<double>::epsilon());
    const double still = tolerance * tolerance * static_cast<double>(volume_.count());
    const Strain3 none{};
    displacement_.fill(0);
    direction_.fill(0);
    forces(displacement_, load, -1);
    double rho = precondition(true, 0), before = 0;
    Convergence end;
    while (rho > still && end.steps < most) {
        new_direction(end.steps > 0 ? rho / before : 0);
        const double alpha = rho / comm_.sum(forces(direction_, none, 1));
        for (std::size_t c = 0; c < 3; ++c)
            for (std::ptrdiff_t k = -1; k <= static_cast<std::ptrdiff_t>(planes().size()); ++k)
                for (std::size_t y = 0; y < volume_.y; ++y) {
                    double* const u = displacement_.row(c, k, y);
                    const double* const p = direction_.row(c, k, y);
                    for (std::size_t x = 0; x < volume_.x; ++x) u[x] += alpha * p[x];
                }
        before = rho;
        rho = precondition(false, alpha);
        ++end.steps;
    }
    end.residual = std::sqrt(std::max(rho, 0.0) / static_cast<double>(volume_.count()));
    return end;
}

}  // namespace protolith::elastic
