// The stand-in for NCCL: the symbols that the program uses, between processes of one machine. Arguments are checked as
// the library does; what it would answer by hanging or by wrong numbers (ranks that call different exchanges, memory of
// the host) is a Misuse. Sums are taken in the order of the ranks, so that every rank has the same bits.
#include "standin/nccl/meeting.hpp"
#include "standin/runtime/runtime.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

#include <nccl.h>

using standin::Announcement;
using standin::Meeting;

/// One rank's end of a group.
struct ncclComm {
    std::shared_ptr<Meeting> meeting;
    int device = 0;
    std::shared_ptr<int> under_way = std::make_shared<int>(0);
    std::shared_ptr<ncclResult_t> failure = std::make_shared<ncclResult_t>(ncclSuccess);
};

namespace {

std::string last_error;

ncclResult_t refuse(ncclResult_t code, const std::string& text) {
    last_error = text;
    return code;
}

struct Type {
    const char* name;
    std::size_t bytes;
};

std::optional<Type> type_of(ncclDataType_t type) {
    switch (type) {
        case ncclUint8:
            return Type{"uint8", 1};
        case ncclFloat32:
            return Type{"float32", 4};
        case ncclFloat64:
            return Type{"float64", 8};
        default:
            return std::nullopt;
    }
}

/// The exchange in parts that fit: work(first byte, bytes) between two barriers each.
template <class Give, class Take>
void by_parts(Meeting& meeting, std::size_t bytes, Give&& give, Take&& take) {
    for (std::size_t first = 0; first < bytes; first += Meeting::part_bytes) {
        const std::size_t size = std::min(bytes - first, Meeting::part_bytes);
        give(first, size);
        meeting.barrier();
        take(first, size);
        meeting.barrier();
    }
}

template <class T>
void sum_parts(const Meeting& meeting, T* to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        T sum{};
        for (int rank = 0; rank < meeting.size(); ++rank) {
            T value;
            std::memcpy(&value, meeting.part(rank) + i * sizeof(T), sizeof value);
            sum = rank == 0 ? value : sum + value;
        }
        to[i] = sum;
    }
}

void all_reduce(Meeting& meeting, const void* from, void* to, std::size_t bytes, ncclDataType_t type) {
    by_parts(
        meeting, bytes,
        [&](std::size_t first, std::size_t size) {
            std::memcpy(meeting.part(meeting.rank()), static_cast<const char*>(from) + first, size);
        },
        [&](std::size_t first, std::size_t size) {
            char* const at = static_cast<char*>(to) + first;
            if (type == ncclFloat32)
                sum_parts(meeting, reinterpret_cast<float*>(at), size / sizeof(float));
            else
                sum_parts(meeting, reinterpret_cast<double*>(at), size / sizeof(double));
        });
}

void broadcast(Meeting& meeting, const void* from, void* to, std::size_t bytes, int root) {
    by_parts(
        meeting, bytes,
        [&](std::size_t first, std::size_t size) {
            if (meeting.rank() == root) std::memcpy(meeting.part(root), static_cast<const char*>(from) + first, size);
        },
        [&](std::size_t first, std::size_t size) {
            std::memcpy(static_cast<char*>(to) + first, meeting.part(root), size);
        });
}

/// Checks what both calls have in common and puts the exchange into the stream.
template <class Work>
ncclResult_t start(const char* call, const void* from, void* to, std::size_t count, ncclDataType_t datatype, int root,
                   ncclComm_t comm, cudaStream_t stream, Work work) {
    if (comm == nullptr) return refuse(ncclInvalidArgument, std::string(call) + " : comm is NULL");
    if (*comm->failure != ncclSuccess) return *comm->failure;
    const auto type = type_of(datatype);
    if (!type) return refuse(ncclInvalidArgument, std::string(call) + " : invalid type " + std::to_string(datatype));
    if (count > 0 && (from == nullptr || to == nullptr))
        return refuse(ncclInvalidArgument, std::string(call) + " : buffer is NULL");
    int device = -1;
    cudaGetDevice(&device);
    if (device != comm->device)
        return refuse(ncclInvalidUsage, std::string(call) + " : device " + std::to_string(device) +
                                            " is current, the communicator is of device " +
                                            std::to_string(comm->device));
    const std::size_t bytes = count * type->bytes;
    if (bytes > 0) {
        standin::require_device(from, bytes, call, "sendbuff", type->bytes);
        standin::require_device(to, bytes, call, "recvbuff", type->bytes);
    }
    Announcement announcement;
    std::strncpy(announcement.call, call, sizeof announcement.call - 1);
    std::strncpy(announcement.type, type->name, sizeof announcement.type - 1);
    announcement.count = count;
    announcement.root = root;
    ++*comm->under_way;
    standin::enqueue(stream, call, [=, meeting = comm->meeting, under_way = comm->under_way, failure = comm->failure] {
        --*under_way;
        if (*failure != ncclSuccess) return;
        try {
            meeting->agree(announcement);
            work(*meeting, bytes);
        } catch (const standin::Gone& gone) {
            *failure = refuse(ncclRemoteError, std::string(call) + " : " + gone.what());
        }
    });
    return ncclSuccess;
}

/// What tells the current device from those of other processes.
std::string current_device(int& index) {
    cudaDeviceProp properties{};
    if (cudaGetDevice(&index) != cudaSuccess || cudaGetDeviceProperties(&properties, index) != cudaSuccess)
        throw standin::CannotMeet("no CUDA device is current");
    std::string name = "CUDA device " + std::to_string(index) + " ";
    for (const int number : {properties.pciDomainID, properties.pciBusID, properties.pciDeviceID})
        name += "." + std::to_string(number);
    return name;
}

}  // namespace

extern "C" {

const char* ncclGetErrorString(ncclResult_t result) {
    constexpr const char* texts[] = {"no error",
                                     "unhandled cuda error",
                                     "unhandled system error",
                                     "internal error",
                                     "invalid argument",
                                     "invalid usage",
                                     "remote process exited or there was a network error",
                                     "NCCL operation in progress"};
    return result >= 0 && result < ncclNumResults ? texts[result] : "unknown result code";
}

const char* ncclGetLastError(ncclComm_t /*comm*/) { return last_error.c_str(); }

ncclResult_t ncclGetVersion(int* version) {
    if (version == nullptr) return refuse(ncclInvalidArgument, "GetVersion : version is NULL");
    *version = NCCL_VERSION_CODE;
    return ncclSuccess;
}

ncclResult_t ncclGetUniqueId(ncclUniqueId* id) {
    if (id == nullptr) return refuse(ncclInvalidArgument, "GetUniqueId : uniqueId is NULL");
    *id = {};
    const std::string name = Meeting::new_name();
    std::copy(name.begin(), name.end(), id->internal);
    return ncclSuccess;
}

ncclResult_t ncclCommInitRank(ncclComm_t* comm, int ranks, ncclUniqueId id, int rank) {
    if (comm == nullptr) return refuse(ncclInvalidArgument, "CommInitRank : comm is NULL");
    const std::string name(id.internal, strnlen(id.internal, sizeof id.internal));
    if (!name.starts_with("/standin_nccl_"))
        return refuse(ncclInvalidArgument, "CommInitRank : the unique id was not made by ncclGetUniqueId");
    try {
        auto made = std::make_unique<ncclComm>();
        const std::string device = current_device(made->device);
        made->meeting = std::make_shared<Meeting>(name, rank, ranks, device);
        *comm = made.release();
        return ncclSuccess;
    } catch (const standin::CannotMeet& error) {
        return refuse(ncclInvalidUsage, std::string("CommInitRank : ") + error.what());
    }
}

ncclResult_t ncclCommGetAsyncError(ncclComm_t comm, ncclResult_t* result) {
    if (comm == nullptr || result == nullptr) return refuse(ncclInvalidArgument, "CommGetAsyncError : NULL");
    *result = *comm->failure;
    return ncclSuccess;
}

ncclResult_t ncclCommDestroy(ncclComm_t comm) {
    if (comm == nullptr) return ncclSuccess;
    if (*comm->under_way > 0)
        return refuse(ncclInvalidUsage, "CommDestroy : " + std::to_string(*comm->under_way) +
                                            " exchanges are under way (ncclCommAbort breaks them off)");
    delete comm;
    return ncclSuccess;
}

ncclResult_t ncclCommAbort(ncclComm_t comm) {
    if (comm == nullptr) return ncclSuccess;
    *comm->failure = ncclInvalidUsage;  // what is still in streams is passed over
    delete comm;
    return ncclSuccess;
}

ncclResult_t ncclAllReduce(const void* from, void* to, size_t count, ncclDataType_t datatype, ncclRedOp_t op,
                           ncclComm_t comm, cudaStream_t stream) {
    if (op != ncclSum) return refuse(ncclInvalidArgument, "AllReduce : the stand-in knows ncclSum alone");
    if (datatype == ncclUint8) return refuse(ncclInvalidArgument, "AllReduce : the stand-in sums floats alone");
    return start("AllReduce", from, to, count, datatype, -1, comm, stream,
                 [=](Meeting& meeting, std::size_t bytes) { all_reduce(meeting, from, to, bytes, datatype); });
}

ncclResult_t ncclBroadcast(const void* from, void* to, size_t count, ncclDataType_t datatype, int root, ncclComm_t comm,
                           cudaStream_t stream) {
    if (comm != nullptr && (root < 0 || root >= comm->meeting->size()))
        return refuse(ncclInvalidArgument, "Broadcast : invalid root " + std::to_string(root));
    return start("Broadcast", from, to, count, datatype, root, comm, stream,
                 [=](Meeting& meeting, std::size_t bytes) { broadcast(meeting, from, to, bytes, root); });
}

}  // extern "C"
