#include "cudnn/library.hpp"

#include <utility>

namespace protolith::kernels::cuda {
namespace {

/// What cuDNN noted about the last failure of this thread.
std::string last_words() {
    char text[1024] = "";
    cudnnGetLastErrorString(text, sizeof text);
    return text;
}

}  // namespace

StatusText describe(cudnnStatus_t status) {
    StatusText result{status == CUDNN_STATUS_SUCCESS, cudnnGetErrorString(status), ""};
    if (const std::string words = last_words(); !result.good && !words.empty()) result.text += ": " + words;
    if (status == CUDNN_STATUS_SUBLIBRARY_VERSION_MISMATCH || status == CUDNN_STATUS_SUBLIBRARY_LOADING_FAILED)
        result.advice = "the parts of cuDNN that were loaded are of different versions: look at LD_LIBRARY_PATH";
    else if (status == CUDNN_STATUS_NOT_SUPPORTED_ARCH_MISMATCH)
        result.advice = "this cuDNN does not serve this GPU: install a newer one";
    else if (status == CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED)
        result.advice = "run on more ranks, or take a smaller batch or network (--check tells what it needs)";
    return result;
}

}  // namespace protolith::kernels::cuda

namespace protolith::kernels::cuda::cudnn {

Library::Library(Queue& queue) {
    cudnnHandle_t made = nullptr;
    PROTOLITH_CUDNN_CHECK(cudnnCreate(&made));
    handle_.reset(made, cudnnDestroy);
    PROTOLITH_CUDNN_CHECK(cudnnSetStream(made, static_cast<cudaStream_t>(queue.stream())));
}

std::string Library::version() {
    const std::size_t number = cudnnGetVersion();
    return "cuDNN " + std::to_string(number / 10000) + "." + std::to_string(number / 100 % 100) + "." +
           std::to_string(number % 100);
}

Descriptor::Descriptor(cudnnBackendDescriptorType_t type) {
    PROTOLITH_CUDNN_CHECK(cudnnBackendCreateDescriptor(type, &descriptor_));
}

Descriptor::~Descriptor() {
    if (descriptor_ != nullptr) cudnnBackendDestroyDescriptor(descriptor_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, nullptr)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

void Descriptor::set(cudnnBackendAttributeName_t name, cudnnBackendAttributeType_t type, std::int64_t count,
                     const void* values) {
    PROTOLITH_CUDNN_CHECK(cudnnBackendSetAttribute(descriptor_, name, type, count, values));
}

void Descriptor::finalise() { PROTOLITH_CUDNN_CHECK(cudnnBackendFinalize(descriptor_)); }

}  // namespace protolith::kernels::cuda::cudnn
