// Which GPU serves which rank: one rank a GPU.
#pragma once

#include "base/communicator.hpp"

#include <functional>
#include <string>

namespace protolith::parallel {

/// The index of this rank's GPU among the `visible` ones that its process sees (at least 1): its place on the node,
/// whether all ranks of a node see all GPUs (mpirun) or each its own (SLURM's --gpus-per-task, CUDA_VISIBLE_DEVICES).
/// `identity` tells the GPU of an index from all others of the node. InputError naming the node where two ranks would
/// share one. Collective.
int gpu_of_rank(const Communicator& comm, int visible, const std::function<std::string(int index)>& identity);

}  // namespace protolith::parallel
