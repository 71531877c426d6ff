#include "anneal/batch.hpp"
#include "synthetic.hpp"

#include <gtest/gtest.h>

namespace protolith::anneal {
namespace {

Problem small_problem() {
    Settings settings;
    settings.extent = {1, 32, 32};
    settings.selection = Selection::interface;
    settings.schedule = Schedule::fast(settings.extent);
    settings.schedule.stages = 15;
    settings.energy_threshold = 1e-7;
    return Problem(settings, measure_target(std::vector{synthetic::smooth(settings.extent, 0.35, 2, 1)}, settings));
}

/// Packed states of all items on every rank, in order; an item that has not begun is empty.
std::vector<std::string> gather(const Communicator& comm, const Batch& batch, std::size_t count) {
    std::vector<std::string> all;
    for (std::size_t item = 0; item < count; ++item) {
        std::string mine;
        if (item >= batch.items().first && item < batch.items().last && batch.state(item) != nullptr) {
            const auto bytes = pack(*batch.state(item));
            mine.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        }
        std::string joined;
        for (const std::string& part : comm.all_gather(mine)) joined += part;
        all.push_back(joined);
    }
    return all;
}

std::vector<std::string> alone(const Problem& problem, std::uint32_t count) {
    std::vector<std::string> all;
    for (std::uint32_t item = 0; item < count; ++item) {
        Reconstruction reconstruction(problem, item);
        while (!reconstruction.finished()) reconstruction.run_stage();
        const auto bytes = pack(reconstruction.state());
        all.emplace_back(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    return all;
}

TEST(Batch, AnyNumberOfRanksGivesTheBytesOfOne) {
    const Communicator comm;
    const Problem problem = small_problem();
    Batch batch(comm, problem, 7);
    int calls = 0;
    EXPECT_TRUE(batch.run(0.002, [&](const Progress& progress) {
        EXPECT_EQ(progress.count, 7u);
        EXPECT_LE(progress.finished, 7u);
        ++calls;
        return true;
    }));
    EXPECT_GE(calls, 1);
    EXPECT_EQ(batch.progress().finished, 7u);
    EXPECT_EQ(gather(comm, batch, 7), alone(problem, 7));
}

TEST(Batch, InterruptedOnSomeRanksGoesOnOnOthersToTheSameBytes) {
    const Communicator world;
    const Problem problem = small_problem();
    std::vector<std::string> saved(6);
    // All ranks, then half of them, then all again.
    for (const int ranks : {world.size(), std::max(1, world.size() / 2), world.size()}) {
        const Communicator part = Communicator::split(world, world.rank() < ranks ? 0 : 1);
        if (world.rank() < ranks) {
            Batch batch(part, problem, 6);
            for (std::size_t item = batch.items().first; item < batch.items().last; ++item)
                if (!saved[item].empty())
                    batch.restore(unpack({reinterpret_cast<const std::byte*>(saved[item].data()), saved[item].size()}));
            int rounds = 0;
            batch.run(0, [&](const Progress&) { return ++rounds < 11; });
            saved = gather(part, batch, 6);
        }
        for (std::string& state : saved) state = world.broadcast(state);
    }
    const Communicator comm;
    Batch batch(comm, problem, 6);
    for (std::size_t item = batch.items().first; item < batch.items().last; ++item)
        if (!saved[item].empty())
            batch.restore(unpack({reinterpret_cast<const std::byte*>(saved[item].data()), saved[item].size()}));
    EXPECT_TRUE(batch.run(0.1, [](const Progress&) { return true; }));
    EXPECT_EQ(gather(comm, batch, 6), alone(problem, 6));
}

TEST(Batch, MoreRanksThanItemsIsNoObstacle) {
    const Communicator comm;
    const Problem problem = small_problem();
    Batch batch(comm, problem, 1);
    EXPECT_TRUE(batch.run(0.1, [](const Progress&) { return true; }));
    EXPECT_EQ(gather(comm, batch, 1), alone(problem, 1));
}

TEST(Batch, RefusesStatesOfOtherItems) {
    const Communicator comm;
    const Problem problem = small_problem();
    Batch batch(comm, problem, 4);
    State state;
    state.item = 9;
    EXPECT_THROW(batch.restore(state), Error);
    EXPECT_THROW(Batch(comm, problem, 0), InputError);
}

}  // namespace
}  // namespace protolith::anneal
