#include "flow/kokkos_scope.hpp"

#include <Kokkos_Core.hpp>

namespace protolith::flow {

KokkosScope::KokkosScope() : mine_(!Kokkos::is_initialized()) {
    if (mine_) Kokkos::initialize();
}
KokkosScope::~KokkosScope() {
    if (mine_) Kokkos::finalize();
}

std::string execution_space() { return Kokkos::DefaultExecutionSpace::name(); }

}  // namespace protolith::flow
