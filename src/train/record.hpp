// Numbers written down as a training goes on: one row of named columns at a step; learning curves.
#pragma once

#include "io/checkpoint.hpp"
#include "report/figure.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace protolith::train {

class Record {
  public:
    Record(std::string name, std::vector<std::string> columns);

    void add(std::uint64_t step, const std::vector<double>& values);

    const std::string& name() const noexcept { return name_; }
    const std::vector<std::string>& columns() const noexcept { return columns_; }
    std::size_t rows() const noexcept { return steps_.size(); }
    /// Steps of the rows.
    const std::vector<double>& steps() const noexcept { return steps_; }
    std::vector<double> column(std::size_t which) const;
    /// Value of the last row; NaN if there is none.
    double last(std::size_t which) const;

    /// Collective.
    void save(io::CheckpointWriter& writer) const;
    void load(const io::Checkpoint& checkpoint);

  private:
    std::string name_;
    std::vector<std::string> columns_;
    std::vector<double> steps_, values_;
};

/// One column as a curve of means over `window` rows (1: every row), drawn at the window's middle.
report::Curve curve_of(const Record& record, std::size_t column, std::size_t window = 1);

}  // namespace protolith::train
