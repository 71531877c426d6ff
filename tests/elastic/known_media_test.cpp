// Effective stiffness against what is known exactly: layers, checkerboard, equal shear moduli, shifted compliances,
// bounds.
#include "cases.hpp"

#include <complex>
#include <numbers>

#include <gtest/gtest.h>

namespace protolith::elastic {
namespace {

constexpr double pi = std::numbers::pi;

/// F of a profile given at the centres of `profile.size()` cells, at the centres of `points` cells: the defining sum.
std::vector<double> filtered(const std::vector<double>& profile, const LowPass& filter, std::size_t points) {
    const auto n = static_cast<std::ptrdiff_t>(profile.size());
    std::vector<double> result(points);
    for (std::size_t j = 0; j < points; ++j) {
        long double sum = 0;
        for (std::ptrdiff_t k = -(n - 1) / 2; k <= (n - 1) / 2; ++k) {
            const double weight = filter.weight(std::abs(static_cast<double>(k)));
            if (weight == 0) continue;
            for (std::ptrdiff_t i = 0; i < n; ++i) {
                const long double phase = 2 * std::numbers::pi_v<long double> * static_cast<long double>(k) *
                                          ((static_cast<long double>(j) + 0.5L) / static_cast<long double>(points) -
                                           (static_cast<long double>(i) + 0.5L) / static_cast<long double>(n));
                sum += weight * profile[i] * std::cos(phase) / static_cast<long double>(n);
            }
        }
        result[j] = static_cast<double>(sum);
    }
    return result;
}

/// Backus (1962, JGR 67, 4427), with the filter in place of the mean: layers normal to axis 2.
struct FilteredLayers {
    std::vector<double> c11, c22, c12, c33;

    FilteredLayers(const std::vector<double>& grey, const HomogeniserSettings& settings, std::size_t points) {
        std::vector<double> slowness, ratio, stiffness, compliance;
        for (const double g : grey) {
            const Moduli m = settings.medium.at(g);
            slowness.push_back(1 / m.p_wave());
            ratio.push_back(m.lambda / m.p_wave());
            stiffness.push_back(m.p_wave() - m.lambda * m.lambda / m.p_wave());
            compliance.push_back(1 / m.mu);
        }
        const auto f = [&](const std::vector<double>& profile) { return filtered(profile, settings.filter, points); };
        const auto s = f(slowness), r = f(ratio), p = f(stiffness), q = f(compliance);
        for (std::size_t j = 0; j < points; ++j) {
            c11.push_back(p[j] + r[j] * r[j] / s[j]);
            c22.push_back(1 / s[j]);
            c12.push_back(r[j] / s[j]);
            c33.push_back(2 / q[j]);
        }
    }
};

void expect_layers(std::size_t side, double wavelength, FilterShape shape, double tolerance) {
    HomogeniserSettings settings = converged(side, wavelength, 1e-15);
    settings.filter.shape = shape;
    settings.grid = {16, 3};
    const auto profile = noise<double>(side, 1, true);
    std::vector<double> image(side * side), turned(side * side);
    for (std::size_t i = 0; i < side * side; ++i) {
        image[i] = profile[i / side];
        turned[i] = profile[i % side];
    }
    const FilteredLayers exact(profile, settings, 16);
    const auto found = tensors_of(settings, image);
    settings.grid = {3, 16};
    const auto across = tensors_of(settings, turned);
    const auto expect = [&](double value, double known, double magnitude, const char* what) {
        EXPECT_NEAR(value, known, tolerance * magnitude) << what << " side " << side;
    };
    for (std::size_t j = 0; j < 48; ++j) {
        const std::size_t y = j / 3, x = j % 16;
        expect(found[j], exact.c11[y], exact.c11[y], "C11");
        expect(found[48 + j], exact.c22[y], exact.c22[y], "C22");
        expect(found[96 + j], exact.c12[y], exact.c12[y], "C12");
        expect(found[144 + j], exact.c33[y], exact.c33[y], "C33");
        expect(found[192 + j], 0, exact.c11[y], "C13");
        expect(found[240 + j], 0, exact.c11[y], "C23");
        expect(across[48 + j], exact.c11[x], exact.c11[x], "C22 of layers normal to x");
        expect(across[j], exact.c22[x], exact.c22[x], "C11 of layers normal to x");
        expect(across[144 + j], exact.c33[x], exact.c33[x], "C33 of layers normal to x");
    }
}

TEST(Layers, AreFilteredBackusAverages) {
    expect_layers(128, 0.2, FilterShape::cosine, 5e-15);
    expect_layers(128, 0.05, FilterShape::cosine, 5e-15);
    expect_layers(64, 0.2, FilterShape::gaussian, 5e-15);
}

TEST(Layers, AreTheSameWhereFftwTransforms) {
    expect_layers(96, 0.2, FilterShape::cosine, 1e-14);
    expect_layers(45, 0.3, FilterShape::cosine, 1e-14);
}

TEST(Layers, HalfAndHalfGiveThePublishedTensor) {
    std::vector<double> image(64 * 64);
    for (std::size_t i = 0; i < image.size(); ++i) image[i] = i / 64 < 32 ? 1 : 0;
    const auto c = tensors_of(converged(64, 1), image);
    ASSERT_EQ(c.size(), tensor_components * 4);
    EXPECT_NEAR(c[0], 137.626, 5e-4);
    EXPECT_NEAR(c[4], 133.006, 5e-4);
    EXPECT_NEAR(c[8], 50.903, 5e-4);
    EXPECT_NEAR(c[12], 82.102, 5e-4);
    EXPECT_NEAR(anisotropy(c.data(), 4), 0.96643, 5e-6);
    for (std::size_t component = 0; component < tensor_components; ++component)
        for (std::size_t j = 1; j < 4; ++j)
            EXPECT_NEAR(c[4 * component + j], c[4 * component], 1e-12) << "λ0 = L leaves one tensor";
}

TEST(Uniform, IsReturnedUnchanged) {
    for (const double grey : {0.0, 0.3, 1.0}) {
        const auto settings = converged(32, 0.2);
        const Moduli m = settings.medium.at(grey);
        const auto c = tensors_of(settings, std::vector<double>(32 * 32, grey));
        const std::array<double, tensor_components> known{m.p_wave(), m.p_wave(), m.lambda, 2 * m.mu, 0, 0};
        const std::size_t points = c.size() / tensor_components;
        for (std::size_t i = 0; i < c.size(); ++i) EXPECT_NEAR(c[i], known[i / points], 1e-12);
    }
}

// Dykhne (1970) for the plane elastic problem: two phases of the same bulk modulus, arranged alike.
TEST(Checkerboard, OfEqualBulkModulusHasTheGeometricMeanOfYoungsModuli) {
    for (const std::size_t side : {8, 16, 24, 64, 128}) {
        HomogeniserSettings settings = converged(side, 1);
        settings.medium = {from_bulk(80, 30), from_bulk(80, 60)};
        const Matrix c = matrix_of(tensors_of(settings, checkerboard(side)));
        EXPECT_NEAR((c[0][0] + c[0][1]) / 2, 80, 80 * 1e-10) << side;
        const Matrix s = inverse_of(c);
        const double e0 = 1 / s[0][0], e45 = 1 / along(s, {0.5, 0.5, std::numbers::sqrt2 / 2});
        const double mean = std::sqrt(young(settings.medium.zero) * young(settings.medium.one));
        EXPECT_NEAR(std::sqrt(e0 * e45) / mean, 1, 5e-6) << side;
    }
}

void expect_hill(std::size_t side, const std::vector<double>& image, double tolerance) {
    HomogeniserSettings settings = converged(side, 1);
    settings.medium = {from_bulk(60, 40), from_bulk(140, 40)};
    double mean = 0;
    for (const double g : image) mean += 1 / settings.medium.at(g).p_wave() / static_cast<double>(image.size());
    const auto c = tensors_of(settings, image);
    EXPECT_NEAR(c[0] * mean, 1, tolerance);
    EXPECT_NEAR(c[4] * mean, 1, tolerance);
    EXPECT_NEAR(c[12] / 80, 1, tolerance);
}

// Hill (1963, J. Mech. Phys. Solids 11, 357); here one load case has no residual. An even grid has one wave, the
// hourglass, that displacements cannot answer; noise of single pixels shows it.
TEST(EqualShearModulus, GivesHillsBulkModulusWhateverTheStructure) {
    expect_hill(63, noise<double>(63 * 63, 3, true), 1e-12);
    expect_hill(63, noise<double>(63 * 63, 3, false), 1e-12);
    expect_hill(128, marble_cake_image<double>(128, 3), 1e-6);
    expect_hill(64, noise<double>(64 * 64, 3, true), 2e-5);
}

// Cherkaev, Lurie & Milton (1992, Proc. R. Soc. A 438, 519): 1/K + t and 1/μ − t shift the effective compliance
// likewise.
TEST(CompliancesShiftedAlike, ShiftTheEffectiveCompliance) {
    const double t = 0.002;
    HomogeniserSettings settings = converged(64, 1), shifted = settings;
    settings.medium = {from_bulk(70, 30), from_bulk(120, 55)};
    const auto shift = [&](const Moduli& m) { return from_bulk(1 / (1 / m.bulk_2d() + t), 1 / (1 / m.mu - t)); };
    shifted.medium = {shift(settings.medium.zero), shift(settings.medium.one)};
    const auto image = marble_cake_image<double>(64, 2);
    const Matrix before = inverse_of(matrix_of(tensors_of(settings, image)));
    const Matrix after = inverse_of(matrix_of(tensors_of(shifted, image)));
    // S = P_bulk / 2K + P_shear / 2μ, P_bulk = ½ (1, 1, 0)ᵀ(1, 1, 0)
    const Matrix change{{{0, t / 2, 0}, {t / 2, 0, 0}, {0, 0, -t / 2}}};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j)
            EXPECT_NEAR(after[i][j] - before[i][j], change[i][j], 5e-7 * before[0][0]) << i << j;
}

TEST(Bounds, HoldForNoiseAndCheckerboard) {
    HomogeniserSettings settings = converged(64, 1, 1e-10);
    settings.medium = {from_bulk(60, 20), from_bulk(150, 80)};
    for (const auto& image : {noise<double>(64 * 64, 4, true), checkerboard(64)}) {
        double fraction = 0;
        for (const double g : image) fraction += g / static_cast<double>(image.size());
        const Matrix c = matrix_of(tensors_of(settings, image));
        const double bulk = (c[0][0] + c[1][1] + 2 * c[0][1]) / 4;
        const double shear = ((c[0][0] + c[1][1] - 2 * c[0][1]) / 4 + c[2][2] / 2) / 2;
        const auto wide = voigt_reuss(settings.medium, fraction), narrow = hashin_shtrikman(settings.medium, fraction);
        EXPECT_LT(wide.lower.bulk, narrow.lower.bulk);
        EXPECT_LT(wide.lower.shear, narrow.lower.shear);
        EXPECT_LT(narrow.upper.bulk, wide.upper.bulk);
        EXPECT_LT(narrow.upper.shear, wide.upper.shear);
        EXPECT_GT(bulk, narrow.lower.bulk);
        EXPECT_LT(bulk, narrow.upper.bulk);
        EXPECT_GT(shear, narrow.lower.shear);
        EXPECT_LT(shear, narrow.upper.shear);
    }
}

TEST(Bounds, CloseForOnePhaseAndMeetHillForEqualShear) {
    const Medium medium{from_bulk(60, 20), from_bulk(150, 80)};
    EXPECT_DOUBLE_EQ(hashin_shtrikman(medium, 1).lower.shear, 80);
    EXPECT_DOUBLE_EQ(hashin_shtrikman(medium, 0).upper.bulk, 60);
    const auto equal = hashin_shtrikman({from_bulk(60, 40), from_bulk(140, 40)}, 0.3);
    EXPECT_DOUBLE_EQ(equal.lower.bulk, equal.upper.bulk);
    EXPECT_NEAR(1 / (equal.lower.bulk + 40), 0.7 / 100 + 0.3 / 180, 1e-15);
}

/// Shear moduli that are equal: Hill 1963, K = ⟨(K + 4μ/3)⁻¹⟩⁻¹ − 4μ/3. Rigid grains of a share c in a dilute mixture
/// that cannot be compressed: μ (1 + 5c/2) (Einstein 1906).
TEST(VolumeBounds, MeetHillAndEinstein) {
    const auto moduli = [](double bulk, double shear) { return Moduli{bulk - 2 * shear / 3, shear}; };
    const auto equal = volume_hashin_shtrikman({moduli(60, 30), moduli(140, 30)}, 0.3);
    EXPECT_DOUBLE_EQ(equal.lower.bulk, equal.upper.bulk);
    EXPECT_NEAR(1 / (equal.lower.bulk + 40), 0.7 / 100 + 0.3 / 180, 1e-15);
    const auto dilute = volume_hashin_shtrikman({moduli(1e9, 1), moduli(1e15, 1e12)}, 1e-4);
    EXPECT_NEAR(dilute.lower.shear, 1 + 2.5e-4, 1e-7);
    const Medium medium = marble_cake_medium();
    const auto wide = volume_voigt_reuss(medium, 0.4), narrow = volume_hashin_shtrikman(medium, 0.4);
    EXPECT_LT(wide.lower.bulk, narrow.lower.bulk);
    EXPECT_LT(narrow.lower.bulk, narrow.upper.bulk);
    EXPECT_LT(narrow.upper.bulk, wide.upper.bulk);
    EXPECT_LT(wide.lower.shear, narrow.lower.shear);
    EXPECT_LT(narrow.upper.shear, wide.upper.shear);
    EXPECT_DOUBLE_EQ(wide.upper.shear, 0.6 * medium.zero.mu + 0.4 * medium.one.mu);
}

TEST(MarbleCakeMedium, HasTheSpecifiedModuli) {
    const Medium medium = marble_cake_medium();
    EXPECT_NEAR(medium.one.mu, 3 * 4.13 * 4.13, 1e-12);
    EXPECT_NEAR(medium.zero.lambda, 3 * 3.38 * 3.38 * (1.8 * 1.8 - 2), 1e-12);
}

}  // namespace
}  // namespace protolith::elastic
