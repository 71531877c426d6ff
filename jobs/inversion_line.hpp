// How smooth an inversion's ways are: images and misfit along lines across a generator's latents and across the inputs
// of the simulator that it learned from (GJI 2024, doi 10.1093/gji/ggae240, Fig. 16).
#pragma once

#include "io/result_file.hpp"
#include "posed_inversion.hpp"
#include "report/figure.hpp"
#include "report/montage.hpp"
#include "report/table.hpp"

namespace protolith::jobs {

/// InputError if lines are asked for and the target is no cake, or no input of the simulator has a range.
void check_lines(const InvertSettings& keys);

/// Nothing if line.points = 0. Lines across the latents lead through the likeliest that the chains visited, those
/// across the inputs (condition/prior_line.hpp) through the target's own; both are compared with the target's noisy
/// data, in units of the same errors. Ranks share the points: the same on any number of them. Collective.
std::optional<Lines> walk_lines(run::Run& run, const Surroundings& all, const Inversion& inversion);

/// Group `line` of result.h5. Collective.
void write_lines(const Lines& lines, io::ResultFile& file);

/// Misfit and pixel differences along the first direction.
report::PanelFigure line_figure(const Lines& lines, const std::string& suffix);
/// Images along the first direction: the generator's above, the simulator's below.
report::Montage line_strip(const Lines& lines, const Extent& extent, const std::string& suffix);
/// Roughness of the misfit over all directions.
report::Table line_table(const Lines& lines);

}  // namespace protolith::jobs
