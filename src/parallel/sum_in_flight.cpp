#include "parallel/sum_in_flight.hpp"

#include <climits>
#include <utility>

namespace protolith::parallel {

SumInFlight::SumInFlight(const Communicator& comm, Tensor tensor) : tensor_(std::move(tensor)) {
    require(tensor_.elements() <= INT_MAX, "a sum over ranks of {} elements at once; at most {}", tensor_.elements(),
            INT_MAX);
    require(tensor_.type() != DataType::bfloat16, "sums over ranks are taken in float32 or float64, not in bfloat16");
    MPI_Iallreduce(MPI_IN_PLACE, tensor_.raw(), static_cast<int>(tensor_.elements()),
                   tensor_.type() == DataType::float64 ? MPI_DOUBLE : MPI_FLOAT, MPI_SUM, comm.handle(), &request_);
}

SumInFlight::~SumInFlight() {
    // Only where an error passes: the other ranks may never answer, so it is not waited for, and MPI may still write
    // into the elements, so they are left to it. The job is about to end.
    if (request_ != MPI_REQUEST_NULL) static_cast<void>(new Tensor(std::move(tensor_)));
}

SumInFlight::SumInFlight(SumInFlight&& other) noexcept
    : tensor_(std::move(other.tensor_)), request_(std::exchange(other.request_, MPI_REQUEST_NULL)) {}

SumInFlight& SumInFlight::operator=(SumInFlight&& other) noexcept {
    std::swap(tensor_, other.tensor_);
    std::swap(request_, other.request_);
    return *this;
}

bool SumInFlight::poll() {
    int done = 1;
    MPI_Test(&request_, &done, MPI_STATUS_IGNORE);
    return done != 0;
}

void SumInFlight::wait() {
    MPI_Wait(&request_, MPI_STATUS_IGNORE);
    tensor_.changed();
    tensor_ = Tensor();
}

}  // namespace protolith::parallel
