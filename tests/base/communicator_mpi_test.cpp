// Agreement over ranks: shares, sums, errors, the stop flag, phase tables.
#include "base/communicator.hpp"
#include "base/stop.hpp"
#include "base/timer.hpp"

#include <csignal>
#include <thread>

#include <gtest/gtest.h>

namespace protolith {
namespace {

TEST(Communicator, SharesCoverEveryItemOnceInRankOrder) {
    const Communicator world;
    for (std::size_t count : {0u, 1u, 3u, 7u, 128u}) {
        const auto mine = world.share(count);
        EXPECT_EQ(world.sum(std::uint64_t{mine.size()}), count);
        const auto all = world.all_gather(fmt::format("{} {}", mine.first, mine.last));
        std::size_t next = 0;
        for (const auto& text : all) {
            std::size_t first = 0, last = 0;
            ASSERT_EQ(std::sscanf(text.c_str(), "%zu %zu", &first, &last), 2);
            EXPECT_EQ(first, next);
            next = last;
        }
        EXPECT_EQ(next, count);
    }
}

TEST(Communicator, SumsAndSplitsAreThoseOfTheRanks) {
    const Communicator world;
    const int n = world.size();
    EXPECT_EQ(world.sum(double(world.rank())), n * (n - 1) / 2.0);
    EXPECT_EQ(world.max(double(world.rank())), n - 1);
    std::vector<std::int64_t> values{world.rank(), 1};
    world.sum_in_place(values.data(), values.size());
    EXPECT_EQ(values, (std::vector<std::int64_t>{n * (n - 1) / 2, n}));
    const auto part = Communicator::split(world, world.rank() % 2);
    EXPECT_EQ(part.size(), (n + 1 - world.rank() % 2) / 2);
    EXPECT_EQ(world.broadcast(world.is_root() ? "text" : "", 0), "text");
}

TEST(Collectively, AFailureOnOneRankIsThrownOnAllWithItsMessageAndCode) {
    const Communicator world;
    const int guilty = world.size() - 1;
    try {
        collectively(world, [&] {
            if (world.rank() == guilty) throw InputError("bad file x.png");
        });
        FAIL() << "nothing was thrown";
    } catch (const CollectiveError& e) {
        EXPECT_STREQ(e.what(), "bad file x.png");
        EXPECT_EQ(e.code(), ExitCode::bad_input);
    }
    EXPECT_NO_THROW(collectively(world, [] {}));
}

TEST(StopFlag, ASignalOnOneRankIsAgreedByAll) {
    const Communicator world;
    const Clock clock;
    StopFlag stop(clock, std::nullopt);
    EXPECT_FALSE(stop.agreed(world));
    if (world.rank() == world.size() - 1) std::raise(SIGUSR1);
    EXPECT_EQ(stop.agreed(world).value_or(""), "SIGUSR1 received");
}

TEST(StopFlag, TheWallClockLimitIsAReason) {
    const Communicator world;
    const Clock clock;
    StopFlag stop(clock, 0.0);
    EXPECT_NE(stop.agreed(world).value_or("").find("wall-clock limit"), std::string::npos);
}

TEST(PhaseTimers, TableHoldsMinimumMeanAndMaximumOverRanks) {
    const Communicator world;
    PhaseTimers timers;
    {
        const auto all = timers.phase("all");
        if (world.is_root()) {
            const auto only = timers.phase("root only");
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }
    const auto table = timers.table(world);
    ASSERT_EQ(table.size(), 2u);
    const auto& root_only = table[0].name == "root only" ? table[0] : table[1];
    EXPECT_GE(root_only.max, 0.02);
    EXPECT_DOUBLE_EQ(root_only.mean, root_only.max / world.size());
    EXPECT_EQ(root_only.min, world.size() > 1 ? 0.0 : root_only.max);
}

}  // namespace
}  // namespace protolith
