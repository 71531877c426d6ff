// The stand-in for the CUDA runtime, for tests: streams, events and graphs that the host works off, and device memory
// that the host cannot touch. Stand-ins of libraries put their device work into streams by enqueue() and check their
// arguments by require_device().
#pragma once

#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>

#include <cuda_runtime_api.h>

namespace standin {

/// A call that the real library would refuse, or that it would take and do harm with.
struct Misuse : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// When work in streams is done: at once; only when somebody waits for it; or at random moments in between. The
/// environment's PROTOLITH_STANDIN_SCHEDULE (eager, lazy, random) sets it at the start; eager without.
enum class Schedule { eager, lazy, random };
void set_schedule(Schedule schedule, unsigned seed = 1);

/// Puts device work behind what is in the stream (or into the graph that is being captured from it). While it runs, it
/// may touch device memory. What it throws, the next call of the runtime that waits throws.
void enqueue(cudaStream_t stream, const char* what, std::function<void()> work);

/// Does everything in the stream up to now, with the streams it waits for.
void finish(cudaStream_t stream);

/// The stream is being captured into a graph.
bool capturing(cudaStream_t stream);

/// [pointer, pointer + bytes) lies in one allocation of device memory.
bool is_device(const void* pointer, std::size_t bytes = 1);
/// Misuse, naming the call and the argument, unless it does and is aligned.
void require_device(const void* pointer, std::size_t bytes, const char* call, const char* argument,
                    std::size_t alignment = 1);
/// [pointer, pointer + bytes) is pinned host memory.
bool is_pinned(const void* pointer, std::size_t bytes = 1);

/// Largest dynamic shared memory that cudaFuncSetAttribute has allowed this kernel.
std::size_t allowed_shared(const void* kernel);

/// Bytes of device memory that are allocated now.
std::size_t device_bytes();

}  // namespace standin
