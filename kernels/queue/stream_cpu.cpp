#include "queue/stream.hpp"

#include <omp.h>

namespace protolith::kernels::cpu {

void open_stream(void*& stream, int threads, int /*device*/) {
    stream = nullptr;
    omp_set_num_threads(threads);  // also what oneDNN's primitives use
}

void close_stream(void* /*stream*/) {}

void synchronise_stream(void* /*stream*/) {}

}  // namespace protolith::kernels::cpu
