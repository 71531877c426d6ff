// Capture of a stream into a graph. The mode is relaxed: the first launch of a kernel may load it, and the graph's pool
// may ask for memory while the work is recorded; neither is part of the graph.
#include "launch/launch.cuh"
#include "queue/graph.hpp"

namespace protolith::kernels::cuda {
namespace {

__global__ void add_one(std::uint32_t* launches) { *launches += 1; }

}  // namespace

void begin_capture(Queue& queue) {
    PROTOLITH_CUDA_CHECK(cudaStreamBeginCapture(stream_of(queue), cudaStreamCaptureModeRelaxed));
}

void end_capture(Queue& queue, void*& graph, std::size_t& nodes) {
    cudaGraph_t recorded = nullptr;
    PROTOLITH_CUDA_CHECK(cudaStreamEndCapture(stream_of(queue), &recorded));
    cudaGraphExec_t ready = nullptr;
    nodes = 0;
    cudaError_t status = cudaGraphGetNodes(recorded, nullptr, &nodes);
    if (status == cudaSuccess) status = cudaGraphInstantiate(&ready, recorded, 0);
    cudaGraphDestroy(recorded);
    check(status, "CUDA", "cudaGraphInstantiate");
    graph = ready;
}

void abandon_capture(Queue& queue) noexcept {
    cudaGraph_t recorded = nullptr;
    cudaStreamEndCapture(stream_of(queue), &recorded);
    if (recorded != nullptr) cudaGraphDestroy(recorded);
    cudaGetLastError();  // the reason is being thrown already
}

void launch_graph(Queue& queue, void* graph) {
    PROTOLITH_CUDA_CHECK(cudaGraphLaunch(static_cast<cudaGraphExec_t>(graph), stream_of(queue)));
}

void drop_graph(void* graph) noexcept { cudaGraphExecDestroy(static_cast<cudaGraphExec_t>(graph)); }

void count_launch(Queue& queue, std::uint32_t* launches) { launch(add_one, 1U, 1, 0, stream_of(queue), launches); }

}  // namespace protolith::kernels::cuda
