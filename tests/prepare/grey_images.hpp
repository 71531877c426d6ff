// Grey images for the tests of preparation, and a source that hands out one from memory.
#pragma once

#include "base/random.hpp"
#include "io/image/source.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace protolith::prepare::test {

/// Two noisy grey levels in patches: whole numbers from 0 to `maximum`.
inline GreyVolume patches(std::size_t rows, std::size_t columns, float maximum, std::uint32_t item = 0) {
    RandomStream random(7, RandomPurpose::test, item);
    GreyVolume grey({1, rows, columns});
    for (std::size_t y = 0; y < rows; ++y)
        for (std::size_t x = 0; x < columns; ++x) {
            const double level = (x / 5 + y / 4) % 3 == 0 ? 0.7 : 0.3;
            const double value = (level + 0.08 * random.normal()) * static_cast<double>(maximum);
            grey(y, x) = std::clamp(static_cast<float>(std::floor(value)), 0.0f, maximum);
        }
    return grey;
}

template <class T>
Volume<T> as(const GreyVolume& grey) {
    Volume<T> volume(grey.extent());
    std::transform(grey.begin(), grey.end(), volume.begin(), [](float v) { return static_cast<T>(v); });
    return volume;
}

/// Counts the rows that are asked for, so that a test sees what a pass over the image costs.
class MemorySource final : public io::ImageSource {
  public:
    MemorySource(GreyVolume grey, io::Sample sample)
        : ImageSource({"in memory", grey.extent(), sample, sample == io::Sample::float32 ? 1.0 : 255.0, {}}),
          grey_(std::move(grey)) {}
    std::size_t held_bytes() const noexcept override { return 0; }
    std::size_t rows_read = 0;

  private:
    void read_samples(const Block& block, std::byte* out) override {
        rows_read += block.extent.y;
        for (std::size_t y = 0; y < block.extent.y; ++y)
            for (std::size_t x = 0; x < block.extent.x; ++x) {
                const float value = grey_(block.offset.y + y, block.offset.x + x);
                const std::size_t at = y * block.extent.x + x;
                if (sample() == io::Sample::uint8)
                    out[at] = static_cast<std::byte>(value);
                else
                    std::memcpy(out + at * sizeof value, &value, sizeof value);
            }
    }
    GreyVolume grey_;
};

/// The bilateral filter as its equation stands, in double precision.
inline GreyVolume plain_bilateral(const GreyVolume& grey, double sigma_space, double sigma_range, int radius) {
    const auto rows = static_cast<int>(grey.extent().y), columns = static_cast<int>(grey.extent().x);
    GreyVolume out(grey.extent());
    const auto at = [&](int y, int x) {
        return static_cast<double>(grey(static_cast<std::size_t>(y), static_cast<std::size_t>(x)));
    };
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < columns; ++x) {
            double sum = 0, weights = 0;
            for (int v = std::max(0, y - radius); v <= std::min(rows - 1, y + radius); ++v)
                for (int u = std::max(0, x - radius); u <= std::min(columns - 1, x + radius); ++u) {
                    const double place = (v - y) * (v - y) + (u - x) * (u - x), apart = at(v, u) - at(y, x);
                    const double w = std::exp(-place / (2 * sigma_space * sigma_space) -
                                              apart * apart / (2 * sigma_range * sigma_range));
                    sum += w * at(v, u);
                    weights += w;
                }
            out(static_cast<std::size_t>(y), static_cast<std::size_t>(x)) = static_cast<float>(sum / weights);
        }
    return out;
}

}  // namespace protolith::prepare::test
