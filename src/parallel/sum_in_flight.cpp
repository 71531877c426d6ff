#include "parallel/sum_in_flight.hpp"

#include "collective/group.hpp"

#include <climits>
#include <utility>

namespace protolith::parallel {

namespace {

void require_sum_type(const Tensor& tensor) {
    require(tensor.type() != DataType::bfloat16, "sums over ranks are taken in float32 or float64, not in bfloat16");
}

}  // namespace

SumInFlight::SumInFlight(const Communicator& comm, Tensor tensor) : tensor_(std::move(tensor)) {
    require(tensor_.elements() <= INT_MAX, "a sum over ranks of {} elements at once; at most {}", tensor_.elements(),
            INT_MAX);
    require_sum_type(tensor_);
    MPI_Iallreduce(MPI_IN_PLACE, tensor_.raw(), static_cast<int>(tensor_.elements()),
                   tensor_.type() == DataType::float64 ? MPI_DOUBLE : MPI_FLOAT, MPI_SUM, comm.handle(), &request_);
}

SumInFlight::SumInFlight(std::shared_ptr<kernels::cuda::Group> group, Tensor tensor)
    : tensor_(std::move(tensor)), group_(std::move(group)) {
    require_sum_type(tensor_);
#if defined(PROTOLITH_CUDA)
    if (tensor_.elements() > 0) number_ = group_->start_sum(tensor_.raw(), tensor_.elements(), tensor_.type());
#endif
}

SumInFlight::~SumInFlight() {
    // Only where an error passes: the other ranks may never answer, so it is not waited for, and the exchange may still
    // write into the elements, so they are left to it. The job is about to end.
    if (under_way()) static_cast<void>(new Tensor(std::move(tensor_)));
}

SumInFlight::SumInFlight(SumInFlight&& other) noexcept
    : tensor_(std::move(other.tensor_)),
      request_(std::exchange(other.request_, MPI_REQUEST_NULL)),
      group_(std::move(other.group_)),
      number_(std::exchange(other.number_, 0)) {}

SumInFlight& SumInFlight::operator=(SumInFlight&& other) noexcept {
    std::swap(tensor_, other.tensor_);
    std::swap(request_, other.request_);
    std::swap(group_, other.group_);
    std::swap(number_, other.number_);
    return *this;
}

bool SumInFlight::poll() {
    int done = 1;
    MPI_Test(&request_, &done, MPI_STATUS_IGNORE);
#if defined(PROTOLITH_CUDA)
    if (number_ != 0) return group_->done(number_);
#endif
    return done != 0;
}

void SumInFlight::wait() {
    MPI_Wait(&request_, MPI_STATUS_IGNORE);
#if defined(PROTOLITH_CUDA)
    if (number_ != 0) group_->wait(number_);
    number_ = 0;
#endif
    tensor_.changed();
    tensor_ = Tensor();
}

}  // namespace protolith::parallel
