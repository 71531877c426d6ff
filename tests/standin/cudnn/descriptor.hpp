// Descriptors of the stand-in: attributes as they were set, and what is checked when one is finalised.
#pragma once

#include "standin/cudnn/cudnn.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <cudnn.h>

struct cudnnContext {
    cudaStream_t stream = nullptr;
    bool stream_set = false;
};

namespace standin::cudnn {

struct Attribute {
    cudnnBackendAttributeType_t type;
    std::int64_t count;
    std::vector<unsigned char> bytes;
};

struct Engine;

struct Descriptor {
    cudnnBackendDescriptorType_t type;
    bool finalised = false;
    std::map<cudnnBackendAttributeName_t, Attribute> attributes;
    const Engine* engine = nullptr;  // of configurations and engines that came from the heuristics

    bool has(cudnnBackendAttributeName_t name) const { return attributes.count(name) != 0; }
    /// The values of an attribute that is there.
    template <class T>
    std::vector<T> all(cudnnBackendAttributeName_t name) const {
        const Attribute& attribute = attributes.at(name);
        const T* values = reinterpret_cast<const T*>(attribute.bytes.data());
        return {values, values + attribute.count};
    }
    template <class T>
    T one(cudnnBackendAttributeName_t name) const {
        return all<T>(name).front();
    }
    const Descriptor& part(cudnnBackendAttributeName_t name) const {
        return *static_cast<const Descriptor*>(one<void*>(name));
    }
};

/// Keeps the words for cudnnGetLastErrorString and returns the code.
cudnnStatus_t refuse(cudnnStatus_t status, const std::string& words);

std::size_t size_of(cudnnBackendAttributeType_t type);
std::size_t size_of(cudnnDataType_t type);

/// What cudnnBackendFinalize checks, by the descriptor's type.
cudnnStatus_t check_complete(const Descriptor& descriptor);

/// The attributes of the three operations.
struct OperationNames {
    cudnnBackendAttributeName_t x, w, y, window, alpha, beta;
};
/// Null for what is not a convolution.
const OperationNames* names_of(cudnnBackendDescriptorType_t type);

/// A convolution as its graph says.
struct Problem {
    cudnnBackendDescriptorType_t operation{};
    std::vector<std::int64_t> x, w, y;  // (N, C, …), (K, C, …), (N, K, …)
    std::vector<std::int64_t> before, behind, stride, dilation;
    cudnnDataType_t x_type{}, w_type{}, y_type{};
    std::int64_t alignment = 16;  // the least of the three
    std::int64_t ids[3] = {};
    std::int64_t alignments[3] = {};
};
Problem problem_of(const Descriptor& graph);

/// One way to compute convolutions.
struct Engine {
    const char* name;
    std::vector<cudnnBackendNumericalNote_t> notes;
    bool builds;                                // false: the heuristics name it, the device cannot
    std::int64_t (*workspace)(const Problem&);  // bytes
    bool (*serves)(const Problem&);
};
/// Those that serve, the most promising first.
std::vector<const Engine*> engines_for(const Problem& problem, cudnnBackendHeurMode_t mode);

/// Sums on the host, for arrays with channels last; `tf32`: operands rounded to 10 bits of mantissa.
void compute(const Problem& problem, bool tf32, const void* x, const void* w, const void* y);

void note_run(const Engine& engine);
void note_plan();

}  // namespace standin::cudnn
