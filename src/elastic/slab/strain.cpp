#include "elastic/slab/strain.hpp"

namespace protolith::elastic {

void SlabStencil::strain(const HaloField& u, std::ptrdiff_t k, std::size_t y, const Strain3& load, VoxelRow& e) {
    const std::size_t n = columns_, above = y + 1 < rows_ ? y + 1 : 0;
    // Of every component at x: the sum over the four corners of a voxel's side, its steps along y and along z.
    const auto part = [&](std::size_t c, std::size_t what) { return sums_.data() + (3 * c + what) * (n + 1); };
    for (std::size_t c = 0; c < 3; ++c) {
        const double *r00 = u.row(c, k, y), *r01 = u.row(c, k, above), *r10 = u.row(c, k + 1, y),
                     *r11 = u.row(c, k + 1, above);
        double *const sum = part(c, 0), *const along_y = part(c, 1), *const along_z = part(c, 2);
        for (std::size_t x = 0; x < n; ++x) {
            const double near = r00[x] + r01[x], far = r10[x] + r11[x];
            sum[x] = near + far;
            along_z[x] = far - near;
            along_y[x] = (r01[x] - r00[x]) + (r11[x] - r10[x]);
        }
        for (double* row : {sum, along_y, along_z}) row[n] = row[0];
    }
    const auto across = [&](const double* row, std::size_t x) { return (row[x + 1] - row[x]) / 4; };
    const auto mean = [&](const double* row, std::size_t x) { return (row[x + 1] + row[x]) / 4; };
    for (std::size_t x = 0; x < n; ++x) {
        e[0][x] = load[0] + across(part(0, 0), x);
        e[1][x] = load[1] + mean(part(1, 1), x);
        e[2][x] = load[2] + mean(part(2, 2), x);
        e[3][x] = load[3] + mean(part(1, 2), x) + mean(part(2, 1), x);
        e[4][x] = load[4] + mean(part(0, 2), x) + across(part(2, 0), x);
        e[5][x] = load[5] + mean(part(0, 1), x) + across(part(1, 0), x);
    }
}

double SlabStencil::stress(const double* grey, const VoxelRow& e, const std::array<double*, 6>& s) const {
    double energy = 0;
    for (std::size_t x = 0; x < columns_; ++x) {
        const double lambda = zero_.lambda + grey[x] * slope_.lambda, mu = zero_.mu + grey[x] * slope_.mu;
        const double trace = lambda * (e[0][x] + e[1][x] + e[2][x]);
        for (std::size_t c = 0; c < 3; ++c) s[c][x] = trace + 2 * mu * e[c][x];
        for (std::size_t c = 3; c < 6; ++c) s[c][x] = mu * e[c][x];
        for (std::size_t c = 0; c < 6; ++c) energy += e[c][x] * s[c][x];
    }
    return energy;
}

void SlabStencil::divergence(const StressPlane& before, const StressPlane& behind, std::size_t y,
                             const std::array<double*, 3>& q) {
    const std::size_t n = columns_, below = y > 0 ? y - 1 : rows_ - 1;
    // Stresses that act along x, y and z on displacement c; entry 0 of the scratch rows is voxel −1.
    constexpr std::size_t acting[3][3] = {{0, 5, 4}, {5, 1, 3}, {4, 3, 2}};
    double *const sum = sums_.data(), *const along_y = sum + n + 1, *const along_z = along_y + n + 1;
    for (std::size_t c = 0; c < 3; ++c) {
        const auto rows = [&](std::size_t component) {
            return std::array<const double*, 4>{before.row(below, component), before.row(y, component),
                                                behind.row(below, component), behind.row(y, component)};
        };
        const auto a = rows(acting[c][0]), b = rows(acting[c][1]), d = rows(acting[c][2]);
        for (std::size_t x = 0; x < n; ++x) {
            sum[x + 1] = (a[0][x] + a[1][x]) + (a[2][x] + a[3][x]);
            along_y[x + 1] = (b[0][x] - b[1][x]) + (b[2][x] - b[3][x]);
            along_z[x + 1] = (d[0][x] - d[2][x]) + (d[1][x] - d[3][x]);
        }
        for (double* row : {sum, along_y, along_z}) row[0] = row[n];
        for (std::size_t x = 0; x < n; ++x)
            q[c][x] = ((sum[x] - sum[x + 1]) + (along_y[x] + along_y[x + 1]) + (along_z[x] + along_z[x + 1])) / 4;
    }
}

}  // namespace protolith::elastic
