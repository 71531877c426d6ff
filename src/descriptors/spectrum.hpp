// Power spectrum of an image by FFT, and its radial average.
#pragma once

#include "volume/volume.hpp"

#include <cstdint>
#include <vector>

namespace protolith::descriptors {

/// Spectrum averaged over rings (shells) of equal width in the length k of the wave vector, k in cycles per voxel. A
/// mode of wave numbers (j_z, j_y, j_x) has k = |(j_z/N_z, j_y/N_y, j_x/N_x)|, up to ½ along an axis and √d/2 in the
/// corners. Ring i holds the modes whose k · N rounds to i, N the longest side; a ring that no mode falls into is left
/// out.
struct RadialSpectrum {
    /// Mean k of the ring's modes, cycles per voxel.
    std::vector<double> wavenumber;
    /// Mean power of the ring's modes.
    std::vector<double> power;
    /// Modes in the ring, both of each conjugate pair.
    std::vector<std::uint64_t> modes;
};

enum class Mean { keep, remove };

/// |F(k)|² / N² of every mode of the half spectrum, (z, y, x/2 + 1), F the sum of f(r) exp(−2πi k·r) over the N voxels.
/// Parseval: the sum over all modes, those of the missing half too, is the mean of f². InputError for an empty image.
template <class T>
Volume<double> power_spectrum(const Volume<T>& image, Mean mean);

/// Its radial average: Σ modes · power = mean of f² (Mean::remove: the variance of f; for a phase φ(1 − φ)).
template <class T>
RadialSpectrum radial_spectrum(const Volume<T>& image, Mean mean);

extern template Volume<double> power_spectrum(const PhaseVolume&, Mean);
extern template Volume<double> power_spectrum(const GreyVolume&, Mean);
extern template RadialSpectrum radial_spectrum(const PhaseVolume&, Mean);
extern template RadialSpectrum radial_spectrum(const GreyVolume&, Mean);

}  // namespace protolith::descriptors
