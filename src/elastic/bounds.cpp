#include "elastic/bounds.hpp"

#include <algorithm>

namespace protolith::elastic {
namespace {

/// ⟨(value + shift)⁻¹⟩⁻¹ − shift; increases from the harmonic to the arithmetic mean with the shift.
double shifted_harmonic_mean(double zero, double one, double fraction_of_one, double shift) {
    return 1 / ((1 - fraction_of_one) / (zero + shift) + fraction_of_one / (one + shift)) - shift;
}

}  // namespace

ModuliBounds voigt_reuss(const Medium& medium, double fraction_of_one) {
    const Moduli mean = medium.at(fraction_of_one);
    const auto harmonic = [&](double zero, double one) { return shifted_harmonic_mean(zero, one, fraction_of_one, 0); };
    return {{harmonic(medium.zero.bulk_2d(), medium.one.bulk_2d()), harmonic(medium.zero.mu, medium.one.mu)},
            {mean.bulk_2d(), mean.mu}};
}

ModuliBounds hashin_shtrikman(const Medium& medium, double fraction_of_one) {
    const Moduli &zero = medium.zero, &one = medium.one;
    const auto with = [&](double bulk, double shear) {
        const double zeta = bulk * shear / (bulk + 2 * shear);
        return IsotropicModuli{shifted_harmonic_mean(zero.bulk_2d(), one.bulk_2d(), fraction_of_one, shear),
                               shifted_harmonic_mean(zero.mu, one.mu, fraction_of_one, zeta)};
    };
    return {with(std::min(zero.bulk_2d(), one.bulk_2d()), std::min(zero.mu, one.mu)),
            with(std::max(zero.bulk_2d(), one.bulk_2d()), std::max(zero.mu, one.mu))};
}

}  // namespace protolith::elastic
