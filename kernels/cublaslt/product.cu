// cuBLASLt stores by columns: a matrix stored by rows is its transpose, and C = op(A) op(B) is read as
// Cᵀ = op(B)ᵀ op(A)ᵀ, with B first.
#include "cublaslt/product.hpp"
#include "queue/arithmetic.hpp"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <type_traits>

#include <cublasLt.h>

namespace protolith::kernels::cuda {

inline void check(cublasStatus_t status, const char* library, const char* call,
                  const std::source_location& where = std::source_location::current()) {
    if (status == CUBLAS_STATUS_SUCCESS) return;
    throw_device_error({false, cublasLtGetStatusString(status), ""}, library, call, where);
}

}  // namespace protolith::kernels::cuda

#define PROTOLITH_CUBLAS_CHECK(...) ::protolith::kernels::cuda::check((__VA_ARGS__), "cuBLASLt", #__VA_ARGS__)

namespace protolith::kernels::cuda::cublaslt {
namespace {

struct Release {
    void operator()(cublasLtMatmulDesc_t p) const { cublasLtMatmulDescDestroy(p); }
    void operator()(cublasLtMatrixLayout_t p) const { cublasLtMatrixLayoutDestroy(p); }
    void operator()(cublasLtMatmulPreference_t p) const { cublasLtMatmulPreferenceDestroy(p); }
};
template <class Handle>
using Owned = std::unique_ptr<std::remove_pointer_t<Handle>, Release>;

cudaDataType_t cuda_type(DataType type) {
    return type == DataType::float32 ? CUDA_R_32F : type == DataType::bfloat16 ? CUDA_R_16BF : CUDA_R_64F;
}

/// A matrix stored by rows, as cuBLASLt sees it: (columns, rows) with the row's length as leading dimension.
Owned<cublasLtMatrixLayout_t> layout(DataType type, std::int64_t rows, std::int64_t columns) {
    cublasLtMatrixLayout_t made = nullptr;
    PROTOLITH_CUBLAS_CHECK(cublasLtMatrixLayoutCreate(&made, cuda_type(type), static_cast<std::uint64_t>(columns),
                                                      static_cast<std::uint64_t>(rows), columns));
    return Owned<cublasLtMatrixLayout_t>(made);
}

Owned<cublasLtMatmulDesc_t> operation(const Product& p, bool tf32) {
    const bool is_double = p.type == DataType::float64;
    const cublasComputeType_t compute = is_double                             ? CUBLAS_COMPUTE_64F
                                        : p.type == DataType::float32 && tf32 ? CUBLAS_COMPUTE_32F_FAST_TF32
                                                                              : CUBLAS_COMPUTE_32F;
    cublasLtMatmulDesc_t made = nullptr;
    PROTOLITH_CUBLAS_CHECK(cublasLtMatmulDescCreate(&made, compute, is_double ? CUDA_R_64F : CUDA_R_32F));
    Owned<cublasLtMatmulDesc_t> owned(made);
    const std::int32_t first = p.transpose_b ? CUBLAS_OP_T : CUBLAS_OP_N;
    const std::int32_t second = p.transpose_a ? CUBLAS_OP_T : CUBLAS_OP_N;
    PROTOLITH_CUBLAS_CHECK(cublasLtMatmulDescSetAttribute(made, CUBLASLT_MATMUL_DESC_TRANSA, &first, sizeof first));
    PROTOLITH_CUBLAS_CHECK(cublasLtMatmulDescSetAttribute(made, CUBLASLT_MATMUL_DESC_TRANSB, &second, sizeof second));
    return owned;
}

using Alignment = std::array<std::uint32_t, 3>;  // of A, B and C in bytes

/// Sums of parts are kept in the type of the arithmetic: none is rounded to bfloat16 on the way.
Owned<cublasLtMatmulPreference_t> preference(const Arithmetic& settings, const Alignment& alignment) {
    cublasLtMatmulPreference_t made = nullptr;
    PROTOLITH_CUBLAS_CHECK(cublasLtMatmulPreferenceCreate(&made));
    Owned<cublasLtMatmulPreference_t> owned(made);
    const auto set = [&](cublasLtMatmulPreferenceAttributes_t name, auto value) {
        PROTOLITH_CUBLAS_CHECK(cublasLtMatmulPreferenceSetAttribute(made, name, &value, sizeof value));
    };
    set(CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, static_cast<std::uint64_t>(settings.workspace));
    set(CUBLASLT_MATMUL_PREF_REDUCTION_SCHEME_MASK, std::uint32_t{CUBLASLT_REDUCTION_SCHEME_COMPUTE_TYPE});
    set(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES, alignment[1]);  // B stands first
    set(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES, alignment[0]);
    set(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES, alignment[2]);
    set(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES, alignment[2]);
    return owned;
}

struct Plan {
    Owned<cublasLtMatmulDesc_t> operation;
    Owned<cublasLtMatrixLayout_t> a, b, c;
    cublasLtMatmulAlgo_t algorithm{};
    std::size_t workspace = 0;
    bool found = false;
};

Plan plan_of(cublasLtHandle_t handle, const Product& p, const Alignment& alignment, const Arithmetic& settings) {
    Plan plan;
    plan.operation = operation(p, settings.tf32);
    plan.a = p.transpose_a ? layout(p.type, p.k, p.m) : layout(p.type, p.m, p.k);
    plan.b = p.transpose_b ? layout(p.type, p.n, p.k) : layout(p.type, p.k, p.n);
    plan.c = layout(p.result, p.m, p.n);
    const auto wanted = preference(settings, alignment);
    cublasLtMatmulHeuristicResult_t best{};
    int count = 0;
    const cublasStatus_t status =
        cublasLtMatmulAlgoGetHeuristic(handle, plan.operation.get(), plan.b.get(), plan.a.get(), plan.c.get(),
                                       plan.c.get(), wanted.get(), 1, &best, &count);
    if (status != CUBLAS_STATUS_NOT_SUPPORTED) PROTOLITH_CUBLAS_CHECK(status);
    plan.found = status == CUBLAS_STATUS_SUCCESS && count > 0 && best.state == CUBLAS_STATUS_SUCCESS;
    plan.algorithm = best.algo;
    plan.workspace = best.workspaceSize;
    return plan;
}

/// The handle and the plans of a queue.
class Library {
  public:
    explicit Library(Queue& queue) : settings_(queue.state<Arithmetic>()) {
        PROTOLITH_CUBLAS_CHECK(cublasLtCreate(&handle_));
    }
    ~Library() {
        plans_.clear();
        cublasLtDestroy(handle_);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    cublasLtHandle_t handle() const noexcept { return handle_; }
    const Plan& plan(const Product& product, const Alignment& alignment) {
        const Key key{product, alignment, settings_.tf32, settings_.workspace};
        const auto known = plans_.find(key);
        if (known != plans_.end()) return known->second;
        return plans_.emplace(key, plan_of(handle_, product, alignment, settings_)).first->second;
    }

  private:
    struct Key {
        Product product;
        Alignment alignment;
        bool tf32;
        std::size_t workspace;
        auto operator<=>(const Key&) const = default;
    };
    const Arithmetic& settings_;
    cublasLtHandle_t handle_ = nullptr;
    std::map<Key, Plan> plans_;
};

/// The largest power of two that divides the address, up to what the pool gives.
std::uint32_t alignment_of(const void* address) {
    const auto bits = reinterpret_cast<std::uintptr_t>(address) | 256U;
    return static_cast<std::uint32_t>(bits & (~bits + 1));
}

}  // namespace

bool multiply(Queue& queue, const Product& product, const void* a, const void* b, void* c) {
    Library& library = queue.state<Library>();
    const Plan& plan = library.plan(product, {alignment_of(a), alignment_of(b), alignment_of(c)});
    if (!plan.found) return false;
    const bool is_double = product.type == DataType::float64;
    const double one = 1.0, zero = 0.0;
    const float one_float = 1.0F, zero_float = 0.0F;
    const void* alpha = is_double ? static_cast<const void*>(&one) : &one_float;
    const void* beta = is_double ? static_cast<const void*>(&zero) : &zero_float;
    const Scratch workspace(queue, plan.workspace);
    PROTOLITH_CUBLAS_CHECK(cublasLtMatmul(library.handle(), plan.operation.get(), alpha, b, plan.b.get(), a,
                                          plan.a.get(), beta, c, plan.c.get(), c, plan.c.get(), &plan.algorithm,
                                          workspace.as<void>(), plan.workspace,
                                          static_cast<cudaStream_t>(queue.stream())));
    return true;
}

}  // namespace protolith::kernels::cuda::cublaslt
