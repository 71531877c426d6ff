// Attributes and their types: NVIDIA cuDNN backend API reference, sections on the convolution operations, engine
// heuristics and execution plans.
#include "cudnn/convolution_plan.hpp"
#include "queue/arithmetic.hpp"

#include <algorithm>

namespace protolith::kernels::cuda::cudnn {
namespace {

// Names of the operands in a variant pack.
constexpr std::int64_t id_x = 1, id_w = 2, id_y = 3;

cudnnDataType_t cudnn_type(DataType type) {
    return type == DataType::bfloat16 ? CUDNN_DATA_BFLOAT16 : CUDNN_DATA_FLOAT;
}

/// Extents and strides as cuDNN orders them, (outer, channels, [depth,] height, width), of an array that has its
/// channels last.
struct Layout {
    std::vector<std::int64_t> extents, strides;

    Layout(std::int64_t outer, std::int64_t channels, const Extent& pixels, int dimensions)
        : extents{outer, channels}, strides{volume(pixels) * channels, 1} {
        std::int64_t stride = volume(pixels) * channels;
        for (std::size_t d = dimensions == 3 ? 0 : 1; d < 3; ++d) {
            stride /= pixels[d];
            extents.push_back(pixels[d]);
            strides.push_back(stride);
        }
    }
};

Descriptor tensor(const Layout& layout, std::int64_t id, DataType type, std::int64_t alignment) {
    Descriptor made(CUDNN_BACKEND_TENSOR_DESCRIPTOR);
    const auto rank = static_cast<std::int64_t>(layout.extents.size());
    made.set(CUDNN_ATTR_TENSOR_DATA_TYPE, cudnn_type(type));
    made.set(CUDNN_ATTR_TENSOR_DIMENSIONS, CUDNN_TYPE_INT64, rank, layout.extents.data());
    made.set(CUDNN_ATTR_TENSOR_STRIDES, CUDNN_TYPE_INT64, rank, layout.strides.data());
    made.set(CUDNN_ATTR_TENSOR_UNIQUE_ID, id);
    made.set(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, alignment);
    made.finalise();
    return made;
}

/// The window: correlation (a kernel that is not flipped), sums in float32.
Descriptor window(const ConvolutionGeometry& g) {
    const std::size_t first = g.dimensions == 3 ? 0 : 1;
    const auto rank = static_cast<std::int64_t>(g.dimensions);
    const Extent dilation{1, 1, 1};
    const auto mode = CUDNN_CROSS_CORRELATION;
    Descriptor made(CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR);
    made.set(CUDNN_ATTR_CONVOLUTION_COMP_TYPE, CUDNN_DATA_FLOAT);
    made.set(CUDNN_ATTR_CONVOLUTION_CONV_MODE, CUDNN_TYPE_CONVOLUTION_MODE, 1, &mode);
    made.set(CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS, rank);
    made.set(CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, CUDNN_TYPE_INT64, rank, g.low.data() + first);
    made.set(CUDNN_ATTR_CONVOLUTION_POST_PADDINGS, CUDNN_TYPE_INT64, rank, g.high.data() + first);
    made.set(CUDNN_ATTR_CONVOLUTION_DILATIONS, CUDNN_TYPE_INT64, rank, dilation.data() + first);
    made.set(CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, CUDNN_TYPE_INT64, rank, g.stride.data() + first);
    made.finalise();
    return made;
}

/// What the three operations call the same things.
struct OperationNames {
    cudnnBackendDescriptorType_t type;
    cudnnBackendAttributeName_t x, w, y, window, alpha, beta;
};

const OperationNames& names_of(Pass pass) {
    static constexpr OperationNames all[3] = {
        {CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X,
         CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y,
         CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA,
         CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA},
        {CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DX,
         CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_W, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DY,
         CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_CONV_DESC, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_ALPHA,
         CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_BETA},
        {CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X,
         CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY,
         CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA,
         CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA}};
    return all[static_cast<int>(pass)];
}

/// Finalises what cuDNN may refuse as unsupported; any other failure is an exception.
bool accepted(Descriptor& descriptor, std::string& refusal) {
    const cudnnStatus_t status = descriptor.try_finalise();
    if (status == CUDNN_STATUS_SUCCESS) return true;
    if (CUDNN_STATUS_CATEGORY(status) != CUDNN_STATUS_NOT_SUPPORTED) PROTOLITH_CUDNN_CHECK(status);
    refusal = describe(status).text;
    return false;
}

/// The graph of one node, last behind what it is made from; nothing where cuDNN refuses it.
std::vector<Descriptor> graph_of(cudnnHandle_t handle, const ConvolutionProblem& problem, std::string& refusal) {
    const ConvolutionGeometry& g = problem.geometry;
    const auto& [x_align, w_align, y_align] = problem.alignment;
    std::vector<Descriptor> parts;
    parts.push_back(tensor({g.batch, g.in_channels, g.x, g.dimensions}, id_x, problem.x, x_align));
    parts.push_back(tensor({g.out_channels, g.in_channels, g.kernel, g.dimensions}, id_w, problem.w, w_align));
    parts.push_back(tensor({g.batch, g.out_channels, g.y, g.dimensions}, id_y, problem.y, y_align));
    parts.push_back(window(g));

    const OperationNames& names = names_of(problem.pass);
    Descriptor operation(names.type);
    operation.set(names.x, parts[0]);
    operation.set(names.w, parts[1]);
    operation.set(names.y, parts[2]);
    operation.set(names.window, parts[3]);
    operation.set(names.alpha, 1.0F);
    operation.set(names.beta, 0.0F);
    if (!accepted(operation, refusal)) return {};

    Descriptor graph(CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR);
    graph.set(CUDNN_ATTR_OPERATIONGRAPH_HANDLE, handle);
    graph.set(CUDNN_ATTR_OPERATIONGRAPH_OPS, operation);
    if (!accepted(graph, refusal)) return {};
    parts.push_back(std::move(operation));
    parts.push_back(std::move(graph));
    return parts;
}

/// Engines with their settings, the most promising first; none where this mode knows none.
std::vector<Descriptor> candidates(const Descriptor& graph, cudnnBackendHeurMode_t mode, std::string& refusal) {
    std::vector<Descriptor> found;
    Descriptor heuristics(CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR);
    heuristics.set(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH, graph);
    heuristics.set(CUDNN_ATTR_ENGINEHEUR_MODE, CUDNN_TYPE_HEUR_MODE, 1, &mode);
    std::int64_t count = 0;
    cudnnStatus_t status = heuristics.try_finalise();
    if (status == CUDNN_STATUS_SUCCESS)
        status = cudnnBackendGetAttribute(heuristics.get(), CUDNN_ATTR_ENGINEHEUR_RESULTS,
                                          CUDNN_TYPE_BACKEND_DESCRIPTOR, 0, &count, nullptr);
    if (status != CUDNN_STATUS_SUCCESS) {
        refusal = describe(status).text;
        return found;
    }
    std::vector<cudnnBackendDescriptor_t> raw;
    for (std::int64_t i = 0; i < count; ++i) {
        found.emplace_back(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR);
        raw.push_back(found.back().get());
    }
    std::int64_t filled = 0;
    if (count > 0)
        PROTOLITH_CUDNN_CHECK(cudnnBackendGetAttribute(heuristics.get(), CUDNN_ATTR_ENGINEHEUR_RESULTS,
                                                       CUDNN_TYPE_BACKEND_DESCRIPTOR, count, &filled, raw.data()));
    found.erase(found.begin() + std::min(filled, count), found.end());
    return found;
}

/// Whether the settings allow what the engine notes about its arithmetic.
bool permitted(const Descriptor& candidate, const Arithmetic& settings, DataType type) {
    const Descriptor engine(CUDNN_BACKEND_ENGINE_DESCRIPTOR);
    cudnnBackendDescriptor_t raw = engine.get();
    std::int64_t count = 0;
    PROTOLITH_CUDNN_CHECK(cudnnBackendGetAttribute(candidate.get(), CUDNN_ATTR_ENGINECFG_ENGINE,
                                                   CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, &count, &raw));
    std::array<cudnnBackendNumericalNote_t, CUDNN_NUMERICAL_NOTE_TYPE_COUNT> notes{};
    PROTOLITH_CUDNN_CHECK(cudnnBackendGetAttribute(engine.get(), CUDNN_ATTR_ENGINE_NUMERICAL_NOTE,
                                                   CUDNN_TYPE_NUMERICAL_NOTE, CUDNN_NUMERICAL_NOTE_TYPE_COUNT, &count,
                                                   notes.data()));
    const std::int64_t known = std::min<std::int64_t>(count, CUDNN_NUMERICAL_NOTE_TYPE_COUNT);
    return std::none_of(notes.begin(), notes.begin() + known, [&](cudnnBackendNumericalNote_t note) {
        switch (note) {
            case CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC:
                return settings.deterministic;
            case CUDNN_NUMERICAL_NOTE_TENSOR_CORE:
                return type == DataType::float32 && !settings.tf32;
            case CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS:          // to half precision, whose range is small
            case CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION:  // sums below float32
                return true;
            default:
                return false;
        }
    });
}

/// Bytes of workspace of a plan that was built.
std::size_t workspace_of(const Descriptor& plan) {
    std::int64_t bytes = 0, count = 0;
    PROTOLITH_CUDNN_CHECK(cudnnBackendGetAttribute(plan.get(), CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE,
                                                   CUDNN_TYPE_INT64, 1, &count, &bytes));
    return static_cast<std::size_t>(bytes);
}

}  // namespace

const char* name_of(Pass pass) {
    return pass == Pass::forward ? "convolution" : pass == Pass::data ? "data pass" : "weight gradient";
}

std::optional<ConvolutionPlan> ConvolutionPlan::find(Queue& queue, const ConvolutionProblem& problem,
                                                     std::string& refusal) {
    const std::shared_ptr<cudnnContext>& handle = queue.state<Library>().handle();
    const Arithmetic& settings = queue.state<Arithmetic>();
    refusal = "no engine that the settings permit";
    std::vector<Descriptor> parts = graph_of(handle.get(), problem, refusal);
    if (parts.empty()) return std::nullopt;
    for (const cudnnBackendHeurMode_t mode : {CUDNN_HEUR_MODE_A, CUDNN_HEUR_MODE_FALLBACK})
        for (Descriptor& candidate : candidates(parts.back(), mode, refusal)) {
            if (!permitted(candidate, settings, problem.x)) continue;
            Descriptor plan(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR);
            plan.set(CUDNN_ATTR_EXECUTION_PLAN_HANDLE, handle.get());
            plan.set(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, candidate);
            if (const cudnnStatus_t status = plan.try_finalise(); status != CUDNN_STATUS_SUCCESS) {
                refusal = describe(status).text;  // the heuristics may name engines that this device cannot build
                continue;
            }
            const std::size_t bytes = workspace_of(plan);
            if (bytes > settings.workspace) {
                refusal = "a workspace of " + std::to_string(bytes) + " bytes where " +
                          std::to_string(settings.workspace) + " are allowed";
                continue;
            }
            parts.push_back(std::move(candidate));
            return ConvolutionPlan(handle, std::move(parts), std::move(plan), bytes);
        }
    return std::nullopt;
}

void ConvolutionPlan::run(Queue& queue, const void* x, const void* w, const void* y) const {
    const Scratch workspace(queue, workspace_);
    void* const memory = workspace.as<void>();
    const std::int64_t ids[] = {id_x, id_w, id_y};
    const void* const operands[] = {x, w, y};
    Descriptor pack(CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR);
    pack.set(CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS, CUDNN_TYPE_INT64, 3, ids);
    pack.set(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS, CUDNN_TYPE_VOID_PTR, 3, operands);
    pack.set(CUDNN_ATTR_VARIANT_PACK_WORKSPACE, CUDNN_TYPE_VOID_PTR, 1, &memory);
    pack.finalise();
    PROTOLITH_CUDNN_CHECK(cudnnBackendExecute(handle_.get(), plan_.get(), pack.get()));
}

}  // namespace protolith::kernels::cuda::cudnn
