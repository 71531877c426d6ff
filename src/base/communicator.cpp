#include "base/communicator.hpp"

#include <algorithm>
#include <climits>
#include <cstdint>
#include <utility>

namespace protolith {

MpiEnvironment::MpiEnvironment(int* argc, char*** argv) { MPI_Init(argc, argv); }
MpiEnvironment::~MpiEnvironment() {
    int finalized = 0;
    MPI_Finalized(&finalized);
    if (!finalized) MPI_Finalize();
}

Communicator::Communicator(MPI_Comm owned, Adopt) : comm_(owned) {
    MPI_Comm_rank(comm_, &rank_);
    MPI_Comm_size(comm_, &size_);
}

Communicator::Communicator(MPI_Comm parent) {
    MPI_Comm_dup(parent, &comm_);
    MPI_Comm_rank(comm_, &rank_);
    MPI_Comm_size(comm_, &size_);
}

Communicator Communicator::split(const Communicator& parent, int color) {
    MPI_Comm part = MPI_COMM_NULL;
    MPI_Comm_split(parent.comm_, color, parent.rank_, &part);
    return Communicator(part, Adopt{});
}

Communicator::~Communicator() {
    int finalized = 0;
    MPI_Finalized(&finalized);
    if (comm_ != MPI_COMM_NULL && !finalized) MPI_Comm_free(&comm_);
}

Communicator::Communicator(Communicator&& other) noexcept
    : comm_(std::exchange(other.comm_, MPI_COMM_NULL)), rank_(other.rank_), size_(other.size_) {}

Communicator& Communicator::operator=(Communicator&& other) noexcept {
    std::swap(comm_, other.comm_);
    std::swap(rank_, other.rank_);
    std::swap(size_, other.size_);
    return *this;
}

namespace {
template <class T>
T reduce(MPI_Comm comm, T value, MPI_Datatype type, MPI_Op op) {
    MPI_Allreduce(MPI_IN_PLACE, &value, 1, type, op, comm);
    return value;
}
template <class T>
void reduce_in_place(MPI_Comm comm, T* values, std::size_t count, MPI_Datatype type) {
    for (std::size_t done = 0; done < count;) {
        const auto part = std::min<std::size_t>(count - done, INT_MAX / 2);
        MPI_Allreduce(MPI_IN_PLACE, values + done, static_cast<int>(part), type, MPI_SUM, comm);
        done += part;
    }
}
}  // namespace

void Communicator::barrier() const { MPI_Barrier(comm_); }
double Communicator::sum(double value) const { return reduce(comm_, value, MPI_DOUBLE, MPI_SUM); }
double Communicator::min(double value) const { return reduce(comm_, value, MPI_DOUBLE, MPI_MIN); }
double Communicator::max(double value) const { return reduce(comm_, value, MPI_DOUBLE, MPI_MAX); }
std::uint64_t Communicator::sum(std::uint64_t value) const { return reduce(comm_, value, MPI_UINT64_T, MPI_SUM); }
bool Communicator::any(bool value) const { return reduce(comm_, value ? 1 : 0, MPI_INT, MPI_MAX) != 0; }
bool Communicator::all(bool value) const { return reduce(comm_, value ? 1 : 0, MPI_INT, MPI_MIN) != 0; }

void Communicator::sum_in_place(double* v, std::size_t n) const { reduce_in_place(comm_, v, n, MPI_DOUBLE); }
void Communicator::sum_in_place(std::uint64_t* v, std::size_t n) const { reduce_in_place(comm_, v, n, MPI_UINT64_T); }
void Communicator::sum_in_place(std::int64_t* v, std::size_t n) const { reduce_in_place(comm_, v, n, MPI_INT64_T); }

void Communicator::broadcast(void* data, std::size_t bytes, int root) const {
    auto* at = static_cast<char*>(data);
    for (std::size_t done = 0; done < bytes;) {
        const auto part = std::min<std::size_t>(bytes - done, INT_MAX / 2);
        MPI_Bcast(at + done, static_cast<int>(part), MPI_BYTE, root, comm_);
        done += part;
    }
}

std::string Communicator::broadcast(std::string text, int root) const {
    std::uint64_t length = text.size();
    broadcast(&length, sizeof length, root);
    text.resize(length);
    broadcast(text.data(), length, root);
    return text;
}

std::vector<std::string> Communicator::all_gather(const std::string& text) const {
    std::vector<std::string> all(static_cast<std::size_t>(size_));
    for (int r = 0; r < size_; ++r) all[static_cast<std::size_t>(r)] = broadcast(r == rank_ ? text : std::string{}, r);
    return all;
}

ItemRange Communicator::share(std::size_t count) const noexcept {
    const auto ranks = static_cast<std::size_t>(size_), me = static_cast<std::size_t>(rank_);
    const std::size_t base = count / ranks, extra = count % ranks;
    const std::size_t first = me * base + std::min(me, extra);
    return {first, first + base + (me < extra ? 1 : 0)};
}

void collectively(const Communicator& comm, const std::function<void()>& work) {
    std::string message;
    int code = -1;
    try {
        work();
    } catch (const Error& e) {
        message = e.what();
        code = static_cast<int>(e.code());
    } catch (const std::exception& e) {
        message = e.what();
        code = static_cast<int>(ExitCode::failure);
    }
    int lowest = code >= 0 ? comm.rank() : comm.size();
    MPI_Allreduce(MPI_IN_PLACE, &lowest, 1, MPI_INT, MPI_MIN, comm.handle());
    if (lowest == comm.size()) return;
    MPI_Bcast(&code, 1, MPI_INT, lowest, comm.handle());
    message = comm.broadcast(message, lowest);
    throw CollectiveError(message, static_cast<ExitCode>(code));
}

void on_root(const Communicator& comm, const std::function<void()>& work) {
    collectively(comm, [&] {
        if (comm.is_root()) work();
    });
}

}  // namespace protolith
