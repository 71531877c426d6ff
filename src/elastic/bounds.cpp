#include "elastic/bounds.hpp"

#include <algorithm>

namespace protolith::elastic {
namespace {

/// ⟨(value + shift)⁻¹⟩⁻¹ − shift; increases from the harmonic to the arithmetic mean with the shift.
double shifted_harmonic_mean(double zero, double one, double fraction_of_one, double shift) {
    return 1 / ((1 - fraction_of_one) / (zero + shift) + fraction_of_one / (one + shift)) - shift;
}

using Bulk = double (Moduli::*)() const noexcept;

ModuliBounds harmonic_and_arithmetic(const Medium& medium, double fraction_of_one, Bulk bulk) {
    const Moduli mean = medium.at(fraction_of_one);
    const auto harmonic = [&](double zero, double one) { return shifted_harmonic_mean(zero, one, fraction_of_one, 0); };
    return {{harmonic((medium.zero.*bulk)(), (medium.one.*bulk)()), harmonic(medium.zero.mu, medium.one.mu)},
            {(mean.*bulk)(), mean.mu}};
}

/// Means shifted by what `bulk_shift` and `shear_shift` make of the smallest and of the largest moduli.
template <class BulkShift, class ShearShift>
ModuliBounds shifted(const Medium& medium, double fraction_of_one, Bulk bulk, BulkShift bulk_shift,
                     ShearShift shear_shift) {
    const double zero = (medium.zero.*bulk)(), one = (medium.one.*bulk)();
    const auto with = [&](double k, double mu) {
        return IsotropicModuli{
            shifted_harmonic_mean(zero, one, fraction_of_one, bulk_shift(mu)),
            shifted_harmonic_mean(medium.zero.mu, medium.one.mu, fraction_of_one, shear_shift(k, mu))};
    };
    return {with(std::min(zero, one), std::min(medium.zero.mu, medium.one.mu)),
            with(std::max(zero, one), std::max(medium.zero.mu, medium.one.mu))};
}

}  // namespace

ModuliBounds voigt_reuss(const Medium& medium, double fraction_of_one) {
    return harmonic_and_arithmetic(medium, fraction_of_one, &Moduli::bulk_2d);
}

ModuliBounds hashin_shtrikman(const Medium& medium, double fraction_of_one) {
    return shifted(
        medium, fraction_of_one, &Moduli::bulk_2d, [](double mu) { return mu; },
        [](double k, double mu) { return k * mu / (k + 2 * mu); });
}

ModuliBounds volume_voigt_reuss(const Medium& medium, double fraction_of_one) {
    return harmonic_and_arithmetic(medium, fraction_of_one, &Moduli::bulk_3d);
}

ModuliBounds volume_hashin_shtrikman(const Medium& medium, double fraction_of_one) {
    return shifted(
        medium, fraction_of_one, &Moduli::bulk_3d, [](double mu) { return 4 * mu / 3; },
        [](double k, double mu) { return mu / 6 * (9 * k + 8 * mu) / (k + 2 * mu); });
}

}  // namespace protolith::elastic
