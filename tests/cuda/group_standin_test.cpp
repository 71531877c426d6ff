// The group of GPUs where something goes wrong with one of them: the others must end, not hang.
#include "collective/group.hpp"
#include "launch/check.hpp"
#include "memory/system.hpp"
#include "processes.hpp"

#include <csignal>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::kernels::testing {
namespace {

using cuda::Group;

/// What each of two ranks said; both have summed once before.
std::vector<std::string> on_two(const std::function<std::string(Queue&, Group&, int rank, float* array)>& work) {
    const Group::Name name = Group::new_name();
    return in_processes(2, [&](int rank) {
        Queue queue(Backend::cuda, 1, rank);
        Group group(queue, name, rank, 2, 20.0);
        const std::vector<float> ones(4, 1.0F);
        auto* const array = static_cast<float*>(queue.pool()->allocate(sizeof(float) * ones.size()));
        cuda::copy_in(queue, array, ones.data(), sizeof(float) * ones.size());
        group.wait(group.start_sum(array, 4, DataType::float32));
        return work(queue, group, rank, array);
    });
}

TEST(Group, SumsAreThereForTheHostAndForTheQueueAfterTheWait) {
    const auto said = on_two([](Queue& queue, Group& group, int, float* array) -> std::string {
        const auto first = group.start_sum(array, 4, DataType::float32), second = group.start_broadcast(array, 16, 1);
        group.wait(second);
        if (!group.done(first)) return "the first is not over";
        float values[4];
        cuda::copy_out(queue, values, array, sizeof values);
        return std::to_string(values[3]);
    });
    for (const auto& one : said) EXPECT_EQ(one, std::to_string(4.0F));
}

TEST(Group, APeerThatIsKilledEndsTheWaitWithAnError) {
    const auto said = on_two([](Queue&, Group& group, int rank, float* array) -> std::string {
        if (rank == 1) raise(SIGKILL);
        group.wait(group.start_sum(array, 4, DataType::float32));
        return "went through";
    });
    EXPECT_EQ(said[1], "killed");
    for (const char* word : {"threw: NCCL", "remote process exited", "another rank has ended"})
        EXPECT_NE(said[0].find(word), std::string::npos) << word << " in: " << said[0];
}

TEST(Group, AnErrorThatPassesBreaksOffWhatIsUnderWay) {
    const auto said = on_two([](Queue&, Group& group, int rank, float* array) -> std::string {
        if (rank == 1) throw std::runtime_error("the disk is full");
        group.wait(group.start_sum(array, 4, DataType::float32));
        return "went through";
    });
    EXPECT_EQ(said[1], "threw: the disk is full");
    EXPECT_NE(said[0].find("remote process exited"), std::string::npos) << said[0];
}

TEST(Group, RefusesSumsInBFloat16) {
    const auto said = on_two([](Queue&, Group& group, int, float* array) -> std::string {
        group.start_sum(array, 4, DataType::bfloat16);
        return "went through";
    });
    for (const auto& one : said) EXPECT_NE(one.find("not in bfloat16"), std::string::npos) << one;
}

}  // namespace
}  // namespace protolith::kernels::testing
