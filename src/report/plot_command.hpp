// The gnuplot `plot` command of one figure: bands first, then curves in order.
#pragma once

#include "report/axis.hpp"
#include "report/curve_csv.hpp"

#include <string>
#include <vector>

namespace protolith::report {

/// Writes the plot elements of a figure whose numbers stand in the file `csv`.
class PlotCommand {
  public:
    /// Keeps references to `figure` and `axes`. `dashed` holds the number of a dash pattern for every curve, 0 for a
    /// solid line.
    PlotCommand(const Figure& figure, const Axes& axes, const std::string& csv, std::vector<int> dashed);

    /// The command, with the labels as legend or without any.
    std::string text(bool with_legend) const;

    /// The legend alone, for a strip shared by panels.
    std::string legend_text() const;

  private:
    Style style(std::size_t i) const { return figure_.curves[i].style.value_or(figure_.style); }
    bool has_band(std::size_t i) const;
    std::string data(std::size_t i, const std::string& columns) const;
    std::string band(std::size_t i) const;
    std::string error_bars(std::size_t i) const;
    std::string look(std::size_t i) const;
    std::string curve(std::size_t i, bool with_legend) const;

    const Figure& figure_;
    const Axes& axes_;
    std::string csv_;
    std::vector<CurveColumns> columns_;
    std::vector<int> dashed_;
};

}  // namespace protolith::report
