// Streams, events and captures of the stand-in runtime, as they look from inside.
#pragma once

#include "standin/runtime/runtime.hpp"

#include <chrono>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <vector>

namespace standin {

struct Capture;

/// A point in a stream's work: what an event that was recorded stands for.
struct Mark {
    CUstream_st* stream = nullptr;
    bool done = false;
    std::chrono::steady_clock::time_point time{};
    Capture* capture = nullptr;                      // in which it was recorded
    std::map<CUstream_st*, std::size_t> known = {};  // of a capture: how much of every stream lies before
};

/// Device work, or a mark that is passed (`record`) or waited for (`wait`).
struct Item {
    const char* what;
    std::function<void()> work;
    std::shared_ptr<Mark> record, wait;
};

/// A graph being captured, beginning at one stream and taking in those that wait for its events.
struct Capture {
    CUstream_st* origin;
    cudaStreamCaptureMode mode;
    std::vector<Item> items;
    std::map<CUstream_st*, std::size_t> last;                           // of each stream, its last item's number
    std::map<CUstream_st*, std::map<CUstream_st*, std::size_t>> known;  // what each stream has waited for
    bool invalid = false;
};

/// All that the runtime knows, one object a process.
struct Device {
    int current = 0;
    std::set<CUstream_st*> streams;
    Schedule schedule = Schedule::eager;
    std::mt19937 random{1};
    std::exception_ptr failure;  // of device work, not yet told
    cudaError_t last_error = cudaSuccess;
    std::vector<std::unique_ptr<Capture>> captures;
    std::map<const void*, std::size_t> allowed_shared;
    std::map<const void*, std::size_t> pinned;

    /// Remembers what a call returns, for cudaGetLastError().
    cudaError_t returns(cudaError_t code) {
        if (code != cudaSuccess && code != cudaErrorNotReady) last_error = code;
        return code;
    }
};
Device& device();

void append(CUstream_st& stream, Item item);
/// Works the stream off, until `until` (null: all of it) is passed.
void advance(CUstream_st& stream, const Mark* until);
/// Throws what device work has thrown, once.
void tell_failure();
void finish_all();
Capture* capture_of(cudaStream_t stream);

}  // namespace standin

struct CUstream_st {
    std::deque<standin::Item> items;
    standin::Capture* capture = nullptr;
    int priority = 0;
};

struct CUevent_st {
    std::shared_ptr<standin::Mark> mark;
    bool timing = true;
};
