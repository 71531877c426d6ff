// Volumes over ranks: layers along every axis against Backus' averages, a drawn-out image against its two-dimensional
// tensor, and the same tensors on every number of ranks.
#include "cases.hpp"
#include "elastic/volume_homogeniser.hpp"

#include <gtest/gtest.h>

namespace protolith::elastic {
namespace {

/// Tensors of the whole grid (21, points) on every rank.
std::vector<double> volume_tensors(const Communicator& comm, const VolumeHomogeniserSettings& settings,
                                   const std::vector<float>& volume) {
    const VolumeHomogeniser homogeniser(comm, settings);
    const Extent &n = settings.volume, grid = homogeniser.settings().grid;
    const std::size_t plane = n.y * n.x, grid_plane = grid.y * grid.x, points = grid.count();
    const ItemRange mine = homogeniser.grid_planes();
    std::vector<double> part(volume_tensor_components * mine.size() * grid_plane),
        whole(volume_tensor_components * points);
    homogeniser.tensors(volume.data() + homogeniser.planes().first * plane, part.data());
    for (std::size_t c = 0; c < volume_tensor_components; ++c)
        for (std::size_t i = 0; i < mine.size() * grid_plane; ++i)
            whole[c * points + mine.first * grid_plane + i] = part[c * mine.size() * grid_plane + i];
    comm.sum_in_place(whole.data(), whole.size());
    return whole;
}

std::size_t component(std::size_t i, std::size_t j) {
    std::size_t at = 0;
    for (std::size_t a = 0; a < 6; ++a)
        for (std::size_t b = a; b < 6; ++b, ++at)
            if ((a == i && b == j) || (a == j && b == i)) return at;
    return at;
}

/// Mean of a function of the moduli.
template <class F>
double mean(const std::vector<float>& profile, const Medium& medium, F&& f) {
    double sum = 0;
    for (const float g : profile) sum += f(medium.at(static_cast<double>(g))) / static_cast<double>(profile.size());
    return sum;
}

TEST(Layers3, AreBackusAveragesAlongEveryAxis) {
    const Communicator comm;
    VolumeHomogeniserSettings settings;
    settings.volume = {12, 12, 12};
    settings.filter.wavelength = 1;
    settings.solver.tolerance = 1e-14;
    settings.grid = {1, 1, 1};
    const auto profile = noise<float>(12, 1);
    const double s = mean(profile, settings.medium, [](const Moduli& m) { return 1 / m.p_wave(); });
    const double r = mean(profile, settings.medium, [](const Moduli& m) { return m.lambda / m.p_wave(); });
    const double p =
        mean(profile, settings.medium, [](const Moduli& m) { return m.p_wave() - m.lambda * m.lambda / m.p_wave(); });
    const double l =
        mean(profile, settings.medium, [](const Moduli& m) { return m.lambda - m.lambda * m.lambda / m.p_wave(); });
    const double q = mean(profile, settings.medium, [](const Moduli& m) { return 1 / m.mu; });
    const double mu = mean(profile, settings.medium, [](const Moduli& m) { return m.mu; });
    for (std::size_t axis = 0; axis < 3; ++axis) {  // normal to x, y, z
        std::vector<float> volume(12 * 12 * 12);
        for (std::size_t i = 0; i < volume.size(); ++i)
            volume[i] = profile[axis == 0 ? i % 12 : axis == 1 ? i / 12 % 12 : i / 144];
        const auto c = volume_tensors(comm, settings, volume);
        const std::size_t a = (axis + 1) % 3, b = (axis + 2) % 3;
        const auto expect = [&](std::size_t i, std::size_t j, double known) {
            EXPECT_NEAR(c[component(i, j)], known, 1e-12 * p) << "axis " << axis << " C" << i + 1 << j + 1;
        };
        expect(axis, axis, 1 / s);
        expect(axis, a, r / s);
        expect(axis, b, r / s);
        expect(a, a, p + r * r / s);
        expect(b, b, p + r * r / s);
        expect(a, b, l + r * r / s);
        expect(3 + axis, 3 + axis, 2 * mu);
        expect(3 + a, 3 + a, 2 / q);
        expect(3 + b, 3 + b, 2 / q);
        expect(0, 3, 0);
        expect(3, 4, 0);
        expect(2, 5, 0);
    }
}

TEST(DrawnOutImages, HaveTheTensorOfPlaneStrainInTheirPlane) {
    const Communicator comm;
    VolumeHomogeniserSettings settings;
    settings.volume = {5, 16, 20};
    settings.filter.wavelength = 0.25;
    settings.solver.tolerance = 1e-14;
    settings.grid = {2, 7, 6};
    const auto image = noise<double>(16 * 20, 2, true);
    std::vector<float> volume(5 * 16 * 20);
    for (std::size_t i = 0; i < volume.size(); ++i) volume[i] = static_cast<float>(image[i % (16 * 20)]);
    const auto c = volume_tensors(comm, settings, volume);
    HomogeniserSettings plane = converged(1, 0.25);
    plane.image = {1, 16, 20};
    plane.grid = {7, 6};
    const auto flat = tensors_of(plane, image);
    const std::size_t kelvin[3] = {0, 1, 5};
    for (std::size_t i = 0; i < tensor_components; ++i) {
        const auto [a, b] = tensor_indices[i];
        for (std::size_t j = 0; j < 84; ++j)
            EXPECT_NEAR(c[component(kelvin[a], kelvin[b]) * 84 + j], flat[i * 42 + j % 42], 1e-10) << i;
    }
}

TEST(Volumes, AreTheSameOnAnyNumberOfRanks) {
    const Communicator comm, self(MPI_COMM_SELF);
    VolumeHomogeniserSettings settings;
    for (const Extent& n : {Extent{9, 8, 12}, Extent{3, 10, 7}}) {  // fewer planes than ranks, too
        settings.volume = n;
        settings.filter.wavelength = 0.4;
        settings.filter.wavelength = std::min(0.4, static_cast<double>(n.z) / static_cast<double>(n.x));
        settings.solver.tolerance = 1e-10;
        const auto volume = noise<float>(n.count(), 3, true);
        const auto together = volume_tensors(comm, settings, volume), alone = volume_tensors(self, settings, volume);
        ASSERT_EQ(together.size(), alone.size());
        for (std::size_t i = 0; i < alone.size(); ++i) EXPECT_NEAR(together[i], alone[i], 1e-11 * 150);
    }
}

TEST(UniformVolumes, AreReturnedUnchanged) {
    const Communicator comm;
    VolumeHomogeniserSettings settings;
    settings.volume = {6, 6, 6};
    settings.filter.wavelength = 0.5;
    const auto c = volume_tensors(comm, settings, std::vector<float>(216, 0.25F));
    const Moduli m = settings.medium.at(0.25);
    const std::size_t points = c.size() / volume_tensor_components;
    EXPECT_EQ(points, 64u);
    for (std::size_t j = 0; j < points; ++j) {
        EXPECT_NEAR(c[component(2, 2) * points + j], m.p_wave(), 1e-12);
        EXPECT_NEAR(c[component(0, 1) * points + j], m.lambda, 1e-12);
        EXPECT_NEAR(c[component(4, 4) * points + j], 2 * m.mu, 1e-12);
        EXPECT_NEAR(c[component(1, 5) * points + j], 0, 1e-12);
    }
}

TEST(VolumeSettings, ThatCannotBeUsedAreRefused) {
    const Communicator comm;
    VolumeHomogeniserSettings settings;
    settings.volume = {1, 8, 8};
    EXPECT_THROW(VolumeHomogeniser(comm, settings), InputError);
    settings.volume = {4, 8, 8};
    settings.filter.wavelength = 0.7;  // above the box's shortest side
    EXPECT_THROW(VolumeHomogeniser(comm, settings), InputError);
    settings.filter.wavelength = 0.1;
    EXPECT_THROW(VolumeHomogeniser(comm, settings), InputError);
    settings.filter.wavelength = 0.25;
    settings.grid = {2, 0, 2};
    EXPECT_THROW(VolumeHomogeniser(comm, settings), InputError);
}

}  // namespace
}  // namespace protolith::elastic
