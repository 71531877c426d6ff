// Power spectra integrated over directions, E(k) = 2πk P(k), and the line ∝ 1/k that stirred mixtures follow.
#pragma once

#include "base/communicator.hpp"
#include "report/figure.hpp"
#include "volume/volume.hpp"

#include <vector>

namespace protolith::jobs {

struct ShellSpectrum {
    std::vector<double> wavenumber;  ///< cycles per pixel, above 0 and up to ½, beyond which the square cuts shells off
    std::vector<double> energy;      ///< E(k), pixel

    /// n of the best E ∝ kⁿ, a straight line through the logarithms.
    double exponent() const;
};

/// From the mean power P over rings of wave numbers.
ShellSpectrum shell_spectrum(const std::vector<double>& wavenumber, const std::vector<double>& power);
/// Mean over the images of all ranks, each without its mean. Collective; every rank knows the extent.
ShellSpectrum mean_shell_spectrum(const Communicator& comm, const std::vector<PhaseVolume>& mine, const Extent& extent);

/// The spectra and, through the first one at an eighth of its range, a line ∝ 1/k.
report::Figure shell_spectrum_figure(const std::vector<std::pair<std::string, ShellSpectrum>>& spectra);

}  // namespace protolith::jobs
