// The runtime's calls for streams and events.
#include "standin/runtime/streams.hpp"

#include <algorithm>

using standin::device;

namespace {

bool is_open(cudaStream_t stream) { return stream && device().streams.count(stream) > 0; }

/// A call that must not be made while the stream is captured: the capture is lost.
bool refused_in_capture(cudaStream_t stream) {
    if (!standin::capturing(stream)) return false;
    stream->capture->invalid = true;
    return true;
}

bool is_going_on(const standin::Capture* capture) {
    return std::any_of(device().captures.begin(), device().captures.end(),
                       [&](const auto& entry) { return entry.get() == capture; });
}

/// Closing must not throw: what the work threw is told by the next call that may.
void finish_quietly(CUstream_st& stream) { standin::advance(stream, nullptr); }

void merge(std::map<CUstream_st*, std::size_t>& into, const std::map<CUstream_st*, std::size_t>& from) {
    for (const auto& [stream, number] : from) into[stream] = std::max(into[stream], number);
}

}  // namespace

cudaError_t cudaStreamCreateWithPriority(cudaStream_t* stream, unsigned int flags, int priority) {
    if (flags != cudaStreamNonBlocking) return device().returns(cudaErrorInvalidValue);  // none here waits for default
    *stream = new CUstream_st{.items = {}, .capture = nullptr, .priority = priority};
    device().streams.insert(*stream);
    return cudaSuccess;
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned int flags) {
    return cudaStreamCreateWithPriority(stream, flags, 0);
}

cudaError_t cudaDeviceGetStreamPriorityRange(int* least, int* greatest) {
    *least = 0;
    *greatest = -5;
    return cudaSuccess;
}

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
    if (!is_open(stream)) return device().returns(cudaErrorInvalidResourceHandle);
    finish_quietly(*stream);
    device().streams.erase(stream);
    delete stream;
    return cudaSuccess;
}

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
    if (!is_open(stream)) return device().returns(cudaErrorInvalidResourceHandle);
    if (refused_in_capture(stream)) return device().returns(cudaErrorStreamCaptureUnsupported);
    standin::finish(stream);
    return cudaSuccess;
}

cudaError_t cudaDeviceSynchronize() {
    for (CUstream_st* stream : device().streams)
        if (refused_in_capture(stream)) return device().returns(cudaErrorStreamCaptureUnsupported);
    standin::finish_all();
    standin::tell_failure();
    return cudaSuccess;
}

cudaError_t cudaStreamQuery(cudaStream_t stream) {
    if (!is_open(stream)) return device().returns(cudaErrorInvalidResourceHandle);
    if (refused_in_capture(stream)) return device().returns(cudaErrorStreamCaptureUnsupported);
    const bool ready = stream->items.empty();
    if (!ready && device().schedule != standin::Schedule::eager) standin::advance(*stream, nullptr);  // time goes by
    return ready ? cudaSuccess : cudaErrorNotReady;
}

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned int flags) {
    *event = new CUevent_st{.mark = nullptr, .timing = (flags & cudaEventDisableTiming) == 0};
    return cudaSuccess;
}

cudaError_t cudaEventDestroy(cudaEvent_t event) {
    delete event;
    return cudaSuccess;
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
    if (!event || !is_open(stream)) return device().returns(cudaErrorInvalidResourceHandle);
    event->mark = std::make_shared<standin::Mark>();
    event->mark->stream = stream;
    if (auto* const capture = stream->capture) {
        event->mark->capture = capture;
        event->mark->known = capture->known[stream];
        event->mark->known[stream] = capture->last[stream];
    } else {
        standin::append(*stream, {"record of an event", nullptr, event->mark, nullptr});
    }
    return cudaSuccess;
}

cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned int /*flags*/) {
    if (!event || !is_open(stream)) return device().returns(cudaErrorInvalidResourceHandle);
    if (!event->mark) return cudaSuccess;  // never recorded: nothing to wait for
    auto* const capture = event->mark->capture;
    if (capture && !is_going_on(capture)) return device().returns(cudaErrorCapturedEvent);
    if (stream->capture && stream->capture != capture) {
        stream->capture->invalid = true;  // work outside the graph cannot be waited for inside
        return device().returns(cudaErrorStreamCaptureIsolation);
    }
    if (capture) {
        stream->capture = capture;
        merge(capture->known[stream], event->mark->known);
    } else {
        standin::append(*stream, {"wait for an event", nullptr, nullptr, event->mark});
    }
    return cudaSuccess;
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
    if (!event) return device().returns(cudaErrorInvalidResourceHandle);
    if (!event->mark) return cudaSuccess;
    if (event->mark->capture) return device().returns(cudaErrorCapturedEvent);
    if (!event->mark->done) standin::advance(*event->mark->stream, event->mark.get());
    standin::tell_failure();
    return cudaSuccess;
}

cudaError_t cudaEventQuery(cudaEvent_t event) {
    if (!event) return device().returns(cudaErrorInvalidResourceHandle);
    if (!event->mark || event->mark->done) return cudaSuccess;
    if (event->mark->capture) return device().returns(cudaErrorCapturedEvent);
    standin::advance(*event->mark->stream, event->mark.get());  // done when it is asked for again
    return cudaErrorNotReady;
}

cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t start, cudaEvent_t end) {
    if (!start || !end || !start->mark || !end->mark || !start->timing || !end->timing)
        return device().returns(cudaErrorInvalidResourceHandle);
    if (!start->mark->done || !end->mark->done) return device().returns(cudaErrorNotReady);
    *milliseconds = std::chrono::duration<float, std::milli>(end->mark->time - start->mark->time).count();
    return cudaSuccess;
}
