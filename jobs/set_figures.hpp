// Figures and tables of measured sets of images: shared by characterise, reconstruct and simulate.
#pragma once

#include "descriptors/suite.hpp"
#include "report/figure.hpp"
#include "report/table.hpp"

namespace protolith::jobs {

using descriptors::SetDescriptors;

/// The functions of distance, one panel each, all sets in one axes with 95 % bands.
report::PanelFigure functions_figure(const std::vector<SetDescriptors>& sets);
/// Their scaled forms Fn.
report::PanelFigure scaled_figure(const std::vector<SetDescriptors>& sets);
/// Chord length, pore size, power spectrum.
report::PanelFigure distributions_figure(const std::vector<SetDescriptors>& sets);

/// MSE(Fn) of every set against the reference, the best of each column marked.
report::Table error_table(const std::vector<SetDescriptors>& sets, std::size_t reference);
/// Which set is nearest the reference in each function, and by how much the next one is farther; needs three sets.
report::Table winner_table(const std::vector<SetDescriptors>& sets, std::size_t reference);
/// The errors against the reference as points, a place on the axis for each function.
report::Figure error_figure(const std::vector<SetDescriptors>& sets, std::size_t reference);
/// MSE(Fn) of every pair of sets.
report::Table pair_table(const std::vector<SetDescriptors>& sets);
/// Mean and standard deviation over images of the single numbers.
report::Table number_table(const std::vector<SetDescriptors>& sets);

}  // namespace protolith::jobs
