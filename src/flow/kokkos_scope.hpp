// Kokkos by RAII: one in a program that computes flow, after MPI has started and before the first solver.
#pragma once

#include <string>

namespace protolith::flow {

/// Starts Kokkos unless someone has, and ends it if it was started here. Kokkos starts once in a process.
class KokkosScope {
  public:
    KokkosScope();
    ~KokkosScope();
    KokkosScope(const KokkosScope&) = delete;
    KokkosScope& operator=(const KokkosScope&) = delete;

  private:
    bool mine_;
};

/// Name of the space that the solver runs in: "Serial", "OpenMP", "Cuda".
std::string execution_space();

}  // namespace protolith::flow
