// The stand-in for NCCL itself: what it computes, and that it sees what the library would answer by hanging.
#include "processes.hpp"
#include "standin/runtime/runtime.hpp"

#include <csignal>
#include <cstring>
#include <vector>

#include <cuda_runtime_api.h>
#include <gtest/gtest.h>
#include <nccl.h>

namespace {

using protolith::kernels::testing::in_processes;

/// One rank: its device, a stream, a communicator, and arrays.
struct Rank {
    Rank(int rank_, int size, const ncclUniqueId& id) : rank(rank_) {
        cudaSetDevice(rank);
        cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);
        if (ncclCommInitRank(&comm, size, id, rank) != ncclSuccess) throw std::runtime_error(ncclGetLastError(nullptr));
    }

    template <class T>
    T* array(const std::vector<T>& values) {
        void* device = nullptr;
        cudaMalloc(&device, values.size() * sizeof(T));
        cudaMemcpyAsync(device, values.data(), values.size() * sizeof(T), cudaMemcpyHostToDevice, stream);
        cudaStreamSynchronize(stream);
        return static_cast<T*>(device);
    }
    template <class T>
    std::vector<T> values(const T* device, std::size_t count) {
        std::vector<T> host(count);
        cudaMemcpyAsync(host.data(), device, count * sizeof(T), cudaMemcpyDeviceToHost, stream);
        cudaStreamSynchronize(stream);
        return host;
    }
    std::string state() const {
        ncclResult_t result = ncclSuccess;
        ncclCommGetAsyncError(comm, &result);
        return ncclGetErrorString(result);
    }

    int rank;
    cudaStream_t stream = nullptr;
    ncclComm_t comm = nullptr;
};

/// What each rank said; `work` gets its Rank.
std::vector<std::string> on_ranks(int size, const std::function<std::string(Rank&)>& work) {
    ncclUniqueId id;
    ncclGetUniqueId(&id);
    return in_processes(size, [&](int rank) {
        Rank mine(rank, size, id);
        return work(mine);
    });
}

void expect_all(const std::vector<std::string>& said, const std::string& expected) {
    for (const auto& one : said) EXPECT_EQ(one, expected);
}

void expect_each_says(const std::vector<std::string>& said, const std::vector<std::string>& words) {
    for (const auto& one : said)
        for (const auto& word : words) EXPECT_NE(one.find(word), std::string::npos) << word << " in: " << one;
}

template <class T>
std::string summed(Rank& mine, int size, std::size_t count, ncclDataType_t type) {
    std::vector<T> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<T>((mine.rank + 1) * static_cast<double>(i % 1000));
    T* const array = mine.array(values);
    if (ncclAllReduce(array, array, count, type, ncclSum, mine.comm, mine.stream) != ncclSuccess)
        return ncclGetLastError(nullptr);
    const auto sums = mine.values(array, count);
    for (std::size_t i = 0; i < count; ++i)
        if (sums[i] != static_cast<T>(size * (size + 1) / 2.0 * static_cast<double>(i % 1000)))
            return "wrong at " + std::to_string(i);
    return ncclCommDestroy(mine.comm) == ncclSuccess ? "right" : ncclGetLastError(nullptr);
}

TEST(StandinNccl, SumsOverOneTwoAndThreeRanksWhateverTheSize) {
    for (const int size : {1, 2, 3})
        for (const std::size_t count :
             {std::size_t{1}, std::size_t{255}, (std::size_t{1} << 16) + 3, std::size_t{200'001}}) {
            expect_all(on_ranks(size, [&](Rank& r) { return summed<float>(r, size, count, ncclFloat32); }), "right");
            expect_all(on_ranks(size, [&](Rank& r) { return summed<double>(r, size, count, ncclFloat64); }), "right");
        }
}

TEST(StandinNccl, BroadcastsTheBytesOfTheRoot) {
    expect_all(on_ranks(2,
                        [](Rank& mine) {
                            std::vector<std::uint8_t> bytes(300'000, static_cast<std::uint8_t>(7 + mine.rank));
                            auto* const array = mine.array(bytes);
                            ncclBroadcast(array, array, bytes.size(), ncclUint8, 1, mine.comm, mine.stream);
                            const auto got = mine.values(array, bytes.size());
                            return got == std::vector<std::uint8_t>(bytes.size(), 8) ? "right" : "wrong";
                        }),
               "right");
}

TEST(StandinNccl, SeesCountsTypesAndCallsThatRanksDoNotAgreeOn) {
    const auto differ = [](std::size_t count, ncclDataType_t type, bool broadcast) {
        return on_ranks(2, [=](Rank& mine) -> std::string {
            auto* const array = mine.array(std::vector<double>(8, 1.0));
            if (mine.rank == 0)
                ncclAllReduce(array, array, 4, ncclFloat32, ncclSum, mine.comm, mine.stream);
            else if (broadcast)
                ncclBroadcast(array, array, 4, ncclFloat32, 0, mine.comm, mine.stream);
            else
                ncclAllReduce(array, array, count, type, ncclSum, mine.comm, mine.stream);
            cudaStreamSynchronize(mine.stream);
            return "went through";
        });
    };
    expect_all(differ(4, ncclFloat32, false), "went through");
    expect_each_says(differ(3, ncclFloat32, false), {"AllReduce of 4 float32", "AllReduce of 3 float32", "rank 1"});
    expect_each_says(differ(4, ncclFloat64, false), {"of 4 float32", "of 4 float64"});
    expect_each_says(differ(4, ncclFloat32, true), {"AllReduce of 4", "Broadcast of 4 float32 from rank 0"});
}

TEST(StandinNccl, SeesAnOrderThatDiffersBetweenRanks) {
    const auto said = on_ranks(2, [](Rank& mine) -> std::string {
        auto* const array = mine.array(std::vector<float>(8, 1.0F));
        const std::size_t first = mine.rank == 0 ? 2 : 6;
        ncclAllReduce(array, array, first, ncclFloat32, ncclSum, mine.comm, mine.stream);
        ncclAllReduce(array + first, array + first, 8 - first, ncclFloat32, ncclSum, mine.comm, mine.stream);
        cudaStreamSynchronize(mine.stream);
        return "went through";
    });
    expect_each_says(said, {"do not agree", "of 2 float32", "of 6 float32"});
}

TEST(StandinNccl, RefusesMemoryThatTheDeviceCannotReach) {
    std::vector<float> host(8);
    const auto with = [&](float* pointer, std::size_t count) {
        return on_ranks(1, [=](Rank& mine) -> std::string {
            float* const array = mine.array(std::vector<float>(4));
            const auto misaligned = reinterpret_cast<std::uintptr_t>(array) + 2;
            float* const used = pointer != nullptr ? pointer
                                : count == 1       ? reinterpret_cast<float*>(misaligned)
                                                   : array;
            ncclAllReduce(used, used, count, ncclFloat32, ncclSum, mine.comm, mine.stream);
            return "went through";
        });
    };
    expect_all(with(nullptr, 4), "went through");
    expect_each_says(with(host.data(), 4), {"threw", "sendbuff", "not device memory"});
    expect_each_says(with(nullptr, 5), {"threw", "sendbuff", "16 bytes", "20"});
    expect_each_says(with(nullptr, 1), {"threw", "not aligned"});
}

TEST(StandinNccl, RefusesArgumentsAsTheLibraryDoes) {
    expect_all(
        on_ranks(1,
                 [](Rank& mine) -> std::string {
                     float* const a = mine.array(std::vector<float>(4));
                     const auto is = [](ncclResult_t expected, ncclResult_t found, const char* word) {
                         return expected == found && std::strstr(ncclGetLastError(nullptr), word) != nullptr;
                     };
                     const auto c = mine.comm;
                     const auto s = mine.stream;
                     if (!is(ncclInvalidArgument, ncclAllReduce(a, a, 4, ncclFloat32, ncclSum, nullptr, s), "comm"))
                         return "no communicator";
                     if (!is(ncclInvalidArgument, ncclAllReduce(nullptr, a, 4, ncclFloat32, ncclSum, c, s), "NULL"))
                         return "no buffer";
                     if (!is(ncclInvalidArgument, ncclAllReduce(a, a, 4, ncclNumTypes, ncclSum, c, s), "type"))
                         return "no type";
                     if (!is(ncclInvalidArgument, ncclAllReduce(a, a, 4, ncclFloat32, ncclMax, c, s), "ncclSum"))
                         return "another operation";
                     if (!is(ncclInvalidArgument, ncclBroadcast(a, a, 4, ncclFloat32, 1, c, s), "root 1"))
                         return "no such root";
                     cudaSetDevice(2);
                     if (!is(ncclInvalidUsage, ncclAllReduce(a, a, 4, ncclFloat32, ncclSum, c, s), "device 2"))
                         return "another device";
                     ncclComm_t other = nullptr;
                     if (!is(ncclInvalidArgument, ncclCommInitRank(&other, 1, ncclUniqueId{}, 0), "unique id"))
                         return "an empty id";
                     return "refused";
                 }),
        "refused");
}

TEST(StandinNccl, RanksThatCannotMeetSaySo) {
    const auto meet = [](int ranks, int size, int first_number, int devices) {
        ncclUniqueId id;
        ncclGetUniqueId(&id);
        return in_processes(ranks, [=](int rank) -> std::string {
            cudaSetDevice(rank % devices);
            ncclComm_t comm = nullptr;
            const auto status = ncclCommInitRank(&comm, size, id, first_number + rank);
            return status == ncclSuccess ? "met" : ncclGetLastError(nullptr);
        });
    };
    expect_all(meet(2, 2, 0, 2), "met");
    expect_each_says(meet(2, 2, 0, 1), {"Duplicate GPU", "rank 0", "rank 1"});
    expect_each_says(meet(1, 2, 2, 1), {"rank 2 of 2"});
}

TEST(StandinNccl, APeerThatIsKilledOrLeavesIsARemoteError) {
    for (const bool killed : {true, false}) {
        const auto said = on_ranks(2, [=](Rank& mine) -> std::string {
            float* const array = mine.array(std::vector<float>(4, 1.0F));
            ncclAllReduce(array, array, 4, ncclFloat32, ncclSum, mine.comm, mine.stream);
            cudaStreamSynchronize(mine.stream);
            if (mine.rank == 1 && killed) raise(SIGKILL);
            if (mine.rank == 1) return ncclCommDestroy(mine.comm) == ncclSuccess ? "left" : "could not leave";
            ncclAllReduce(array, array, 4, ncclFloat32, ncclSum, mine.comm, mine.stream);
            cudaStreamSynchronize(mine.stream);
            return mine.state();
        });
        EXPECT_NE(said[0].find("remote process exited"), std::string::npos) << said[0];
        EXPECT_EQ(said[1], killed ? "killed" : "left");
    }
}

TEST(StandinNccl, WhatIsUnderWayCanBeBrokenOffButNotForgotten) {
    const auto said = on_ranks(1, [](Rank& mine) -> std::string {
        standin::set_schedule(standin::Schedule::lazy);
        float* const array = mine.array(std::vector<float>(4, 1.0F));
        ncclAllReduce(array, array, 4, ncclFloat32, ncclSum, mine.comm, mine.stream);
        if (ncclCommDestroy(mine.comm) != ncclInvalidUsage) return "forgotten";
        if (ncclCommAbort(mine.comm) != ncclSuccess) return "not broken off";
        cudaStreamSynchronize(mine.stream);
        return "broken off";
    });
    expect_all(said, "broken off");
}

}  // namespace
