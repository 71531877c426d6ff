// The runtime's calls for capturing work into a graph and launching it. A graph runs its work in the order in which it
// was captured; that every stream which the capture took in is joined again is checked as the real one does.
#include "standin/runtime/streams.hpp"

#include <algorithm>

using standin::device;

struct CUgraph_st {
    std::vector<standin::Item> items;
};
struct CUgraphExec_st {
    std::shared_ptr<const std::vector<standin::Item>> items;
};

namespace {

bool joined(const standin::Capture& capture) {
    const auto known = capture.known.find(capture.origin);
    return std::all_of(capture.last.begin(), capture.last.end(), [&](const auto& entry) {
        if (entry.first == capture.origin || entry.second == 0) return true;
        if (known == capture.known.end()) return false;
        const auto seen = known->second.find(entry.first);
        return seen != known->second.end() && seen->second >= entry.second;
    });
}

}  // namespace

cudaError_t cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode mode) {
    if (!stream || device().streams.count(stream) == 0) return device().returns(cudaErrorInvalidResourceHandle);
    if (stream->capture) return device().returns(cudaErrorIllegalState);
    auto capture = std::make_unique<standin::Capture>();
    capture->origin = stream;
    capture->mode = mode;
    stream->capture = capture.get();
    device().captures.push_back(std::move(capture));
    return cudaSuccess;
}

cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* graph) {
    *graph = nullptr;
    auto* const capture = standin::capture_of(stream);
    if (!capture) return device().returns(cudaErrorIllegalState);
    if (capture->origin != stream) return device().returns(cudaErrorStreamCaptureUnmatched);
    const cudaError_t code = capture->invalid    ? cudaErrorStreamCaptureInvalidated
                             : !joined(*capture) ? cudaErrorStreamCaptureUnjoined
                                                 : cudaSuccess;
    if (code == cudaSuccess) *graph = new CUgraph_st{std::move(capture->items)};
    for (CUstream_st* other : device().streams)
        if (other->capture == capture) other->capture = nullptr;
    std::erase_if(device().captures, [&](const auto& entry) { return entry.get() == capture; });
    return device().returns(code);
}

cudaError_t cudaStreamIsCapturing(cudaStream_t stream, cudaStreamCaptureStatus* status) {
    const auto* const capture = standin::capture_of(stream);
    *status = !capture           ? cudaStreamCaptureStatusNone
              : capture->invalid ? cudaStreamCaptureStatusInvalidated
                                 : cudaStreamCaptureStatusActive;
    return cudaSuccess;
}

cudaError_t cudaGraphInstantiate(cudaGraphExec_t* exec, cudaGraph_t graph, unsigned long long /*flags*/) {
    *exec = new CUgraphExec_st{std::make_shared<std::vector<standin::Item>>(graph->items)};
    return cudaSuccess;
}

cudaError_t cudaGraphLaunch(cudaGraphExec_t exec, cudaStream_t stream) {
    if (standin::capturing(stream)) return device().returns(cudaErrorStreamCaptureUnsupported);
    standin::enqueue(stream, "graph", [items = exec->items] {
        for (const auto& item : *items) item.work();
    });
    return cudaSuccess;
}

cudaError_t cudaGraphGetNodes(cudaGraph_t graph, cudaGraphNode_t* /*nodes*/, std::size_t* count) {
    *count = graph->items.size();
    return cudaSuccess;
}

cudaError_t cudaGraphExecDestroy(cudaGraphExec_t exec) {
    delete exec;
    return cudaSuccess;
}

cudaError_t cudaGraphDestroy(cudaGraph_t graph) {
    delete graph;
    return cudaSuccess;
}
