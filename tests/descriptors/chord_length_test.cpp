// Chords: hand-made lines, frames, both phases, and the definition voxel by voxel.
#include "descriptors/chord_length.hpp"

#include "brute_force.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

PhaseVolume line(const std::string& text) {
    PhaseVolume image(Extent{1, 1, text.size()});
    for (std::size_t x = 0; x < text.size(); ++x) image(0, x) = text[x] == '#' ? 1 : 0;
    return image;
}

// Lengths along x in rising order.
std::string along_x(const PhaseVolume& image, std::uint8_t phase, Boundary boundary) {
    const std::vector<ChordCounts> chords = chord_lengths(image, phase, boundary);
    std::string out;
    for (std::size_t l = 0; l < chords[0].counts.size(); ++l) {
        for (std::uint64_t k = 0; k < chords[0].counts[l]; ++k) out += std::to_string(l) + " ";
    }
    return out;
}

TEST(ChordLength, FrameDecidesAboutChordsThatTouchIt) {
    const PhaseVolume image = line("##..#.###..#");
    EXPECT_EQ(along_x(image, 1, Boundary::non_periodic), "1 3 ");
    EXPECT_EQ(along_x(image, 1, Boundary::periodic), "1 3 3 ");
    EXPECT_EQ(along_x(image, 1, Boundary::companion), "1 1 2 3 ");
    EXPECT_EQ(along_x(image, 0, Boundary::non_periodic), "1 2 2 ");
    EXPECT_EQ(along_x(image, 0, Boundary::periodic), "1 2 2 ");
}

TEST(ChordLength, PeriodicChordsBeginAnywhere) {
    for (std::size_t shift = 0; shift < 130; ++shift) {
        std::string text(130, '.');
        for (std::size_t k = 0; k < 70; ++k) text[(shift + k) % 130] = '#';
        EXPECT_EQ(along_x(line(text), 1, Boundary::periodic), "70 ") << shift;
        EXPECT_EQ(along_x(line(text), 0, Boundary::periodic), "60 ") << shift;
    }
}

TEST(ChordLength, LinesOfOnePhaseHaveNoEnds) {
    for (const auto boundary : {Boundary::non_periodic, Boundary::periodic}) {
        for (const std::uint8_t phase : {std::uint8_t{0}, std::uint8_t{1}}) {
            const ChordDensity none = chord_density(chord_lengths(PhaseVolume(Extent{1, 70, 65}, 1), phase, boundary));
            EXPECT_EQ(none.chords, 0u);
            EXPECT_TRUE(std::isnan(none.mean) && none.density.r.empty());
        }
    }
}

TEST(ChordLength, EveryAxisAndPhaseOfAVolumeByDefinition) {
    const PhaseVolume volume = bernoulli({9, 7, 66}, 0.6);
    const long n[] = {66, 7, 9};
    for (const std::uint8_t phase : {std::uint8_t{0}, std::uint8_t{1}}) {
        const auto chords = chord_lengths(volume, phase, Boundary::non_periodic);
        ASSERT_EQ(chords.size(), 3u);
        for (std::size_t axis = 0; axis < 3; ++axis) {
            std::vector<std::uint64_t> expected(static_cast<std::size_t>(n[axis]) + 1);
            const long others[] = {n[(axis + 1) % 3], n[(axis + 2) % 3]};
            for (long a = 0; a < others[0]; ++a) {
                for (long b = 0; b < others[1]; ++b) {
                    long begin = -1;  // of the present chord; the first one touches the frame
                    bool framed = true;
                    for (long t = 0; t < n[axis]; ++t) {
                        long at[3];
                        at[axis] = t, at[(axis + 1) % 3] = a, at[(axis + 2) % 3] = b;
                        const bool in = volume(static_cast<std::size_t>(at[2]), static_cast<std::size_t>(at[1]),
                                               static_cast<std::size_t>(at[0])) == phase;
                        if (in && begin < 0) begin = t, framed = t == 0;
                        if (!in && begin >= 0 && !framed) ++expected[static_cast<std::size_t>(t - begin)];
                        if (!in) begin = -1;
                    }
                }
            }
            EXPECT_EQ(chords[axis].counts, expected) << chords[axis].direction << " phase " << int{phase};
        }
    }
}

TEST(ChordLength, DensityOfBernoulliPixelsIsGeometric) {
    constexpr double p = 0.6;
    const ChordDensity d = chord_density(chord_lengths(bernoulli({1, 700, 701}, p), 1, Boundary::periodic));
    double sum = 0;
    for (const double v : d.density.value) sum += v;
    EXPECT_NEAR(sum, 1, 1e-12);
    EXPECT_NEAR(d.mean, 1 / (1 - p), 0.02);
    for (std::size_t l = 1; l <= 6; ++l) {
        EXPECT_NEAR(d.density.value[l - 1], std::pow(p, static_cast<double>(l - 1)) * (1 - p), 0.005);
    }
}

TEST(ChordLength, PartsAddUpToTheWhole) {
    const PhaseVolume image = bernoulli({1, 33, 70}, 0.5);
    const auto whole = chord_lengths(image, 1, Boundary::periodic);
    auto sum = chord_lengths(image, 1, Boundary::periodic, {0, 3});
    for (std::size_t part = 1; part < 3; ++part) {
        const auto next = chord_lengths(image, 1, Boundary::periodic, {part, 3});
        for (std::size_t d = 0; d < sum.size(); ++d) {
            for (std::size_t l = 0; l < sum[d].counts.size(); ++l) sum[d].counts[l] += next[d].counts[l];
        }
    }
    EXPECT_EQ(sum, whole);
}

}  // namespace
}  // namespace protolith::descriptors
