// Running a plan: the checks of cudnnBackendExecute, then the sums.
#include "standin/cudnn/descriptor.hpp"
#include "standin/runtime/runtime.hpp"

#include <algorithm>
#include <cstring>

namespace standin::cudnn {

std::size_t size_of(cudnnBackendAttributeType_t type) {
    switch (type) {
        case CUDNN_TYPE_BOOLEAN:
        case CUDNN_TYPE_CHAR:
            return 1;
        case CUDNN_TYPE_HANDLE:
        case CUDNN_TYPE_INT64:
        case CUDNN_TYPE_DOUBLE:
        case CUDNN_TYPE_VOID_PTR:
        case CUDNN_TYPE_BACKEND_DESCRIPTOR:
            return 8;
        default:
            return 4;  // float32, int32 and the enumerations
    }
}

std::size_t size_of(cudnnDataType_t type) {
    return type == CUDNN_DATA_BFLOAT16 ? 2 : type == CUDNN_DATA_DOUBLE ? 8 : 4;
}

const OperationNames* names_of(cudnnBackendDescriptorType_t type) {
    static constexpr OperationNames forward{
        CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X,     CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W,
        CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y,     CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC,
        CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA};
    static constexpr OperationNames data{
        CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DX,    CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_W,
        CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DY,    CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_CONV_DESC,
        CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_ALPHA, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_BETA};
    static constexpr OperationNames weights{
        CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X,     CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW,
        CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY,    CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC,
        CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA};
    switch (type) {
        case CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR:
            return &forward;
        case CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR:
            return &data;
        case CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR:
            return &weights;
        default:
            return nullptr;
    }
}

Problem problem_of(const Descriptor& graph) {
    const Descriptor& operation = graph.part(CUDNN_ATTR_OPERATIONGRAPH_OPS);
    const OperationNames& names = *names_of(operation.type);
    const Descriptor& window = operation.part(names.window);
    const Descriptor* const tensors[3] = {&operation.part(names.x), &operation.part(names.w), &operation.part(names.y)};
    Problem p;
    p.operation = operation.type;
    std::vector<std::int64_t>* const extents[3] = {&p.x, &p.w, &p.y};
    cudnnDataType_t* const types[3] = {&p.x_type, &p.w_type, &p.y_type};
    for (int i = 0; i < 3; ++i) {
        *extents[i] = tensors[i]->all<std::int64_t>(CUDNN_ATTR_TENSOR_DIMENSIONS);
        *types[i] = tensors[i]->one<cudnnDataType_t>(CUDNN_ATTR_TENSOR_DATA_TYPE);
        p.ids[i] = tensors[i]->one<std::int64_t>(CUDNN_ATTR_TENSOR_UNIQUE_ID);
        p.alignments[i] = tensors[i]->one<std::int64_t>(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT);
        p.alignment = std::min(p.alignment, p.alignments[i]);
    }
    p.before = window.all<std::int64_t>(CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS);
    p.behind = window.all<std::int64_t>(CUDNN_ATTR_CONVOLUTION_POST_PADDINGS);
    p.stride = window.all<std::int64_t>(CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES);
    p.dilation = window.all<std::int64_t>(CUDNN_ATTR_CONVOLUTION_DILATIONS);
    return p;
}

namespace {

std::size_t bytes_of(const std::vector<std::int64_t>& extents, cudnnDataType_t type) {
    std::size_t bytes = size_of(type);
    for (const std::int64_t e : extents) bytes *= static_cast<std::size_t>(e);
    return bytes;
}

/// The operand of that name in the variant pack.
void* operand(const Descriptor& pack, std::int64_t id) {
    const auto ids = pack.all<std::int64_t>(CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS);
    const auto pointers = pack.all<void*>(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS);
    if (ids.size() != pointers.size()) throw Misuse("cudnnBackendExecute: as many names as pointers");
    void* found = nullptr;
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (ids[i] == id) found = pointers[i];
    if (found == nullptr) throw Misuse("cudnnBackendExecute: tensor " + std::to_string(id) + " has no memory");
    return found;
}

bool overlap(const void* a, std::size_t a_bytes, const void* b, std::size_t b_bytes) {
    const auto *p = static_cast<const char*>(a), *q = static_cast<const char*>(b);
    return p < q + b_bytes && q < p + a_bytes;
}

}  // namespace
}  // namespace standin::cudnn

using namespace standin::cudnn;

extern "C" cudnnStatus_t cudnnBackendExecute(cudnnHandle_t handle, cudnnBackendDescriptor_t plan_,
                                             cudnnBackendDescriptor_t pack_) {
    const char* const call = "cudnnBackendExecute";
    const auto &plan = *static_cast<Descriptor*>(plan_), &pack = *static_cast<Descriptor*>(pack_);
    if (!plan.finalised || !pack.finalised) return refuse(CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED, "plan or pack");
    if (plan.one<cudnnHandle_t>(CUDNN_ATTR_EXECUTION_PLAN_HANDLE) != handle)
        return refuse(CUDNN_STATUS_BAD_PARAM, "the plan is of another handle");
    if (!handle->stream_set) throw standin::Misuse("cudnnBackendExecute: the handle has no stream");
    const Descriptor& configuration = plan.part(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG);
    const Problem problem = problem_of(configuration.part(CUDNN_ATTR_ENGINE_OPERATION_GRAPH));

    const std::size_t bytes[3] = {bytes_of(problem.x, problem.x_type), bytes_of(problem.w, problem.w_type),
                                  bytes_of(problem.y, problem.y_type)};
    const char* const names[3] = {"x", "w", "y"};
    void* memory[3];
    for (int i = 0; i < 3; ++i) {
        memory[i] = operand(pack, problem.ids[i]);
        standin::require_device(memory[i], bytes[i], call, names[i], static_cast<std::size_t>(problem.alignments[i]));
        for (int j = 0; j < i; ++j)
            if (overlap(memory[i], bytes[i], memory[j], bytes[j]))
                throw standin::Misuse(std::string(call) + ": " + names[i] + " and " + names[j] + " overlap");
    }
    const std::int64_t wanted = plan.engine->workspace(problem);
    void* const workspace = pack.one<void*>(CUDNN_ATTR_VARIANT_PACK_WORKSPACE);
    if (wanted > 0) {
        standin::require_device(workspace, static_cast<std::size_t>(wanted), call, "workspace", 16);
        for (int i = 0; i < 3; ++i)
            if (overlap(memory[i], bytes[i], workspace, static_cast<std::size_t>(wanted)))
                throw standin::Misuse(std::string(call) + ": the workspace overlaps " + names[i]);
    }
    note_run(*plan.engine);
    const bool tf32 = std::strcmp(plan.engine->name, "tf32") == 0;
    standin::enqueue(handle->stream, call, [=, x = memory[0], w = memory[1], y = memory[2]] {
        if (wanted > 0) std::memset(workspace, 0xff, static_cast<std::size_t>(wanted));
        compute(problem, tf32, x, w, y);
    });
    return CUDNN_STATUS_SUCCESS;
}
