// Ranks and GPUs of one node, at 1, 2 and 4 ranks.
#include "parallel/exchange.hpp"
#include "parallel/placement.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

namespace protolith::parallel {
namespace {

std::string bus(int index) { return "0000:0" + std::to_string(index) + ":00.0"; }

TEST(Placement, EveryRankHasAGpuOfItsOwnWhereAllSeeAll) {
    const Communicator comm;
    EXPECT_EQ(gpu_of_rank(comm, comm.size(), bus), comm.rank());
    EXPECT_EQ(gpu_of_rank(comm, comm.size() + 3, bus), comm.rank()) << "more GPUs than ranks";
}

TEST(Placement, EveryRankHasTheFirstWhereEachSeesItsOwn) {
    const Communicator comm;
    EXPECT_EQ(gpu_of_rank(comm, 1, [&](int index) { return bus(comm.rank() + index); }), 0);
}

TEST(Placement, MoreRanksThanGpusAreRefusedWithBothNumbers) {
    const Communicator comm;
    if (comm.size() == 1) return;
    try {
        gpu_of_rank(comm, comm.size() - 1, bus);
        FAIL() << "two ranks on one GPU";
    } catch (const InputError& error) {
        FAIL() << "not together: " << error.what();
    } catch (const CollectiveError& error) {
        const std::string text = error.what(), ranks = std::to_string(comm.size());
        EXPECT_EQ(error.code(), ExitCode::bad_input);
        EXPECT_NE(text.find(ranks + " ranks on node "), std::string::npos) << text;
        EXPECT_NE(text.find(std::to_string(comm.size() - 1) + " GPU"), std::string::npos) << text;
    }
}

TEST(PeerTimeout, IsReadFromTheEnvironment) {
    ASSERT_EQ(unsetenv("PROTOLITH_PEER_TIMEOUT"), 0);
    EXPECT_EQ(peer_timeout(), 1800);
    setenv("PROTOLITH_PEER_TIMEOUT", "2.5", 1);
    EXPECT_EQ(peer_timeout(), 2.5);
    for (const char* wrong : {"", "0", "-1", "soon", "3 minutes"}) {
        setenv("PROTOLITH_PEER_TIMEOUT", wrong, 1);
        EXPECT_THROW(peer_timeout(), InputError) << wrong;
    }
    unsetenv("PROTOLITH_PEER_TIMEOUT");
}

}  // namespace
}  // namespace protolith::parallel
