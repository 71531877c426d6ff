// The one door to cuDNN: its handle on a queue's stream, its return codes as exceptions, its descriptors as objects.
#pragma once

#include "launch/check.hpp"
#include "queue/queue.hpp"

#include <cstdint>
#include <memory>
#include <string>

#include <cudnn.h>

namespace protolith::kernels::cuda {

StatusText describe(cudnnStatus_t status);

inline void check(cudnnStatus_t status, const char* library, const char* call,
                  const std::source_location& where = std::source_location::current()) {
    if (status != CUDNN_STATUS_SUCCESS) throw_device_error(describe(status), library, call, where);
}

}  // namespace protolith::kernels::cuda

#define PROTOLITH_CUDNN_CHECK(...) ::protolith::kernels::cuda::check((__VA_ARGS__), "cuDNN", #__VA_ARGS__)

namespace protolith::kernels::cuda::cudnn {

/// The handle of a queue, on its stream: queue.state<Library>().
class Library {
  public:
    explicit Library(Queue& queue);

    /// Plans share it, for they must go before it.
    const std::shared_ptr<cudnnContext>& handle() const noexcept { return handle_; }
    /// "cuDNN 9.19.0", of the library that runs.
    static std::string version();

  private:
    std::shared_ptr<cudnnContext> handle_;
};

/// One descriptor of the backend API, with the attribute types that C++ types stand for.
class Descriptor {
  public:
    explicit Descriptor(cudnnBackendDescriptorType_t type);
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;

    cudnnBackendDescriptor_t get() const noexcept { return descriptor_; }

    void set(cudnnBackendAttributeName_t name, cudnnBackendAttributeType_t type, std::int64_t count,
             const void* values);
    void set(cudnnBackendAttributeName_t name, std::int64_t value) { set(name, CUDNN_TYPE_INT64, 1, &value); }
    void set(cudnnBackendAttributeName_t name, float value) { set(name, CUDNN_TYPE_FLOAT, 1, &value); }
    void set(cudnnBackendAttributeName_t name, cudnnDataType_t value) { set(name, CUDNN_TYPE_DATA_TYPE, 1, &value); }
    void set(cudnnBackendAttributeName_t name, cudnnHandle_t value) { set(name, CUDNN_TYPE_HANDLE, 1, &value); }
    void set(cudnnBackendAttributeName_t name, const Descriptor& value) {
        set(name, CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, &value.descriptor_);
    }

    void finalise();
    /// The code instead of an exception, where a refusal is an answer.
    cudnnStatus_t try_finalise() noexcept { return cudnnBackendFinalize(descriptor_); }

  private:
    cudnnBackendDescriptor_t descriptor_ = nullptr;
};

}  // namespace protolith::kernels::cuda::cudnn
