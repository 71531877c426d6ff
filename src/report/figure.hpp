// What a figure of curves consists of, and the one call that writes it: NAME.csv, NAME.gp, NAME.svg, NAME.png.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace protolith::report {

/// How a curve is drawn. Histogram: x are bin centres, y densities or counts.
enum class Style { lines, points, histogram };

/// One curve y(x) with an optional band low…high about it (an uncertainty; may be empty). NaN is "undefined": a gap,
/// never a zero. A label may be empty if the figure has one curve.
struct Curve {
    std::string label;
    std::vector<double> x, y;
    std::vector<double> low = {}, high = {};
    std::optional<Style> style = {};  ///< the figure's style if not given
};

/// A thin line across the axes with a short name, such as "φ²" or "tolerance".
struct Guide {
    enum class Direction { horizontal, vertical } direction = Direction::horizontal;
    double at = 0;
    std::string label = {};
};

/// Curves in one axes. Texts are plain UTF-8 shown as they stand; axis labels carry their units, "distance r (px)".
struct Figure {
    std::string name;  ///< file stem: letters, digits, '-', '_', '.'
    std::string title;
    std::string x_label, y_label;
    std::vector<Curve> curves;
    bool log_x = false, log_y = false;
    std::string caption = {};
    std::optional<std::pair<double, double>> x_range = {}, y_range = {};  ///< chosen from the data if not given
    Style style = Style::lines;
    std::vector<Guide> guides = {};
    std::vector<std::string> x_names = {};  ///< what stands at x = 1, 2, … instead of numbers; x_range must be given
};

/// Several axes in one picture, lettered (a), (b), … in reading order. Each panel's name is a part of its CSV's name:
/// NAME_PANEL.csv.
struct PanelFigure {
    std::string name;
    std::string title;
    std::vector<Figure> panels;
    std::string caption = {};
    std::size_t columns = 0;  ///< 0: chosen from the number of panels
};

/// Throws Error if a figure contradicts itself: a bad name, lengths of x, y, low and high that differ, an empty range.
void validate(const Figure& figure);
void validate(const PanelFigure& figure);

/// Writes `directory`/NAME.csv (NAME_PANEL.csv) and NAME.gp; a picture left there by an earlier run is removed, so that
/// it cannot disagree with the data. Returns the script's file name: collect those of a run and
/// draw them all with one `draw(directory, scripts)` (gnuplot.hpp). Throws Error if a file cannot be
/// written.
std::string write_sources(const std::filesystem::path& directory, const Figure& figure);
std::string write_sources(const std::filesystem::path& directory, const PanelFigure& figure);

/// `write_sources`, then NAME.svg and NAME.png by gnuplot. Returns an empty string, or a sentence for the log if the
/// pictures could not be made (gnuplot absent or failed): the CSV and the script are there all the same.
std::string write_figure(const std::filesystem::path& directory, const Figure& figure);
std::string write_figure(const std::filesystem::path& directory, const PanelFigure& figure);

}  // namespace protolith::report
