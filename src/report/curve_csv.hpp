// The numbers of a figure as CSV: a commented head with labels and units, a line of column names, then full-precision
// values.
#pragma once

#include "report/figure.hpp"

#include <string>
#include <vector>

namespace protolith::report {

/// Where one curve stands in the CSV: columns counted from 1, 0 for a band that is not there.
struct CurveColumns {
    int x, y, low, high;
};

/// Columns of every curve. Curves with the same x share one x column.
std::vector<CurveColumns> curve_columns(const Figure& figure);

/// The CSV text. Values read back to the same double; undefined values are "nan", cells beyond a curve's end are blank.
std::string curve_csv(const Figure& figure);

}  // namespace protolith::report
