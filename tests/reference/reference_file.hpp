// PyTorch's values as tensors in Protolith's layout, and comparison with them (README.md of this folder).
#pragma once

#include "convolution/convolution.hpp"
#include "io/hdf5/file_reader.hpp"
#include "tensor/tensor.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::reference {

/// Axis 1 goes last: (N, C, H, W) → (N, H, W, C), (K, C, kh, kw) → (K, kh, kw, C). Fewer than three axes stay.
inline std::vector<double> channels_last(const std::vector<double>& values, std::vector<std::int64_t>& extents) {
    if (extents.size() < 3) return values;
    const std::int64_t outer = extents[0], channels = extents[1];
    const std::int64_t inner = std::int64_t(values.size()) / std::max<std::int64_t>(outer * channels, 1);
    std::vector<double> result(values.size());
    for (std::int64_t n = 0; n < outer; ++n)
        for (std::int64_t c = 0; c < channels; ++c)
            for (std::int64_t i = 0; i < inner; ++i)
                result[(n * inner + i) * channels + c] = values[(n * channels + c) * inner + i];
    std::rotate(extents.begin() + 1, extents.begin() + 2, extents.end());
    return result;
}

/// Whether this processor computes with activations of `type`: bfloat16 needs instructions of its own.
inline bool computes_in(Queue& queue, DataType type) {
    bool has = type != DataType::bfloat16;
    if (!has) PROTOLITH_LAUNCH(queue, bfloat16_hardware(queue, has));
    return has;
}

class ReferenceFile {
  public:
    /// A file of tests/reference. The queue must outlive the tensors.
    ReferenceFile(Queue& queue, const std::string& name)
        : queue_(queue), reader_(std::string(PROTOLITH_SOURCE_DIR) + "/tests/reference/" + name) {}

    const io::FileReader& reader() const noexcept { return reader_; }
    bool contains(const std::string& name) const { return reader_.contains(name); }
    Tensor tensor(const std::string& name, DataType type = DataType::float64) const {
        const auto stored = reader_.info(name).shape;
        std::vector<std::int64_t> extents(stored.begin(), stored.end());
        const auto values = channels_last(reader_.read<double>(name), extents);
        return Tensor::from(queue_, Shape(extents), type, values);
    }
    double number(const std::string& name) const { return reader_.read<double>(name).at(0); }
    /// Names that begin with `prefix`, without it, in the order of the file.
    std::vector<std::string> names(const std::string& prefix) const {
        std::vector<std::string> result;
        for (const auto& name : reader_.datasets())
            if (name.starts_with(prefix)) result.push_back(name.substr(prefix.size()));
        return result;
    }

    /// Every element within `tolerance` times the largest entry of what PyTorch found.
    void expect_equal(const Tensor& found, const std::string& name, double tolerance = 1e-11) const {
        const Tensor expected = tensor(name);
        ASSERT_EQ(found.elements(), expected.elements()) << name << " " << found.shape().text();
        const auto mine = found.to_doubles(), theirs = expected.to_doubles();
        double largest = 0, worst = 0;
        for (std::size_t i = 0; i < mine.size(); ++i) {
            largest = std::max(largest, std::abs(theirs[i]));
            const double difference = std::abs(mine[i] - theirs[i]);
            worst = std::isnan(difference) ? INFINITY : std::max(worst, difference);
        }
        EXPECT_LE(worst, tolerance * (largest > 0 ? largest : 1)) << name << ", largest entry " << largest;
    }

  private:
    Queue& queue_;
    io::FileReader reader_;
};

}  // namespace protolith::reference
