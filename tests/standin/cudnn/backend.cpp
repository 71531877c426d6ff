#include "standin/cudnn/descriptor.hpp"
#include "standin/runtime/runtime.hpp"

#include <algorithm>
#include <cstring>
#include <set>

namespace standin::cudnn {
namespace {

thread_local std::string last_words;

/// Descriptors that exist, so that others are noticed.
std::set<const void*>& known() {
    static std::set<const void*> all;
    return all;
}

Descriptor* valid(cudnnBackendDescriptor_t descriptor) {
    if (known().count(descriptor) == 0) throw Misuse("cuDNN: a descriptor that does not exist (any more)");
    return static_cast<Descriptor*>(descriptor);
}

/// Fills the engine configurations that the caller has made; with none requested, says how many there are.
cudnnStatus_t give_results(Descriptor& d, std::int64_t requested, std::int64_t& count, void* values) {
    const Descriptor& graph = d.part(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH);
    const auto found = engines_for(problem_of(graph), d.one<cudnnBackendHeurMode_t>(CUDNN_ATTR_ENGINEHEUR_MODE));
    count = static_cast<std::int64_t>(found.size());
    if (requested == 0) return CUDNN_STATUS_SUCCESS;
    count = std::min(count, requested);
    const void* const from = &graph;
    const auto* bytes = reinterpret_cast<const unsigned char*>(&from);
    for (std::int64_t i = 0; i < count; ++i) {
        Descriptor& configuration = *valid(static_cast<void**>(values)[i]);
        if (configuration.type != CUDNN_BACKEND_ENGINECFG_DESCRIPTOR)
            return refuse(CUDNN_STATUS_BAD_PARAM_DESCRIPTOR_TYPE, "engine configurations are written here");
        configuration.engine = found[static_cast<std::size_t>(i)];
        configuration.attributes[CUDNN_ATTR_ENGINE_OPERATION_GRAPH] = {
            CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, {bytes, bytes + sizeof from}};
        configuration.finalised = true;
    }
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t give_engine(Descriptor& d, std::int64_t requested, std::int64_t& count, void* values) {
    if (requested != 1) return refuse(CUDNN_STATUS_BAD_PARAM, "a configuration has one engine");
    Descriptor& engine = *valid(*static_cast<void**>(values));
    if (engine.type != CUDNN_BACKEND_ENGINE_DESCRIPTOR)
        return refuse(CUDNN_STATUS_BAD_PARAM_DESCRIPTOR_TYPE, "an engine is written here");
    engine.engine = d.engine;
    engine.finalised = true;
    count = 1;
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t give_notes(Descriptor& d, std::int64_t requested, std::int64_t& count, void* values) {
    count = static_cast<std::int64_t>(d.engine->notes.size());
    std::copy_n(d.engine->notes.begin(), std::min(count, requested), static_cast<cudnnBackendNumericalNote_t*>(values));
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t give_workspace(Descriptor& d, std::int64_t /*requested*/, std::int64_t& count, void* values) {
    const Descriptor& configuration = d.part(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG);
    *static_cast<std::int64_t*>(values) =
        d.engine->workspace(problem_of(configuration.part(CUDNN_ATTR_ENGINE_OPERATION_GRAPH)));
    count = 1;
    return CUDNN_STATUS_SUCCESS;
}

/// What can be asked of which descriptor.
struct Answer {
    cudnnBackendDescriptorType_t of;
    cudnnBackendAttributeName_t name;
    cudnnBackendAttributeType_t type;
    cudnnStatus_t (*give)(Descriptor&, std::int64_t requested, std::int64_t& count, void* values);
};
constexpr Answer answers[] = {
    {CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR, CUDNN_ATTR_ENGINEHEUR_RESULTS, CUDNN_TYPE_BACKEND_DESCRIPTOR, give_results},
    {CUDNN_BACKEND_ENGINECFG_DESCRIPTOR, CUDNN_ATTR_ENGINECFG_ENGINE, CUDNN_TYPE_BACKEND_DESCRIPTOR, give_engine},
    {CUDNN_BACKEND_ENGINE_DESCRIPTOR, CUDNN_ATTR_ENGINE_NUMERICAL_NOTE, CUDNN_TYPE_NUMERICAL_NOTE, give_notes},
    {CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR, CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE, CUDNN_TYPE_INT64,
     give_workspace},
};

}  // namespace

cudnnStatus_t refuse(cudnnStatus_t status, const std::string& words) {
    last_words = words;
    return status;
}

}  // namespace standin::cudnn

using namespace standin::cudnn;

extern "C" {

std::size_t cudnnGetVersion() { return CUDNN_VERSION; }

const char* cudnnGetErrorString(cudnnStatus_t status) {
    switch (CUDNN_STATUS_CATEGORY(status)) {
        case 0:
            return "CUDNN_STATUS_SUCCESS";
        case CUDNN_STATUS_BAD_PARAM:
            return "CUDNN_STATUS_BAD_PARAM";
        case CUDNN_STATUS_NOT_SUPPORTED:
            return "CUDNN_STATUS_NOT_SUPPORTED";
        case CUDNN_STATUS_INTERNAL_ERROR:
            return "CUDNN_STATUS_INTERNAL_ERROR";
        default:
            return "CUDNN_STATUS_NOT_INITIALIZED";
    }
}

void cudnnGetLastErrorString(char* message, std::size_t size) {
    std::strncpy(message, last_words.c_str(), size - 1);
    message[size - 1] = '\0';
    last_words.clear();
}

cudnnStatus_t cudnnCreate(cudnnHandle_t* handle) {
    if (handle == nullptr) return refuse(CUDNN_STATUS_BAD_PARAM_NULL_POINTER, "handle");
    *handle = new cudnnContext;
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnDestroy(cudnnHandle_t handle) {
    delete handle;
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnSetStream(cudnnHandle_t handle, cudaStream_t stream) {
    if (handle == nullptr) return refuse(CUDNN_STATUS_BAD_PARAM_NULL_POINTER, "handle");
    handle->stream = stream;
    handle->stream_set = true;
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnBackendCreateDescriptor(cudnnBackendDescriptorType_t type, cudnnBackendDescriptor_t* descriptor) {
    if (descriptor == nullptr) return refuse(CUDNN_STATUS_BAD_PARAM_NULL_POINTER, "descriptor");
    auto* made = new Descriptor{type, false, {}, nullptr};
    known().insert(made);
    *descriptor = made;
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnBackendDestroyDescriptor(cudnnBackendDescriptor_t descriptor) {
    delete valid(descriptor);
    known().erase(descriptor);
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnBackendSetAttribute(cudnnBackendDescriptor_t descriptor, cudnnBackendAttributeName_t name,
                                       cudnnBackendAttributeType_t type, std::int64_t count, const void* values) {
    Descriptor& d = *valid(descriptor);
    if (d.finalised) return refuse(CUDNN_STATUS_NOT_INITIALIZED, "the descriptor is finalised");
    if (values == nullptr) return refuse(CUDNN_STATUS_BAD_PARAM_NULL_POINTER, "values");
    if (count < 1) return refuse(CUDNN_STATUS_BAD_PARAM, "a count below 1");
    if (type == CUDNN_TYPE_BACKEND_DESCRIPTOR)
        for (std::int64_t i = 0; i < count; ++i)
            if (!valid(static_cast<void* const*>(values)[i])->finalised)
                return refuse(CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED, "a descriptor that is not finalised");
    const auto* bytes = static_cast<const unsigned char*>(values);
    d.attributes[name] = {type, count, {bytes, bytes + static_cast<std::size_t>(count) * size_of(type)}};
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnBackendFinalize(cudnnBackendDescriptor_t descriptor) {
    Descriptor& d = *valid(descriptor);
    if (d.finalised) return refuse(CUDNN_STATUS_BAD_PARAM, "finalised twice");
    const cudnnStatus_t status = check_complete(d);
    d.finalised = status == CUDNN_STATUS_SUCCESS;
    if (d.finalised && d.type == CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR) {
        d.engine = d.part(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG).engine;
        note_plan();
    }
    return status;
}

cudnnStatus_t cudnnBackendGetAttribute(cudnnBackendDescriptor_t const descriptor, cudnnBackendAttributeName_t name,
                                       cudnnBackendAttributeType_t type, std::int64_t requested, std::int64_t* count,
                                       void* values) {
    Descriptor& d = *valid(descriptor);
    if (!d.finalised) return refuse(CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED, "asked before it was finalised");
    for (const Answer& answer : answers)
        if (answer.of == d.type && answer.name == name) {
            if (answer.type != type) return refuse(CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE, "another type is asked for");
            return answer.give(d, requested, *count, values);
        }
    throw standin::Misuse("cuDNN: attribute " + std::to_string(name) + " is not known to the stand-in");
}

}  // extern "C"
