// gnuplot scripts of curve figures: short, commented, made to be edited by the person who publishes the figure.
#pragma once

#include "report/figure.hpp"

#include <string>

namespace protolith::report {

/// Script that reads NAME.csv and makes NAME.svg and NAME.png when run in its folder.
std::string curve_script(const Figure& figure);

/// The same for several axes; panel k reads NAME_PANEL.csv.
std::string panel_script(const PanelFigure& figure);

/// Name of the CSV of one panel.
std::string panel_csv_name(const PanelFigure& figure, const Figure& panel);

}  // namespace protolith::report
