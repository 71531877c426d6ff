// Figures of one inversion.
#pragma once

#include "inversion.hpp"
#include "report/figure.hpp"
#include "report/montage.hpp"

namespace protolith::jobs {

/// Target, image of the latents' mean and mode, the pixels' mean, mode and deviation.
report::Montage estimates(const Inversion& inversion, const Extent& extent, const std::string& suffix);
/// Ten samples of the posterior.
report::Montage sample_sheet(const Inversion& inversion, const Extent& extent, const std::string& suffix);
/// The best modes that climbs have reached.
report::Montage mode_sheet(const Inversion& inversion, const Extent& extent, const std::string& suffix);
/// Data beside those of the likeliest image.
report::Montage data_fit(const Inversion& inversion, const std::string& suffix);
/// Log-posterior of each ladder.
report::Figure traces(const Inversion& inversion, const std::string& suffix);
report::Figure autocorrelations(const Inversion& inversion, const std::string& suffix);
/// Histograms of the latents that the data constrain most, beside the prior.
report::PanelFigure marginals(const Inversion& inversion, const std::string& suffix);
/// Two latents at a time.
report::Montage pair_marginals(const Inversion& inversion, const std::string& suffix);
report::Figure spectra(const Inversion& inversion, const std::string& suffix);

}  // namespace protolith::jobs
