// What the stand-in for cuDNN refuses: the mistakes that the real library answers with a code, and those that it would
// take and do harm with.
#include "arrays_on_device.hpp"
#include "standin/cudnn/cudnn.hpp"
#include "standin/runtime/runtime.hpp"

#include <array>
#include <map>

#include <cudnn.h>
#include <gtest/gtest.h>

namespace protolith::kernels {
namespace {

using Values = std::vector<std::int64_t>;

/// One convolution by calls of the library, x (1, 4, 5, 5) * w (8, 4, 3, 3), in which a test changes one thing.
class CudnnRefusals : public ::testing::Test {
  protected:
    CudnnRefusals() {
        cudnnCreate(&handle_);
        cudnnSetStream(handle_, static_cast<cudaStream_t>(queue_.stream()));
    }
    ~CudnnRefusals() override {
        for (void* descriptor : made_) cudnnBackendDestroyDescriptor(descriptor);
        cudnnDestroy(handle_);
    }

    void* make(cudnnBackendDescriptorType_t type) {
        void* descriptor = nullptr;
        cudnnBackendCreateDescriptor(type, &descriptor);
        made_.push_back(descriptor);
        return descriptor;
    }
    cudnnStatus_t set(void* d, cudnnBackendAttributeName_t name, const Values& values) {
        return cudnnBackendSetAttribute(d, name, CUDNN_TYPE_INT64, static_cast<std::int64_t>(values.size()),
                                        values.data());
    }
    template <class T>
    cudnnStatus_t set(void* d, cudnnBackendAttributeName_t name, cudnnBackendAttributeType_t type, T value) {
        return cudnnBackendSetAttribute(d, name, type, 1, &value);
    }

    void* tensor(std::int64_t id, const Values& extents, const Values& strides, std::int64_t alignment = 16) {
        void* d = make(CUDNN_BACKEND_TENSOR_DESCRIPTOR);
        set(d, CUDNN_ATTR_TENSOR_DATA_TYPE, CUDNN_TYPE_DATA_TYPE, CUDNN_DATA_FLOAT);
        set(d, CUDNN_ATTR_TENSOR_DIMENSIONS, extents);
        set(d, CUDNN_ATTR_TENSOR_STRIDES, strides);
        set(d, CUDNN_ATTR_TENSOR_UNIQUE_ID, {id});
        set(d, CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, {alignment});
        return d;
    }
    void* x() { return tensor(1, {1, 4, 5, 5}, {100, 1, 20, 4}); }
    void* w() { return tensor(2, {8, 4, 3, 3}, {36, 1, 12, 4}); }
    void* y() { return tensor(3, {1, 8, 3, 3}, {72, 1, 24, 8}); }

    void* window(const Values& before = {0, 0}, const Values& behind = {0, 0}) {
        void* d = make(CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR);
        set(d, CUDNN_ATTR_CONVOLUTION_COMP_TYPE, CUDNN_TYPE_DATA_TYPE, CUDNN_DATA_FLOAT);
        set(d, CUDNN_ATTR_CONVOLUTION_CONV_MODE, CUDNN_TYPE_CONVOLUTION_MODE, CUDNN_CROSS_CORRELATION);
        set(d, CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS, {2});
        set(d, CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, before);
        set(d, CUDNN_ATTR_CONVOLUTION_POST_PADDINGS, behind);
        set(d, CUDNN_ATTR_CONVOLUTION_DILATIONS, {1, 1});
        set(d, CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, {1, 1});
        return d;
    }
    void* finalised(void* d) {
        EXPECT_EQ(cudnnBackendFinalize(d), CUDNN_STATUS_SUCCESS);
        return d;
    }
    void* operation(void* of_x, void* of_w, void* of_y, void* of_window) {
        void* d = make(CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR);
        set(d, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X, CUDNN_TYPE_BACKEND_DESCRIPTOR, of_x);
        set(d, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W, CUDNN_TYPE_BACKEND_DESCRIPTOR, of_w);
        set(d, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y, CUDNN_TYPE_BACKEND_DESCRIPTOR, of_y);
        set(d, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC, CUDNN_TYPE_BACKEND_DESCRIPTOR, of_window);
        set(d, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA, CUDNN_TYPE_FLOAT, 1.0F);
        set(d, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA, CUDNN_TYPE_FLOAT, 0.0F);
        return d;
    }
    void* graph(void* of_operation) {
        void* d = make(CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR);
        set(d, CUDNN_ATTR_OPERATIONGRAPH_HANDLE, CUDNN_TYPE_HANDLE, handle_);
        set(d, CUDNN_ATTR_OPERATIONGRAPH_OPS, CUDNN_TYPE_BACKEND_DESCRIPTOR, of_operation);
        return d;
    }
    std::int64_t engines(void* of_graph, cudnnBackendHeurMode_t mode = CUDNN_HEUR_MODE_FALLBACK,
                         void** first = nullptr) {
        void* d = make(CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR);
        set(d, CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH, CUDNN_TYPE_BACKEND_DESCRIPTOR, of_graph);
        set(d, CUDNN_ATTR_ENGINEHEUR_MODE, CUDNN_TYPE_HEUR_MODE, mode);
        finalised(d);
        std::int64_t count = 0;
        cudnnBackendGetAttribute(d, CUDNN_ATTR_ENGINEHEUR_RESULTS, CUDNN_TYPE_BACKEND_DESCRIPTOR, 0, &count, nullptr);
        if (first != nullptr) {
            std::int64_t filled = 0;
            *first = make(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR);
            cudnnBackendGetAttribute(d, CUDNN_ATTR_ENGINEHEUR_RESULTS, CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, &filled,
                                     first);
        }
        return count;
    }
    void* plan(void* configuration) {
        void* d = make(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR);
        set(d, CUDNN_ATTR_EXECUTION_PLAN_HANDLE, CUDNN_TYPE_HANDLE, handle_);
        set(d, CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, CUDNN_TYPE_BACKEND_DESCRIPTOR, configuration);
        return d;
    }
    void* whole_plan(cudnnBackendHeurMode_t mode = CUDNN_HEUR_MODE_FALLBACK) {
        void* configuration = nullptr;
        engines(
            finalised(graph(finalised(operation(finalised(x()), finalised(w()), finalised(y()), finalised(window()))))),
            mode, &configuration);
        return plan(configuration);
    }
    /// Runs with these addresses of x, w and y.
    cudnnStatus_t execute(void* of_plan, const std::array<const void*, 3>& operands, const Values& ids = {1, 2, 3},
                          void* workspace = nullptr) {
        void* d = make(CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR);
        set(d, CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS, ids);
        cudnnBackendSetAttribute(d, CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS, CUDNN_TYPE_VOID_PTR, 3, operands.data());
        set(d, CUDNN_ATTR_VARIANT_PACK_WORKSPACE, CUDNN_TYPE_VOID_PTR, workspace);
        finalised(d);
        return cudnnBackendExecute(handle_, of_plan, d);
    }

    Queue queue_{Backend::cuda};
    cudnnHandle_t handle_ = nullptr;
    std::vector<void*> made_;
    const testing::DeviceArray<float> dx{queue_, 100}, dw{queue_, 288}, dy{queue_, 72};
};

TEST_F(CudnnRefusals, TheConvolutionAsItShouldBeIsTaken) {
    void* const right = finalised(whole_plan());
    EXPECT_EQ(execute(right, {dx.data(), dw.data(), dy.data()}), CUDNN_STATUS_SUCCESS);
    queue_.synchronise();
}

TEST_F(CudnnRefusals, AnAttributeOfAnotherTypeOrMissing) {
    void* typed = x();
    set(typed, CUDNN_ATTR_TENSOR_UNIQUE_ID, CUDNN_TYPE_FLOAT, 1.0F);
    EXPECT_EQ(cudnnBackendFinalize(typed), CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE);
    void* empty = make(CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR);
    EXPECT_EQ(cudnnBackendFinalize(empty), CUDNN_STATUS_BAD_PARAM);
}

TEST_F(CudnnRefusals, APartThatIsNotFinalisedAndOneThatIsChangedAfterwards) {
    void* operation = make(CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR);
    EXPECT_EQ(set(operation, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X, CUDNN_TYPE_BACKEND_DESCRIPTOR, x()),
              CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED);
    EXPECT_EQ(set(finalised(x()), CUDNN_ATTR_TENSOR_UNIQUE_ID, {4}), CUDNN_STATUS_NOT_INITIALIZED);
}

TEST_F(CudnnRefusals, StridesThatAreNotChannelsLast) {
    EXPECT_EQ(cudnnBackendFinalize(tensor(1, {1, 4, 5, 5}, {100, 25, 5, 1})), CUDNN_STATUS_NOT_SUPPORTED_LAYOUT);
    EXPECT_EQ(cudnnBackendFinalize(tensor(1, {1, 4, 5, 5}, {120, 1, 24, 4})), CUDNN_STATUS_NOT_SUPPORTED_LAYOUT);
}

TEST_F(CudnnRefusals, ExtentsThatDoNotFitTheWindow) {
    void* const smaller = finalised(tensor(3, {1, 8, 2, 3}, {48, 1, 24, 8}));
    EXPECT_EQ(cudnnBackendFinalize(operation(finalised(x()), finalised(w()), smaller, finalised(window()))),
              CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH);
    void* const other_channels = finalised(tensor(2, {8, 3, 3, 3}, {27, 1, 9, 3}));
    EXPECT_EQ(cudnnBackendFinalize(operation(finalised(x()), other_channels, finalised(y()), finalised(window()))),
              CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH);
}

TEST_F(CudnnRefusals, PaddingOfOneSideHasNoEngine) {
    void* const larger = finalised(tensor(3, {1, 8, 4, 3}, {96, 1, 24, 8}));
    void* const whole =
        finalised(graph(finalised(operation(finalised(x()), finalised(w()), larger, finalised(window({1, 0}))))));
    EXPECT_EQ(engines(whole), 0);
    EXPECT_EQ(engines(whole, CUDNN_HEUR_MODE_A), 0);
}

TEST_F(CudnnRefusals, AnEngineThatIsNotForThisDevice) {
    EXPECT_EQ(cudnnBackendFinalize(whole_plan(CUDNN_HEUR_MODE_A)), CUDNN_STATUS_NOT_SUPPORTED_ARCH_MISMATCH);
    char words[64];
    cudnnGetLastErrorString(words, sizeof words);
    EXPECT_STREQ(words, "this engine is not for this device");
}

TEST_F(CudnnRefusals, APlanThatIsNotBuilt) {
    EXPECT_EQ(execute(whole_plan(), {dx.data(), dw.data(), dy.data()}), CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED);
}

TEST_F(CudnnRefusals, MemoryOfTheHostTooLittleOfItMisalignedOrShared) {
    void* const right = finalised(whole_plan());
    const std::vector<float> host(100);
    const testing::DeviceArray<float> small(queue_, 71), wide(queue_, 101);
    EXPECT_THROW(execute(right, {host.data(), dw.data(), dy.data()}), standin::Misuse);
    EXPECT_THROW(execute(right, {dx.data(), dw.data(), small.data()}), standin::Misuse);
    EXPECT_THROW(execute(right, {wide.data() + 1, dw.data(), dy.data()}), standin::Misuse);
    EXPECT_THROW(execute(right, {dx.data(), dw.data(), dx.data()}), standin::Misuse);
}

TEST_F(CudnnRefusals, ATensorWithoutMemory) {
    void* const right = finalised(whole_plan());
    EXPECT_THROW(execute(right, {dx.data(), dw.data(), dy.data()}, {1, 2, 4}), standin::Misuse);
}

}  // namespace
}  // namespace protolith::kernels
