// Flow on any number of ranks: the decomposition and the result.
#include "cases.hpp"
#include "flow/gas.hpp"

#include <gtest/gtest.h>

namespace protolith::flow {
namespace {

// Totals of one rank, computed by each rank for itself.
Totals alone(const PhaseVolume& pores, const Settings& settings, std::size_t pairs_of_steps) {
    const Communicator self(MPI_COMM_SELF);
    Solver<double> solver(self, whole_on_one(self, pores), reader_of(pores), settings);
    solver.advance(pairs_of_steps);
    return solver.totals();
}

void expect_same_as_alone(const PhaseVolume& pores, const Settings& settings) {
    start_kokkos();
    const Communicator comm;
    Solver<double> solver(comm, whole_on_one(comm, pores), reader_of(pores), settings);
    solver.advance(60);
    const Totals together = solver.totals(), one = alone(pores, settings, 60);
    const double scale = std::abs(one.momentum[2]);
    EXPECT_GT(scale, 0);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(together.momentum[i], one.momentum[i], 1e-13 * scale);
    EXPECT_NEAR(together.density, one.density, 1e-12);
    EXPECT_NEAR(together.fastest, one.fastest, 1e-14 * one.fastest);
}

TEST(FlowOverRanks, PorousImagesFlowAsOnOneRank) {
    Settings settings = driven_along_z(0.8, 1e-4);
    expect_same_as_alone(porous({16, 16, 16}, 8, 4.5, 3), settings);
    settings.force = {4e-5, -3e-5, 1e-4};
    expect_same_as_alone(porous({7, 30, 12}, 7, 4, 4), settings);
    expect_same_as_alone(porous({2, 2, 9}, 1, 1, 6), settings);  // blocks that touch themselves
    settings.periodic = {false, true, true};
    expect_same_as_alone(porous({12, 9, 30}, 7, 4, 8), settings);
}

TEST(FlowOverRanks, PressureEndsFlowAsOnOneRank) {
    Settings settings;
    settings.relaxation_time = 0.9;
    settings.inlet_density = 1.001;
    settings.outlet_density = 0.999;
    for (const auto kind : {Ends::zou_he, Ends::equilibrium}) {
        settings.ends = kind;
        expect_same_as_alone(porous({24, 11, 10}, 6, 3.5, 5), settings);
    }
}

TEST(FlowOverRanks, SlipWallsFlowAsOnOneRank) {
    for (const auto wall : {Wall::diffuse, Wall::specular}) {
        Settings settings = driven_along_z(1, 1e-4);
        set_gas(settings, wall, 0.4, slip_coefficients(1));
        expect_same_as_alone(porous({16, 16, 16}, 8, 4.5, 3), settings);
    }
}

TEST(FlowOverRanks, BlocksFillTheVolumeAndShareThePores) {
    const Communicator comm;
    const PhaseVolume pores = porous({40, 36, 32}, 30, 6, 2);
    const Decomposition parts = whole_on_one(comm, pores);
    ASSERT_EQ(parts.blocks.size(), static_cast<std::size_t>(comm.size()));
    std::size_t voxels = 0;
    std::uint64_t counted = 0;
    for (std::size_t r = 0; r < parts.blocks.size(); ++r) {
        voxels += parts.blocks[r].count();
        counted += parts.pores[r];
        const Extent& o = parts.blocks[r].offset;
        EXPECT_EQ(parts.owner(o.z, o.y, o.x), static_cast<int>(r));
    }
    EXPECT_EQ(voxels, pores.size());
    const std::string text = to_string(parts);
    if (comm.size() == 1) {
        EXPECT_EQ(parts.halo.front(), 0u);
    } else {
        // The layers at both cuts of the longest axis and more, of blocks that are cut along all.
        for (std::size_t r = 0; r < parts.blocks.size(); ++r) {
            std::uint64_t faces = 0;
            const Extent &o = parts.blocks[r].offset, &e = parts.blocks[r].extent;
            for (std::size_t z = 0; z < e.z; ++z)
                for (std::size_t y = 0; y < e.y; ++y)
                    for (std::size_t x = 0; x < e.x; ++x) {
                        const auto edge = [](std::size_t at, std::size_t length, std::size_t all) {
                            return length < all && (at == 0 || at + 1 == length);
                        };
                        if (edge(z, e.z, 40) || edge(y, e.y, 36) || edge(x, e.x, 32))
                            faces += pores(o.z + z, o.y + y, o.x + x);
                    }
            EXPECT_EQ(parts.halo[r], faces) << r;
        }
        EXPECT_NE(text.find(std::to_string(comm.size()) + " blocks"), std::string::npos) << text;
    }
    EXPECT_NEAR(static_cast<double>(counted) / static_cast<double>(voxels), phase_fraction(pores), 1e-12);
    // Cuts lie between whole planes: each is off by half a plane at most, of 32 or more; planes differ in their pores.
    const double cuts = std::ceil(std::log2(comm.size()));
    EXPECT_LT(parts.imbalance(), std::pow(1 + 1.3 / 32, cuts) + 1e-12);
}

TEST(FlowOverRanks, OtherRanksCanBePlannedFor) {
    const Communicator comm;
    const PhaseVolume pores = porous({40, 36, 32}, 30, 6, 2);
    const auto planned = decompose(comm, pores.extent(), reader_of(pores), 12);
    EXPECT_EQ(planned.blocks.size(), 12u);
    EXPECT_LT(planned.imbalance(), 1.2);
    if (comm.size() == 4) {
        EXPECT_EQ(decompose(Communicator(MPI_COMM_SELF), pores.extent(), reader_of(pores), 4).blocks,
                  whole_on_one(comm, pores).blocks);
    }
}

TEST(FlowOverRanks, ARankWithoutPoresTakesPart) {
    PhaseVolume pores(Extent{12, 5, 4}, 0);
    for (std::size_t z = 0; z < 12; ++z) pores(z, 2, 2) = 1;  // one thin tube
    expect_same_as_alone(pores, driven_along_z(0.9, 1e-5));
}

}  // namespace
}  // namespace protolith::flow
