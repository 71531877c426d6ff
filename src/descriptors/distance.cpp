#include "descriptors/distance.hpp"

#include "descriptors/distance_passes.hpp"

#include <algorithm>
#include <vector>

namespace protolith::descriptors {
namespace {

/// Lower envelope of the parabolas f(i) + (x − i)² over one line.
class Envelope {
  public:
    explicit Envelope(std::size_t longest) : site_(longest), start_(longest) {}

    /// Replaces f(x) by the minimum over i, for x = 0 … n − 1.
    void transform(std::uint32_t* f, std::size_t n, std::uint32_t* result) {
        build(f, static_cast<std::int64_t>(n));
        if (count_ == 0) {
            std::fill(result, result + n, infinite_distance);
            return;
        }
        std::size_t k = count_ - 1;
        for (std::int64_t x = static_cast<std::int64_t>(n) - 1; x >= 0; --x) {
            const std::int64_t d = x - site_[k];
            result[x] = static_cast<std::uint32_t>(f[site_[k]] + d * d);
            if (x == start_[k] && k > 0) --k;
        }
    }

  private:
    /// Site k is the nearest from start_[k] up to the start of the next.
    void build(const std::uint32_t* f, std::int64_t n) {
        count_ = 0;
        for (std::int64_t q = 0; q < n; ++q) {
            if (f[q] == infinite_distance) continue;
            std::int64_t start = 0;
            while (count_ > 0) {
                // q is nearer than site v from the first integer beyond their crossing on.
                const std::int64_t v = site_[count_ - 1];
                const std::int64_t rise = static_cast<std::int64_t>(f[q]) - f[v] + q * q - v * v;
                start = rise < 0 ? 0 : rise / (2 * (q - v)) + 1;
                if (start > start_[count_ - 1]) break;
                --count_;
                start = 0;
            }
            if (start >= n) continue;
            site_[count_] = q;
            start_[count_++] = start;
        }
    }

    std::vector<std::int64_t> site_, start_;
    std::size_t count_ = 0;
};

}  // namespace

void distances_along_row(const std::uint8_t* row, std::size_t n, bool periodic, std::uint32_t* squared) {
    constexpr std::uint64_t far = std::uint64_t{1} << 32;
    const int rounds = periodic ? 2 : 1;
    std::uint64_t steps = far;
    for (int round = 0; round < rounds; ++round)
        for (std::size_t x = 0; x < n; ++x) {
            steps = row[x] == 0 ? 0 : steps + 1;
            squared[x] = static_cast<std::uint32_t>(std::min<std::uint64_t>(steps, infinite_distance));
        }
    steps = far;
    for (int round = 0; round < rounds; ++round)
        for (std::size_t x = n; x-- > 0;) {
            steps = row[x] == 0 ? 0 : steps + 1;
            squared[x] = static_cast<std::uint32_t>(std::min<std::uint64_t>(steps, squared[x]));
        }
    for (std::size_t x = 0; x < n; ++x)
        if (squared[x] != infinite_distance) squared[x] *= squared[x];
}

void distances_along_axis(std::uint32_t* block, std::size_t n, std::size_t step, bool periodic) {
    // Lines are copied out and in by the cache line.
    constexpr std::size_t together = 16;
    // A periodic line is continued by half its length on both sides: the nearest site is never farther.
    const std::size_t margin = periodic ? n / 2 + 1 : 0, length = n + 2 * margin;
    std::vector<std::uint32_t> lines(together * length), nearest(length);
    Envelope envelope(length);
    for (std::size_t first = 0; first < step; first += together) {
        const std::size_t count = std::min(together, step - first);
        for (std::size_t i = 0; i < length; ++i) {
            const std::uint32_t* from = block + (i + n * 2 - margin) % n * step + first;
            for (std::size_t k = 0; k < count; ++k) lines[k * length + i] = from[k];
        }
        for (std::size_t k = 0; k < count; ++k) {
            envelope.transform(lines.data() + k * length, length, nearest.data());
            std::copy(nearest.begin(), nearest.end(), lines.begin() + static_cast<std::ptrdiff_t>(k * length));
        }
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t k = 0; k < count; ++k) block[i * step + first + k] = lines[k * length + margin + i];
    }
}

void require_distances_defined(const Extent& n, Boundary boundary) {
    require_input(n.count() > 0, "the distances of an empty image ({}) are undefined", to_string(n));
    require_input(boundary != Boundary::companion,
                  "distances are defined for non-periodic and periodic images, not with the companion's zero margin");
    const double diagonal = static_cast<double>(n.z) * static_cast<double>(n.z) +
                            static_cast<double>(n.y) * static_cast<double>(n.y) +
                            static_cast<double>(n.x) * static_cast<double>(n.x);
    require_input(diagonal < static_cast<double>(infinite_distance),
                  "the squared diagonal {:.0f} of {} does not fit in 32 bits ({})", diagonal, to_string(n),
                  infinite_distance);
}

Volume<std::uint32_t> squared_distance(const PhaseVolume& image, Boundary boundary) {
    return squared_distance(image, boundary, {0, image.extent().x});
}

Volume<std::uint32_t> squared_distance(const PhaseVolume& image, Boundary boundary, const ItemRange& columns) {
    const Extent n = image.extent();
    require_distances_defined(n, boundary);
    const bool periodic = boundary == Boundary::periodic;

    require(columns.first <= columns.last && columns.last <= n.x, "columns {} to {} of an image of {}", columns.first,
            columns.last, to_string(n));

    const std::size_t width = columns.size();
    auto squared = Volume<std::uint32_t>::unfilled({n.z, n.y, width});
    std::vector<std::uint32_t> whole_row(n.x);
    for (std::size_t row = 0; width > 0 && row < n.z * n.y; ++row) {
        distances_along_row(image.data() + row * n.x, n.x, periodic, whole_row.data());
        std::copy_n(whole_row.data() + columns.first, width, squared.data() + row * width);
    }
    if (n.y > 1)
        for (std::size_t z = 0; z < n.z; ++z)
            distances_along_axis(squared.data() + z * n.y * width, n.y, width, periodic);
    if (n.z > 1) distances_along_axis(squared.data(), n.z, n.y * width, periodic);
    return squared;
}

}  // namespace protolith::descriptors
