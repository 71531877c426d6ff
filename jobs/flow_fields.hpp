// What is taken from a steady flow: its numbers, a slice and a histogram, and its fields in a file.
#pragma once

#include "flow/steady.hpp"
#include "flow_case.hpp"
#include "io/provenance.hpp"

#include <filesystem>

namespace protolith::jobs {

/// Measures a flow that has come to its end; `viscosity`: of the fluid, Pa s. Collective over the solver's ranks.
template <class T>
FlowOutcome measure_flow(const flow::Solver<T>& solver, const typename flow::Solver<T>::Fields& fields,
                         const FlowCase& flow, const Rock& rock, double viscosity, const Scales& scales,
                         const flow::SteadyResult& steady);

/// Velocity (m/s) and pressure (Pa, less the mean) as parallel HDF5 with an XDMF sidecar. Collective over `comm`.
template <class T>
void write_fields(const Communicator& comm, const std::filesystem::path& path, const io::Provenance& provenance,
                  const Block& block, const typename flow::Solver<T>::Fields& fields, const FlowCase& flow,
                  const Rock& rock, const Scales& scales);

}  // namespace protolith::jobs
