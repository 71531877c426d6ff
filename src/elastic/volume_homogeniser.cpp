#include "elastic/volume_homogeniser.hpp"

#include "elastic/slab/filtered.hpp"
#include "elastic/slab/solver.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

namespace protolith::elastic {
namespace {

using Matrix6 = std::array<std::array<double, 6>, 6>;

/// H G⁻¹ by elimination with the largest pivot: solves Gᵀ Cᵀ = Hᵀ.
Matrix6 divided(const Matrix6& stress, const Matrix6& strain) {
    Matrix6 a, b;  // a x = b
    for (std::size_t i = 0; i < 6; ++i)
        for (std::size_t j = 0; j < 6; ++j) {
            a[i][j] = strain[j][i];
            b[i][j] = stress[j][i];
        }
    for (std::size_t k = 0; k < 6; ++k) {
        std::size_t pivot = k;
        for (std::size_t i = k + 1; i < 6; ++i)
            if (std::abs(a[i][k]) > std::abs(a[pivot][k])) pivot = i;
        std::swap(a[k], a[pivot]);
        std::swap(b[k], b[pivot]);
        for (std::size_t i = 0; i < 6; ++i) {
            if (i == k) continue;
            const double factor = a[i][k] / a[k][k];
            for (std::size_t j = 0; j < 6; ++j) {
                a[i][j] -= factor * a[k][j];
                b[i][j] -= factor * b[k][j];
            }
        }
    }
    Matrix6 result;
    for (std::size_t i = 0; i < 6; ++i)
        for (std::size_t j = 0; j < 6; ++j) result[j][i] = b[i][j] / a[i][i];
    return result;
}

Extent half_wavelength_cells(const Extent& volume, const LowPass& filter) {
    const auto cells = [&](std::size_t voxels) {
        const double side = static_cast<double>(voxels) / static_cast<double>(volume.x);
        return std::clamp<std::size_t>(static_cast<std::size_t>(std::lround(2 * side / filter.wavelength)), 1, voxels);
    };
    return {cells(volume.z), cells(volume.y), cells(volume.x)};
}

VolumeHomogeniserSettings with_grid(VolumeHomogeniserSettings settings) {
    check(settings);
    if (settings.grid.count() == 0) settings.grid = half_wavelength_cells(settings.volume, settings.filter);
    return settings;
}

/// Filtered strain and stress at points, (points, filtered_values) of each load case.
using LoadFields = std::array<std::vector<double>, 6>;

/// The symmetric part of H : G⁻¹ at point j; stresses are in units of `unit`.
void write_components(const LoadFields& fields, std::size_t j, double unit, double* tensor, std::size_t stride) {
    Matrix6 strain, stress;
    for (std::size_t load = 0; load < 6; ++load)
        for (std::size_t c = 0; c < 6; ++c) {
            strain[c][load] = fields[load][j * filtered_values + c];
            stress[c][load] = unit * fields[load][j * filtered_values + 6 + c];
        }
    const Matrix6 effective = divided(stress, strain);
    std::size_t component = 0;
    for (std::size_t a = 0; a < 6; ++a)
        for (std::size_t b = a; b < 6; ++b) tensor[component++ * stride] = (effective[a][b] + effective[b][a]) / 2;
}

/// Adds a row's strain and stress in Kelvin notation; shear strains of `e` are doubled.
void add_sums(std::size_t columns, const VoxelRow& e, const VoxelRow& s, std::vector<double>& sums) {
    for (std::size_t c = 0; c < 6; ++c) {
        const double of_strain = c < 3 ? 1 : 1 / std::numbers::sqrt2, of_stress = c < 3 ? 1 : std::numbers::sqrt2;
        sums[c] += of_strain * std::accumulate(e[c], e[c] + columns, 0.0);
        sums[6 + c] += of_stress * std::accumulate(s[c], s[c] + columns, 0.0);
    }
}

/// A unit of strain in Kelvin notation; shear strains are doubled, 2ε = √2.
Strain3 unit_load(std::size_t load) {
    Strain3 strain{};
    strain[load] = load < 3 ? 1 : std::numbers::sqrt2;
    return strain;
}

}  // namespace

void check(const VolumeHomogeniserSettings& settings) {
    const Extent& volume = settings.volume;
    require_input(volume.z >= 2 && volume.y >= 2 && volume.x >= 2,
                  "a volume to homogenize has {}; expected at least 2 × 2 × 2 voxels", to_string(volume));
    check(settings.medium);
    for (const auto& [name, m] : {std::pair{"0", settings.medium.zero}, std::pair{"1", settings.medium.one}})
        require_input(3 * m.lambda + 2 * m.mu > 0,
                      "elastic phase {} has λ = {} GPa and μ = {} GPa; a stable medium needs λ + 2μ/3 > 0", name,
                      m.lambda, m.mu);
    const double pixel = 1 / static_cast<double>(volume.x);
    check(settings.filter, pixel, pixel * static_cast<double>(std::min({volume.x, volume.y, volume.z})));
    const Extent& grid = settings.grid;
    require_input(grid.count() > 0 || (grid.x == 0 && grid.y == 0 && grid.z == 0),
                  "the output grid has {} × {} × {} points; expected all positive, or 0 × 0 × 0 for cells of λ0/2",
                  grid.z, grid.y, grid.x);
    const SolverControl& solver = settings.solver;
    require_input(solver.tolerance >= 0 && solver.tolerance < 1, "tolerance is {}; expected 0 (fixed steps) … 1",
                  solver.tolerance);
    require_input(solver.tolerance > 0 ? solver.max_steps > 0 : solver.steps > 0,
                  "conjugate gradients of 0 steps; expected at least one");
}

struct VolumeHomogeniser::Work {
    Communicator comm;
    VolumeHomogeniserSettings settings;
    SlabSolver solver;
    SlabFilter filter;
    ItemRange points;

    Work(const Communicator& parent, const VolumeHomogeniserSettings& given)
        : comm(parent.handle()),
          settings(with_grid(given)),
          solver(comm, settings.volume, settings.medium),
          filter(settings.volume, settings.grid, settings.filter),
          points(comm.share(settings.grid.z)) {}
};

VolumeHomogeniser::VolumeHomogeniser(const Communicator& comm, const VolumeHomogeniserSettings& settings)
    : work_(std::make_unique<Work>(comm, settings)) {}
VolumeHomogeniser::~VolumeHomogeniser() = default;
VolumeHomogeniser::VolumeHomogeniser(VolumeHomogeniser&&) noexcept = default;
VolumeHomogeniser& VolumeHomogeniser::operator=(VolumeHomogeniser&&) noexcept = default;

const VolumeHomogeniserSettings& VolumeHomogeniser::settings() const noexcept { return work_->settings; }
ItemRange VolumeHomogeniser::planes() const noexcept { return work_->solver.planes(); }
ItemRange VolumeHomogeniser::grid_planes() const noexcept { return work_->points; }
std::size_t VolumeHomogeniser::memory() const noexcept { return work_->solver.memory(); }

Convergence VolumeHomogeniser::tensors(const float* grey, double* tensors, double* whole) const {
    SlabSolver& solver = work_->solver;
    SlabFilter& filter = work_->filter;
    solver.set_grey(grey);
    const std::size_t first = solver.planes().first;
    LoadFields fields, means;
    Convergence worst;
    for (std::size_t load = 0; load < 6; ++load) {
        const Convergence end = solver.solve(unit_load(load), work_->settings.solver);
        worst.steps = std::max(worst.steps, end.steps);
        worst.residual = std::max(worst.residual, end.residual);
        filter.clear();
        means[load].assign(filtered_values, 0.0);
        solver.for_each_row(unit_load(load), [&](std::size_t k, std::size_t y, const VoxelRow& e, const VoxelRow& s) {
            filter.add_row(first + k, y, e, s);
            add_sums(work_->settings.volume.x, e, s, means[load]);
        });
        fields[load] = filter.at_points(work_->comm, work_->points);
        work_->comm.sum_in_place(means[load].data(), filtered_values);
    }
    const std::size_t points = fields[0].size() / filtered_values;
    for (std::size_t j = 0; j < points; ++j) write_components(fields, j, solver.unit(), tensors + j, points);
    if (whole != nullptr) write_components(means, 0, solver.unit(), whole, 1);
    return worst;
}

}  // namespace protolith::elastic
