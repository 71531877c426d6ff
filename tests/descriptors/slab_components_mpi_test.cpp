// Components over ranks equal those of the whole volume on one, for every connectivity; small cases by hand.
#include "brute_force.hpp"
#include "descriptors/slab_components.hpp"
#include "slab_of.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

/// Facts of every voxel's component, straight from the labels of the whole volume.
std::vector<ComponentFacts> facts_of_voxels(const PhaseVolume& volume, Connectivity connectivity,
                                            std::uint32_t& count) {
    const Extent n = volume.extent();
    const Components whole = label_components(volume, connectivity);
    const auto labels = label_volume(whole);
    std::vector<ComponentFacts> facts(whole.count), of_voxels(volume.size());
    for (std::size_t z = 0, i = 0; z < n.z; ++z)
        for (std::size_t y = 0; y < n.y; ++y)
            for (std::size_t x = 0; x < n.x; ++x, ++i) {
                if (labels[i] == 0) continue;
                ComponentFacts& of = facts[labels[i] - 1];
                ++of.voxels;
                const std::array<std::pair<std::size_t, std::size_t>, 3> at{{{z, n.z}, {y, n.y}, {x, n.x}}};
                for (std::size_t a = 0; a < 3; ++a) {
                    if (at[a].first == 0) of.faces |= std::uint64_t{1} << a;
                    if (at[a].first + 1 == at[a].second) of.faces |= std::uint64_t{8} << a;
                }
            }
    for (std::size_t i = 0; i < volume.size(); ++i)
        if (labels[i] > 0) of_voxels[i] = facts[labels[i] - 1];
    count = whole.count;
    return of_voxels;
}

TEST(SlabComponents, EqualThoseOfTheWholeVolume) {
    const Communicator comm;
    for (const Connectivity connectivity : {Connectivity::six, Connectivity::eighteen, Connectivity::twenty_six})
        for (const double fraction : {0.1, 0.25, 0.31, 0.6}) {
            const PhaseVolume volume = bernoulli({13, 17, 70}, fraction, 7);
            std::uint32_t count = 0;
            const auto expected = facts_of_voxels(volume, connectivity, count);
            const PhaseSlab slab = slab_of(comm, volume);
            const SlabComponents found = connect_slabs(comm, slab, connectivity);
            EXPECT_EQ(found.count, count);
            const std::size_t first = slab.planes.first * 17 * 70;
            if (slab.empty()) continue;
            const auto labels = label_volume(found.local);
            for (std::size_t i = 0; i < labels.size(); ++i)
                ASSERT_EQ(labels[i] > 0 ? found.facts[labels[i] - 1] : ComponentFacts{}, expected[first + i])
                    << "connectivity " << static_cast<int>(connectivity) << " voxel " << first + i;
        }
}

TEST(SlabComponents, AHelixThroughAllPlanesIsOneComponent) {
    const Communicator comm;
    PhaseVolume volume({16, 8, 8});
    // Up one plane, then one step along a side of the square: the path meets every plane in two voxels.
    std::size_t y = 0, x = 0;
    for (std::size_t z = 0; z < 16; ++z) {
        volume(z, y, x) = 1;
        if (z % 4 == 0) ++x;
        if (z % 4 == 1) ++y;
        if (z % 4 == 2) --x;
        if (z % 4 == 3) --y;
        volume(z, y, x) = 1;
    }
    volume(5, 6, 6) = 1;  // alone
    const SlabComponents found = connect_slabs(comm, slab_of(comm, volume), Connectivity::six);
    EXPECT_EQ(found.count, 2u);
    const auto largest = largest_components(comm, found, 5);
    ASSERT_EQ(largest.size(), 2u);
    EXPECT_EQ(largest[0].voxels, 32u);
    EXPECT_TRUE(largest[0].percolates(volume::Axis::z));
    EXPECT_FALSE(largest[0].percolates(volume::Axis::y));
    EXPECT_FALSE(largest[0].percolates(volume::Axis::x));
    EXPECT_EQ(largest[1], (ComponentFacts{1, 0}));
    EXPECT_EQ(size_classes(comm, found), (std::vector<std::uint64_t>{1, 0, 0, 0, 0, 1}));
}

TEST(SlabComponents, NothingAndEverything) {
    const Communicator comm;
    const auto none = connect_slabs(comm, slab_of(comm, PhaseVolume({5, 4, 3})), Connectivity::six);
    EXPECT_EQ(none.count, 0u);
    EXPECT_TRUE(largest_components(comm, none, 3).empty());
    EXPECT_TRUE(size_classes(comm, none).empty());
    const auto all = connect_slabs(comm, slab_of(comm, PhaseVolume({5, 4, 3}, 1)), Connectivity::six);
    EXPECT_EQ(all.count, 1u);
    EXPECT_EQ(largest_components(comm, all, 3), (std::vector<ComponentFacts>{{60, 63}}));
}

TEST(SlabComponents, FewerPlanesThanRanks) {
    const Communicator comm;
    for (const std::size_t planes : {1u, 2u, 3u}) {
        const auto found =
            connect_slabs(comm, slab_of(comm, PhaseVolume({planes, 3, 70}, 1)), Connectivity::twenty_six);
        EXPECT_EQ(found.count, 1u);
        EXPECT_EQ(largest_components(comm, found, 1)[0].voxels, planes * 210);
    }
}

TEST(SlabComponents, PlanarConnectivityIsRefused) {
    const Communicator comm;
    EXPECT_THROW(connect_slabs(comm, slab_of(comm, PhaseVolume({5, 4, 3})), Connectivity::four), Error);
}

/// Facts of every voxel's component by filling, with some axes wrapped.
std::vector<ComponentFacts> filled(const PhaseVolume& volume, const Wrap& wrap, std::uint64_t& count) {
    const Extent n = volume.extent();
    const std::array<std::size_t, 3> length{n.z, n.y, n.x};
    const std::array<bool, 3> wraps{wrap.z, wrap.y, wrap.x};
    std::vector<ComponentFacts> facts(volume.size());
    std::vector<bool> seen(volume.size(), false);
    count = 0;
    for (std::size_t seed = 0; seed < volume.size(); ++seed) {
        if (volume[seed] == 0 || seen[seed]) continue;
        ++count;
        std::vector<std::size_t> component{seed};
        seen[seed] = true;
        ComponentFacts of;
        for (std::size_t k = 0; k < component.size(); ++k) {
            const std::size_t i = component[k];
            const std::array<std::size_t, 3> at{i / (n.y * n.x), i / n.x % n.y, i % n.x};
            for (std::size_t a = 0; a < 3; ++a) {
                if (at[a] == 0) of.faces |= std::uint64_t{1} << a;
                if (at[a] + 1 == length[a]) of.faces |= std::uint64_t{8} << a;
                for (const std::size_t step : {length[a] - 1, std::size_t{1}}) {  // back and forth
                    const bool over = step == 1 ? at[a] + 1 == length[a] : at[a] == 0;
                    if (over && !wraps[a]) continue;
                    auto to = at;
                    to[a] = (at[a] + step) % length[a];
                    const std::size_t j = (to[0] * n.y + to[1]) * n.x + to[2];
                    if (volume[j] == 0 || seen[j]) continue;
                    seen[j] = true;
                    component.push_back(j);
                }
            }
        }
        of.voxels = component.size();
        for (const std::size_t i : component) facts[i] = of;
    }
    return facts;
}

TEST(SlabComponents, OfAVolumeThatRepeatsAreJoinedAcrossItsEdges) {
    const Communicator comm;
    for (const Extent extent : {Extent{9, 8, 11}, Extent{1, 9, 7}, Extent{3, 1, 12}, Extent{6, 7, 1}})
        for (const Wrap wrap : {Wrap::sides_of(volume::Axis::z), Wrap::sides_of(volume::Axis::y),
                                Wrap::sides_of(volume::Axis::x), Wrap{true, true, true}, Wrap{}})
            for (const double fraction : {0.2, 0.35, 0.5}) {
                const PhaseVolume volume = bernoulli(extent, fraction, 11);
                std::uint64_t count = 0;
                const auto expected = filled(volume, wrap, count);
                const PhaseSlab slab = slab_of(comm, volume);
                const auto found = connect_slabs(comm, slab, Connectivity::six, wrap);
                EXPECT_EQ(found.count, count) << to_string(extent) << wrap.z << wrap.y << wrap.x;
                if (slab.empty()) continue;
                const std::size_t first = slab.planes.first * extent.y * extent.x;
                const auto labels = label_volume(found.local);
                for (std::size_t i = 0; i < labels.size(); ++i)
                    ASSERT_EQ(labels[i] > 0 ? found.facts[labels[i] - 1] : ComponentFacts{}, expected[first + i]) << i;
            }
    EXPECT_THROW(connect_slabs(comm, slab_of(comm, bernoulli({3, 3, 3}, 0.5, 1)), Connectivity::eighteen,
                               Wrap{true, true, true}),
                 Error);
}

}  // namespace
}  // namespace protolith::descriptors
