#include "parallel/exchange.hpp"

#include "collective/group.hpp"

#include <cstdlib>

namespace protolith::parallel {

double peer_timeout() {
    constexpr double otherwise = 1800;
    const char* text = std::getenv("PROTOLITH_PEER_TIMEOUT");
    if (text == nullptr) return otherwise;
    char* end = nullptr;
    const double seconds = std::strtod(text, &end);
    require_input(end != text && *end == '\0' && seconds > 0,
                  "PROTOLITH_PEER_TIMEOUT = '{}': expected a number of seconds above 0", text);
    return seconds;
}

Exchange::Exchange(const Communicator& comm, [[maybe_unused]] Queue& queue) : comm_(comm) {
#if defined(PROTOLITH_CUDA)
    using kernels::cuda::Group;
    if (comm.size() == 1 || queue.backend() != kernels::Backend::cuda) return;
    Group::Name name{};
    on_root(comm, [&] { name = Group::new_name(); });
    comm.broadcast(name.data(), name.size());
    collectively(comm,
                 [&] { group_ = std::make_shared<Group>(queue, name, comm.rank(), comm.size(), peer_timeout()); });
#endif
}

SumInFlight Exchange::sum(Tensor tensor) const {
    return group_ ? SumInFlight(group_, std::move(tensor)) : SumInFlight(comm_, std::move(tensor));
}

void Exchange::broadcast(const Tensor& tensor) const {
    if (size() == 1 || tensor.elements() == 0) return;
#if defined(PROTOLITH_CUDA)
    if (group_) group_->wait(group_->start_broadcast(tensor.raw(), tensor.bytes(), 0));
#endif
    if (!group_) comm_.broadcast(tensor.raw(), tensor.bytes());
    tensor.changed();
}

}  // namespace protolith::parallel
