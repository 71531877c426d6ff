// Opening and ending what a queue's kernels run on.
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

/// CUDA: makes `device` current and a stream on it. CPU: gives this process's kernels `threads` threads.
PROTOLITH_KERNEL(void open_stream(void*& stream, int threads, int device))
PROTOLITH_KERNEL(void close_stream(void* stream))
PROTOLITH_KERNEL(void synchronise_stream(void* stream))

}  // namespace protolith::kernels
