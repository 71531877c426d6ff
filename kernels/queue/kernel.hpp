// How an operation is declared once and defined twice: op.hpp says PROTOLITH_KERNEL(void op(Queue&, …)); op_cpu.cpp
// defines kernels::cpu::op, op.cu defines kernels::cuda::op, and PROTOLITH_LAUNCH(queue, op(…)) chooses by the queue's
// backend.
#pragma once

#include "queue/profile.hpp"
#include "queue/queue.hpp"
#include "queue/types.hpp"

/// Declares an operation for both backends, inside namespace protolith::kernels.
#define PROTOLITH_KERNEL(...) \
    namespace cpu {           \
    __VA_ARGS__;              \
    }                         \
    namespace cuda {          \
    __VA_ARGS__;              \
    }

/// The one place where a backend is chosen.
#if defined(PROTOLITH_CUDA)
#define PROTOLITH_LAUNCH(queue, ...)                                    \
    do {                                                                \
        const ::protolith::kernels::Launch launch{queue, #__VA_ARGS__}; \
        if ((queue).backend() == ::protolith::kernels::Backend::cuda)   \
            ::protolith::kernels::cuda::__VA_ARGS__;                    \
        else                                                            \
            ::protolith::kernels::cpu::__VA_ARGS__;                     \
    } while (false)
#else
#define PROTOLITH_LAUNCH(queue, ...) \
    (::protolith::kernels::Launch(queue, #__VA_ARGS__), ::protolith::kernels::cpu::__VA_ARGS__)
#endif
