// Chords from the runs of bit-packed lines: run ends are the set bits of line XOR line shifted by one.
#include "descriptors/chord_length.hpp"

#include "descriptors/packed_volume.hpp"
#include "volume/bit_rows.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace protolith::descriptors {
namespace {

// Calls run(first, last) for every run [first, last) of set voxels; `words` includes one zero word behind the line.
template <class Run>
void for_each_run(const std::uint64_t* line, std::size_t words, Run run) {
    std::uint64_t before = 0;
    std::size_t first = 0;
    bool inside = false;
    for (std::size_t w = 0; w < words; ++w) {
        std::uint64_t changes = line[w] ^ ((line[w] << 1) | before);
        before = line[w] >> 63;
        for (; changes != 0; changes &= changes - 1) {
            const std::size_t at = 64 * w + static_cast<std::size_t>(std::countr_zero(changes));
            if (inside) run(first, at);
            first = at;
            inside = !inside;
        }
    }
}

// Counts runs that begin and end inside a line (open), at its ends too (framed), or around it (wrapped).
ChordCounts count_chords(const char* direction, const BitRows& rows, Boundary boundary, Part part) {
    const std::size_t length = rows.length();
    ChordCounts chords{direction, std::vector<std::uint64_t>(length + 1)};
    const bool wraps = boundary == Boundary::periodic, framed = boundary == Boundary::companion;
    const BitRows source = wraps ? doubled(rows) : rows;
    const ItemRange mine = share_of(part, rows.lines());
    for (std::size_t i = mine.first; i < mine.last; ++i) {
        for_each_run(source.line(i), source.length() / 64 + 2, [&](std::size_t first, std::size_t last) {
            // Around: each chord once, by its beginning in the second half of 1 … 2n − 1 that the copy completes.
            const bool counted =
                wraps ? first > 0 && first <= length && last < 2 * length : framed || (first > 0 && last < length);
            if (counted) ++chords.counts[last - first];
        });
    }
    return chords;
}

}  // namespace

std::vector<ChordCounts> chord_lengths(const PhaseVolume& volume, std::uint8_t phase, Boundary boundary, Part part) {
    require(phase <= 1, "phase {}; expected 0 or 1", phase);
    require(volume.size() > 0, "an image without voxels has no chords");
    std::vector<ChordCounts> all;
    const std::pair<Axis, const char*> axes[] = {{Axis::x, "x"}, {Axis::y, "y"}, {Axis::z, "z"}};
    for (const auto& [axis, name] : axes) {
        if (axis == Axis::z && volume.extent().dimensions() == 2) continue;
        BitRows rows = pack_lines(volume, axis);
        if (phase == 0) rows = complement(rows);
        all.push_back(count_chords(name, rows, boundary, part));
    }
    return all;
}

ChordDensity chord_density(const std::vector<ChordCounts>& directions) {
    std::vector<std::uint64_t> pooled;
    for (const ChordCounts& d : directions) {
        pooled.resize(std::max(pooled.size(), d.counts.size()));
        for (std::size_t l = 0; l < d.counts.size(); ++l) pooled[l] += d.counts[l];
    }
    while (!pooled.empty() && pooled.back() == 0) pooled.pop_back();
    ChordDensity out{{"chord length", {}, {}}, std::numeric_limits<double>::quiet_NaN(), 0};
    std::uint64_t voxels = 0;
    for (std::size_t l = 0; l < pooled.size(); ++l) out.chords += pooled[l], voxels += l * pooled[l];
    if (out.chords == 0) return out;
    const double total = static_cast<double>(out.chords);
    for (std::size_t l = 1; l < pooled.size(); ++l) {
        out.density.r.push_back(static_cast<double>(l));
        out.density.value.push_back(static_cast<double>(pooled[l]) / total);
    }
    out.mean = static_cast<double>(voxels) / total;
    return out;
}

void sum_over_ranks(const Communicator& comm, std::vector<ChordCounts>& directions) {
    for (ChordCounts& d : directions) comm.sum_in_place(d.counts.data(), d.counts.size());
}

}  // namespace protolith::descriptors
