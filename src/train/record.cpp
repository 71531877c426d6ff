#include "train/record.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace protolith::train {

Record::Record(std::string name, std::vector<std::string> columns)
    : name_(std::move(name)), columns_(std::move(columns)) {}

void Record::add(std::uint64_t step, const std::vector<double>& values) {
    require(values.size() == columns_.size(), "record '{}': {} values for {} columns", name_, values.size(),
            columns_.size());
    steps_.push_back(static_cast<double>(step));
    values_.insert(values_.end(), values.begin(), values.end());
}

std::vector<double> Record::column(std::size_t which) const {
    require(which < columns_.size(), "record '{}' has no column {}", name_, which);
    std::vector<double> values;
    for (std::size_t row = 0; row < rows(); ++row) values.push_back(values_[row * columns_.size() + which]);
    return values;
}

double Record::last(std::size_t which) const {
    require(which < columns_.size(), "record '{}' has no column {}", name_, which);
    return rows() == 0 ? std::numeric_limits<double>::quiet_NaN() : values_[(rows() - 1) * columns_.size() + which];
}

void Record::save(io::CheckpointWriter& writer) const {
    writer.replicated(name_ + "_steps", steps_);
    writer.replicated(name_ + "_values", values_);
}

void Record::load(const io::Checkpoint& checkpoint) {
    steps_ = checkpoint.replicated<double>(name_ + "_steps");
    values_ = checkpoint.replicated<double>(name_ + "_values");
    require_input(values_.size() == steps_.size() * columns_.size(), "{}: record '{}' has {} values for {} rows of {}",
                  checkpoint.path().string(), name_, values_.size(), steps_.size(), columns_.size());
}

report::Curve curve_of(const Record& record, std::size_t column, std::size_t window) {
    report::Curve curve{record.columns().at(column), {}, {}};
    const auto values = record.column(column);
    for (std::size_t first = 0; first < values.size(); first += window) {
        const std::size_t last = std::min(first + window, values.size());
        const auto mean = [&](const std::vector<double>& of) {
            return std::accumulate(of.begin() + static_cast<std::ptrdiff_t>(first),
                                   of.begin() + static_cast<std::ptrdiff_t>(last), 0.0) /
                   static_cast<double>(last - first);
        };
        curve.x.push_back(mean(record.steps()));
        curve.y.push_back(mean(values));
    }
    return curve;
}

}  // namespace protolith::train
