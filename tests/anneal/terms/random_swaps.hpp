// Drives a term with random swaps and holds it against a count of the whole volume.
#pragma once

#include "anneal/term.hpp"
#include "base/random.hpp"

#include <cmath>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::anneal::testing {

using Count = std::function<std::vector<std::int64_t>(const PhaseVolume&)>;

/// Voxels in the phase with probability `fraction`, smoothed into patches by `passes` majority votes of five
/// neighbours.
inline PhaseVolume random_volume(const Extent& extent, double fraction, int passes, std::uint32_t item) {
    RandomStream random(2024, RandomPurpose::test, item);
    PhaseVolume volume(extent);
    for (auto& v : volume) v = random.uniform() < fraction ? 1 : 0;
    for (int pass = 0; pass < passes; ++pass) {
        const PhaseVolume before = volume;
        for (std::size_t z = 0; z < extent.z; ++z)
            for (std::size_t y = 0; y < extent.y; ++y)
                for (std::size_t x = 0; x < extent.x; ++x) {
                    const int votes = before(z, y, x) + before(z, (y + 1) % extent.y, x) +
                                      before(z, y, (x + 1) % extent.x) + before(z, (y + extent.y - 1) % extent.y, x) +
                                      before(z, y, (x + extent.x - 1) % extent.x);
                    volume(z, y, x) = votes >= 3 ? 1 : 0;
                }
    }
    return volume;
}

/// Swaps of opposite phases, half of them between voxels near one another or on one line, so that the two share
/// segments, polytopes and clusters.
class SwapSource {
  public:
    SwapSource(const Extent& extent, std::uint32_t item) : extent_(extent), random_(7, RandomPurpose::test, item) {}

    /// False when the volume has one phase only.
    bool draw(const PhaseVolume& volume, Swap& swap) {
        for (int attempt = 0; attempt < 20000; ++attempt) {
            swap.from = static_cast<std::uint32_t>(random_.below(volume.size()));
            if (volume[swap.from] == 0) continue;
            swap.to =
                random_.below(2) == 0 ? static_cast<std::uint32_t>(random_.below(volume.size())) : companion(swap.from);
            if (volume[swap.to] == 0) return true;
        }
        return false;
    }
    RandomStream& random() { return random_; }

  private:
    std::uint32_t companion(std::uint32_t from) {
        const std::size_t z = from / (extent_.y * extent_.x), y = from / extent_.x % extent_.y, x = from % extent_.x;
        const std::size_t step = random_.below(4) == 0 ? random_.below(extent_.count()) : 1 + random_.below(3);
        const auto along = [&](std::size_t c, std::size_t side) {
            const std::size_t s = step % side, way = random_.below(3);
            return way == 0 ? c : way == 1 ? (c + s) % side : (c + side - s) % side;
        };
        const std::size_t cz = along(z, extent_.z), cy = along(y, extent_.y), cx = along(x, extent_.x);
        return static_cast<std::uint32_t>((cz * extent_.y + cy) * extent_.x + cx);
    }

    Extent extent_;
    RandomStream random_;
};

inline std::vector<std::int64_t> counts_of(const Term& term) { return {term.counts().begin(), term.counts().end()}; }

/// Proposes `swaps` swaps, accepts every second and checks: a proposal changes nothing; the energy changes by what was
/// said; the counts always equal those of the whole volume.
inline void expect_exact_increments(Term& term, PhaseVolume volume, const Count& count, int swaps,
                                    int check_every = 1) {
    SwapSource source(volume.extent(), static_cast<std::uint32_t>(volume.size()));
    term.recount(volume);
    ASSERT_EQ(counts_of(term), count(volume));
    int accepted = 0;
    for (int k = 0; k < swaps; ++k) {
        Swap swap{};
        ASSERT_TRUE(source.draw(volume, swap));
        const auto counts = counts_of(term);
        const double energy = term.energy(), change = term.propose(swap);
        ASSERT_EQ(counts_of(term), counts);
        ASSERT_EQ(term.energy(), energy);
        if (source.random().below(2) == 0) continue;
        term.accept();
        volume[swap.from] = 0;
        volume[swap.to] = 1;
        ASSERT_NEAR(term.energy(), energy + change, 1e-12 * (1.0 + energy)) << "swap " << k;
        if (++accepted % check_every != 0) continue;
        ASSERT_EQ(counts_of(term), count(volume)) << "swap " << k << " from " << swap.from << " to " << swap.to;
    }
    const double energy = term.energy();
    term.recount(volume);
    ASSERT_EQ(term.energy(), energy);
}

}  // namespace protolith::anneal::testing
