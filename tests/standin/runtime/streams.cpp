#include "standin/runtime/streams.hpp"

#include "standin/runtime/arena.hpp"

#include <cstdlib>
#include <string>
#include <utility>

namespace standin {
namespace {

Schedule schedule_of_environment() {
    const char* text = std::getenv("PROTOLITH_STANDIN_SCHEDULE");
    if (!text || std::string(text) == "eager") return Schedule::eager;
    if (std::string(text) == "lazy") return Schedule::lazy;
    if (std::string(text) == "random") return Schedule::random;
    throw Misuse("PROTOLITH_STANDIN_SCHEDULE is eager, lazy or random");
}

/// Does the first item of a stream.
void step(CUstream_st& stream) {
    const Item item = std::move(stream.items.front());
    stream.items.pop_front();
    if (item.wait && !item.wait->done) advance(*item.wait->stream, item.wait.get());
    if (item.record) {
        item.record->done = true;
        item.record->time = std::chrono::steady_clock::now();
    }
    if (!item.work || device().failure) return;
    try {
        const DeviceAccess access;
        item.work();
    } catch (...) {
        device().failure = std::current_exception();
    }
}

}  // namespace

Device& device() {
    static Device* const only = [] {
        auto* const made = new Device;
        made->schedule = schedule_of_environment();
        return made;
    }();
    return *only;
}

void set_schedule(Schedule schedule, unsigned seed) {
    finish_all();
    device().schedule = schedule;
    device().random.seed(seed);
}

void advance(CUstream_st& stream, const Mark* until) {
    while (!stream.items.empty() && !(until && until->done)) step(stream);
}

void append(CUstream_st& stream, Item item) {
    constexpr std::size_t most = 20000;  // a device has room for so much work ahead, then the host waits
    stream.items.push_back(std::move(item));
    Device& d = device();
    if (d.schedule == Schedule::eager || stream.items.size() > most) advance(stream, nullptr);
    if (d.schedule == Schedule::random)
        for (CUstream_st* other : d.streams)
            for (std::size_t n = d.random() % 4; n > 0 && !other->items.empty(); --n) step(*other);
    if (d.schedule == Schedule::eager) tell_failure();
}

void tell_failure() {
    if (!device().failure) return;
    for (CUstream_st* stream : device().streams) stream->items.clear();
    std::rethrow_exception(std::exchange(device().failure, nullptr));
}

void finish_all() {
    for (CUstream_st* stream : device().streams) advance(*stream, nullptr);
}

Capture* capture_of(cudaStream_t stream) { return stream ? stream->capture : nullptr; }
bool capturing(cudaStream_t stream) { return capture_of(stream) != nullptr; }

void enqueue(cudaStream_t stream, const char* what, std::function<void()> work) {
    if (!stream || device().streams.count(stream) == 0)
        throw Misuse(std::string(what) + ": not a stream that is open (the default stream is not used)");
    if (Capture* const capture = stream->capture) {
        capture->items.push_back({what, std::move(work), nullptr, nullptr});
        capture->last[stream] = capture->items.size();
        return;
    }
    append(*stream, {what, std::move(work), nullptr, nullptr});
}

void finish(cudaStream_t stream) {
    advance(*stream, nullptr);
    tell_failure();
}

bool is_device(const void* pointer, std::size_t bytes) {
    const auto [begin, size] = arena().find(pointer);
    return begin && static_cast<const char*>(pointer) + bytes <= static_cast<const char*>(begin) + size;
}

bool is_pinned(const void* pointer, std::size_t bytes) {
    const auto& pinned = device().pinned;
    auto after = pinned.upper_bound(pointer);
    if (after == pinned.begin()) return false;
    --after;
    return static_cast<const char*>(pointer) + bytes <= static_cast<const char*>(after->first) + after->second;
}

void require_device(const void* pointer, std::size_t bytes, const char* call, const char* argument,
                    std::size_t alignment) {
    const std::string name = std::string(call) + ": " + argument;
    const auto [begin, size] = arena().find(pointer);
    if (!begin) throw Misuse(name + " is not device memory");
    const auto offset = static_cast<std::size_t>(static_cast<const char*>(pointer) - static_cast<const char*>(begin));
    if (bytes > size - offset)
        throw Misuse(name + " has " + std::to_string(size - offset) + " bytes, but " + std::to_string(bytes) +
                     " are used");
    if (reinterpret_cast<std::uintptr_t>(pointer) % alignment != 0)
        throw Misuse(name + " is not aligned to " + std::to_string(alignment) + " bytes");
}

std::size_t allowed_shared(const void* kernel) {
    const auto found = device().allowed_shared.find(kernel);
    return found == device().allowed_shared.end() ? 0 : found->second;
}

std::size_t device_bytes() { return arena().used(); }

}  // namespace standin
