// A lower triangular matrix, laid out for products with vectors: rows in groups of eight, each group column by column.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace protolith::sampling {

class LowerTriangle {
  public:
    LowerTriangle() = default;
    /// From the lower triangle by columns, rows (rows + 1)/2 numbers.
    LowerTriangle(std::size_t rows, std::span<const double> columns);

    std::size_t rows() const noexcept { return rows_; }
    /// y += scale · A x.
    void multiply_add(double scale, const double* x, double* y) const noexcept;
    /// |A x|².
    double square_norm(const double* x) const noexcept;
    /// What it was made from.
    std::vector<double> columns() const;

  private:
    std::size_t rows_ = 0;
    std::vector<double> groups_;  // of eight rows: (columns up to the group's last row, 8), zero above the diagonal
};

}  // namespace protolith::sampling
