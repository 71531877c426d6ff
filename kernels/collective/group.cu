// NCCL on a stream of its own: no kernels of this program, so nothing here is bound by them. A ring of N ranks moves
// 2 (N − 1)/N of the bytes over each link; buckets of some MiB start while the backward goes on and hide it.
#include "collective/group.hpp"
#include "collective/status.hpp"
#include "launch/launch.cuh"

#include <chrono>
#include <cstring>
#include <deque>
#include <thread>
#include <vector>

namespace protolith::kernels::cuda {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

ncclDataType_t nccl_type(DataType type) {
    switch (type) {
        case DataType::float32:
            return ncclFloat32;
        case DataType::float64:
            return ncclFloat64;
        default:
            throw DeviceError("sums over ranks are taken in float32 or float64, not in bfloat16");
    }
}

cudaEvent_t new_event() {
    cudaEvent_t event = nullptr;
    PROTOLITH_CUDA_CHECK(cudaEventCreateWithFlags(&event, cudaEventDisableTiming));
    return event;
}

}  // namespace

struct Group::State {
    struct Exchange {
        Number number;
        cudaEvent_t over;
    };

    State(Queue& queue_, double patience_) : queue(queue_), patience(patience_) {
        PROTOLITH_CUDA_CHECK(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
        ready = new_event();
    }
    ~State() {
        static_cast<void>(take_finished());
        if (communicator != nullptr && under_way.empty()) ncclCommDestroy(communicator);
        if (communicator != nullptr && !under_way.empty()) ncclCommAbort(communicator);
        for (const auto& exchange : under_way) cudaEventDestroy(exchange.over);
        for (cudaEvent_t event : spare) cudaEventDestroy(event);
        cudaEventDestroy(ready);
        cudaStreamDestroy(stream);
    }

    /// Lets the stream wait for what the queue has been given, and `exchange` then follow on it.
    template <class Start>
    Number start(Start&& exchange) {
        require_connected();
        PROTOLITH_CUDA_CHECK(cudaEventRecord(ready, stream_of(queue)));
        PROTOLITH_CUDA_CHECK(cudaStreamWaitEvent(stream, ready, 0));
        exchange();
        cudaEvent_t over = spare.empty() ? new_event() : spare.back();
        if (!spare.empty()) spare.pop_back();
        under_way.push_back({++started, over});
        PROTOLITH_CUDA_CHECK(cudaEventRecord(over, stream));
        return started;
    }

    /// Takes note of what is over; cudaErrorNotReady where something is not.
    cudaError_t take_finished() {
        while (!under_way.empty()) {
            const cudaError_t status = cudaEventQuery(under_way.front().over);
            if (status != cudaSuccess) return status;
            spare.push_back(under_way.front().over);
            under_way.pop_front();
        }
        return cudaSuccess;
    }

    void require_good() {
        require_connected();
        ncclResult_t status = ncclSuccess;
        PROTOLITH_NCCL_CHECK(ncclCommGetAsyncError(communicator, &status));
        if (status == ncclSuccess || status == ncclInProgress) return;
        break_off();
        check(status, "NCCL", "an exchange under way");
    }

    void require_connected() const {
        if (communicator == nullptr) throw DeviceError("NCCL: the connection to the other ranks was broken off");
    }

    /// Ends kernels that wait for ranks which do not come.
    void break_off() {
        ncclCommAbort(communicator);
        communicator = nullptr;
    }

    Queue& queue;
    double patience;
    cudaStream_t stream = nullptr;
    cudaEvent_t ready = nullptr;
    ncclComm_t communicator = nullptr;
    std::deque<Exchange> under_way;
    std::vector<cudaEvent_t> spare;
    Number started = 0;
};

Group::Name Group::new_name() {
    ncclUniqueId id;
    PROTOLITH_NCCL_CHECK(ncclGetUniqueId(&id));
    static_assert(sizeof(Name) == sizeof id);
    Name name;
    std::memcpy(name.data(), &id, sizeof id);
    return name;
}

Group::Group(Queue& queue, const Name& name, int rank, int size, double patience)
    : state_(std::make_unique<State>(queue, patience)) {
    ncclUniqueId id;
    std::memcpy(&id, name.data(), sizeof id);
    PROTOLITH_NCCL_CHECK(ncclCommInitRank(&state_->communicator, size, id, rank));
}

Group::~Group() = default;

Group::Number Group::start_sum(void* elements, std::int64_t count, DataType type) {
    return state_->start([&] {
        PROTOLITH_NCCL_CHECK(ncclAllReduce(elements, elements, static_cast<std::size_t>(count), nccl_type(type),
                                           ncclSum, state_->communicator, state_->stream));
    });
}

Group::Number Group::start_broadcast(void* data, std::size_t bytes, int root) {
    return state_->start([&] {
        PROTOLITH_NCCL_CHECK(ncclBroadcast(data, data, bytes, ncclUint8, root, state_->communicator, state_->stream));
    });
}

bool Group::done(Number exchange) {
    state_->require_good();
    if (const cudaError_t status = state_->take_finished(); status != cudaErrorNotReady) PROTOLITH_CUDA_CHECK(status);
    return state_->under_way.empty() || state_->under_way.front().number > exchange;
}

void Group::wait(Number exchange) {
    const auto start = Clock::now();
    // the host is waited with, so what the queue is given from now on comes after the exchange without an event
    while (!done(exchange)) {
        if (seconds_since(start) > state_->patience) {
            state_->break_off();
            throw DeviceError("NCCL: exchange " + std::to_string(exchange) + " was not joined by every rank within " +
                              std::to_string(static_cast<long>(state_->patience)) +
                              " s; a rank has ended or hangs (PROTOLITH_PEER_TIMEOUT changes the time)");
        }
        std::this_thread::yield();
    }
}

}  // namespace protolith::kernels::cuda
