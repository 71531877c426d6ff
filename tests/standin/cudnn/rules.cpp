// What a descriptor must hold when it is finalised: every attribute that the reference calls required, of the type and
// count that it gives, and the relations between extents.
#include "standin/cudnn/descriptor.hpp"

#include <initializer_list>

namespace standin::cudnn {
namespace {

struct Rule {
    cudnnBackendAttributeName_t name;
    cudnnBackendAttributeType_t type;
    std::int64_t least, most;  // elements
};

cudnnStatus_t follows(const Descriptor& d, std::initializer_list<Rule> rules) {
    for (const Rule& rule : rules) {
        const std::string name = "attribute " + std::to_string(rule.name);
        if (!d.has(rule.name)) return refuse(CUDNN_STATUS_BAD_PARAM, name + " is not set");
        const Attribute& attribute = d.attributes.at(rule.name);
        if (attribute.type != rule.type)
            return refuse(CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE, name + " has another type");
        if (attribute.count < rule.least || attribute.count > rule.most)
            return refuse(CUDNN_STATUS_BAD_PARAM_OUT_OF_BOUND, name + " has another count");
    }
    for (const auto& [name, attribute] : d.attributes) {
        bool known = false;
        for (const Rule& rule : rules) known = known || rule.name == name;
        if (!known)
            return refuse(CUDNN_STATUS_BAD_PARAM, "attribute " + std::to_string(name) + " does not belong here");
    }
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t complete_tensor(const Descriptor& d) {
    const cudnnStatus_t status = follows(d, {{CUDNN_ATTR_TENSOR_DATA_TYPE, CUDNN_TYPE_DATA_TYPE, 1, 1},
                                             {CUDNN_ATTR_TENSOR_DIMENSIONS, CUDNN_TYPE_INT64, 3, CUDNN_DIM_MAX},
                                             {CUDNN_ATTR_TENSOR_STRIDES, CUDNN_TYPE_INT64, 3, CUDNN_DIM_MAX},
                                             {CUDNN_ATTR_TENSOR_UNIQUE_ID, CUDNN_TYPE_INT64, 1, 1},
                                             {CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, CUDNN_TYPE_INT64, 1, 1}});
    if (status != CUDNN_STATUS_SUCCESS) return status;
    const auto extents = d.all<std::int64_t>(CUDNN_ATTR_TENSOR_DIMENSIONS);
    const auto strides = d.all<std::int64_t>(CUDNN_ATTR_TENSOR_STRIDES);
    if (extents.size() != strides.size()) return refuse(CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH, "extents and strides");
    for (const std::int64_t e : extents)
        if (e < 1) return refuse(CUDNN_STATUS_BAD_PARAM, "an extent below 1");
    // channels last, without gaps: the outermost axis, then space, then channels
    std::int64_t expected = extents[1];
    if (strides[1] != 1) return refuse(CUDNN_STATUS_NOT_SUPPORTED_LAYOUT, "channels are not last");
    for (std::size_t axis = extents.size() - 1; axis >= 2; --axis) {
        if (strides[axis] != expected) return refuse(CUDNN_STATUS_NOT_SUPPORTED_LAYOUT, "a gap between rows");
        expected *= extents[axis];
    }
    if (strides[0] != expected) return refuse(CUDNN_STATUS_NOT_SUPPORTED_LAYOUT, "a gap between images");
    const auto alignment = d.one<std::int64_t>(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT);
    const auto element = static_cast<std::int64_t>(size_of(d.one<cudnnDataType_t>(CUDNN_ATTR_TENSOR_DATA_TYPE)));
    if (alignment < element || (alignment & (alignment - 1)) != 0)
        return refuse(CUDNN_STATUS_BAD_PARAM, "an alignment of " + std::to_string(alignment) + " bytes");
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t complete_window(const Descriptor& d) {
    const cudnnStatus_t status =
        follows(d, {{CUDNN_ATTR_CONVOLUTION_COMP_TYPE, CUDNN_TYPE_DATA_TYPE, 1, 1},
                    {CUDNN_ATTR_CONVOLUTION_CONV_MODE, CUDNN_TYPE_CONVOLUTION_MODE, 1, 1},
                    {CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS, CUDNN_TYPE_INT64, 1, 1},
                    {CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, CUDNN_TYPE_INT64, 1, CUDNN_DIM_MAX},
                    {CUDNN_ATTR_CONVOLUTION_POST_PADDINGS, CUDNN_TYPE_INT64, 1, CUDNN_DIM_MAX},
                    {CUDNN_ATTR_CONVOLUTION_DILATIONS, CUDNN_TYPE_INT64, 1, CUDNN_DIM_MAX},
                    {CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, CUDNN_TYPE_INT64, 1, CUDNN_DIM_MAX}});
    if (status != CUDNN_STATUS_SUCCESS) return status;
    const auto rank = d.one<std::int64_t>(CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS);
    for (const auto name : {CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, CUDNN_ATTR_CONVOLUTION_POST_PADDINGS,
                            CUDNN_ATTR_CONVOLUTION_DILATIONS, CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES}) {
        if (d.attributes.at(name).count != rank)
            return refuse(CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH, "as many values as spatial dimensions");
        const bool padding =
            name == CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS || name == CUDNN_ATTR_CONVOLUTION_POST_PADDINGS;
        for (const std::int64_t value : d.all<std::int64_t>(name))
            if (value < (padding ? 0 : 1)) return refuse(CUDNN_STATUS_BAD_PARAM, "a padding, dilation or stride");
    }
    if (d.one<cudnnConvolutionMode_t>(CUDNN_ATTR_CONVOLUTION_CONV_MODE) != CUDNN_CROSS_CORRELATION)
        return refuse(CUDNN_STATUS_BAD_PARAM, "Protolith's kernels are not flipped");
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t complete_operation(const Descriptor& d, const OperationNames& n) {
    const cudnnStatus_t status = follows(d, {{n.x, CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, 1},
                                             {n.w, CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, 1},
                                             {n.y, CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, 1},
                                             {n.window, CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, 1},
                                             {n.alpha, CUDNN_TYPE_FLOAT, 1, 1},
                                             {n.beta, CUDNN_TYPE_FLOAT, 1, 1}});
    if (status != CUDNN_STATUS_SUCCESS) return status;
    for (const auto name : {n.x, n.w, n.y})
        if (d.part(name).type != CUDNN_BACKEND_TENSOR_DESCRIPTOR)
            return refuse(CUDNN_STATUS_BAD_PARAM_DESCRIPTOR_TYPE, "a tensor is wanted");
    const Descriptor& window = d.part(n.window);
    if (window.type != CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR)
        return refuse(CUDNN_STATUS_BAD_PARAM_DESCRIPTOR_TYPE, "a convolution is wanted");
    const auto x = d.part(n.x).all<std::int64_t>(CUDNN_ATTR_TENSOR_DIMENSIONS);
    const auto w = d.part(n.w).all<std::int64_t>(CUDNN_ATTR_TENSOR_DIMENSIONS);
    const auto y = d.part(n.y).all<std::int64_t>(CUDNN_ATTR_TENSOR_DIMENSIONS);
    const auto rank = static_cast<std::size_t>(window.one<std::int64_t>(CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS)) + 2;
    if (x.size() != rank || w.size() != rank || y.size() != rank)
        return refuse(CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH, "ranks differ");
    if (x[0] != y[0] || x[1] != w[1] || y[1] != w[0])
        return refuse(CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH, "batches or channels differ");
    const auto before = window.all<std::int64_t>(CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS);
    const auto behind = window.all<std::int64_t>(CUDNN_ATTR_CONVOLUTION_POST_PADDINGS);
    const auto dilation = window.all<std::int64_t>(CUDNN_ATTR_CONVOLUTION_DILATIONS);
    const auto stride = window.all<std::int64_t>(CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES);
    for (std::size_t i = 0; i + 2 < rank; ++i) {
        const std::int64_t room = x[i + 2] + before[i] + behind[i] - (dilation[i] * (w[i + 2] - 1) + 1);
        if (room < 0 || y[i + 2] != room / stride[i] + 1)
            return refuse(CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH, "the result's extent is not that of the formula");
    }
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t complete_graph(const Descriptor& d) {
    const cudnnStatus_t status = follows(d, {{CUDNN_ATTR_OPERATIONGRAPH_HANDLE, CUDNN_TYPE_HANDLE, 1, 1},
                                             {CUDNN_ATTR_OPERATIONGRAPH_OPS, CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, 1}});
    if (status != CUDNN_STATUS_SUCCESS) return status;
    const Descriptor& operation = d.part(CUDNN_ATTR_OPERATIONGRAPH_OPS);
    const OperationNames* names = names_of(operation.type);
    if (names == nullptr) return refuse(CUDNN_STATUS_NOT_SUPPORTED_GRAPH_PATTERN, "not a convolution");
    const auto id = [&](auto name) {
        return operation.part(name).template one<std::int64_t>(CUDNN_ATTR_TENSOR_UNIQUE_ID);
    };
    if (id(names->x) == id(names->w) || id(names->w) == id(names->y) || id(names->x) == id(names->y))
        return refuse(CUDNN_STATUS_BAD_PARAM_DUPLICATED_ENTRIES, "two tensors of one name");
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t complete_plan(const Descriptor& d) {
    const cudnnStatus_t status =
        follows(d, {{CUDNN_ATTR_EXECUTION_PLAN_HANDLE, CUDNN_TYPE_HANDLE, 1, 1},
                    {CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, 1}});
    if (status != CUDNN_STATUS_SUCCESS) return status;
    const Descriptor& configuration = d.part(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG);
    if (configuration.type != CUDNN_BACKEND_ENGINECFG_DESCRIPTOR)
        return refuse(CUDNN_STATUS_BAD_PARAM_DESCRIPTOR_TYPE, "an engine configuration is wanted");
    if (!configuration.engine->builds)
        return refuse(CUDNN_STATUS_NOT_SUPPORTED_ARCH_MISMATCH, "this engine is not for this device");
    return CUDNN_STATUS_SUCCESS;
}

}  // namespace

cudnnStatus_t check_complete(const Descriptor& d) {
    if (const OperationNames* names = names_of(d.type)) return complete_operation(d, *names);
    switch (d.type) {
        case CUDNN_BACKEND_TENSOR_DESCRIPTOR:
            return complete_tensor(d);
        case CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR:
            return complete_window(d);
        case CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR:
            return complete_graph(d);
        case CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR:
            return follows(d, {{CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH, CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, 1},
                               {CUDNN_ATTR_ENGINEHEUR_MODE, CUDNN_TYPE_HEUR_MODE, 1, 1}});
        case CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR:
            return complete_plan(d);
        case CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR:
            return follows(d, {{CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS, CUDNN_TYPE_INT64, 1, 64},
                               {CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS, CUDNN_TYPE_VOID_PTR, 1, 64},
                               {CUDNN_ATTR_VARIANT_PACK_WORKSPACE, CUDNN_TYPE_VOID_PTR, 1, 1}});
        default:
            return refuse(CUDNN_STATUS_NOT_SUPPORTED, "a descriptor that the stand-in does not know");
    }
}

}  // namespace standin::cudnn
