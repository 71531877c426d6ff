#include "standin/cublaslt/problem.hpp"
#include "standin/runtime/runtime.hpp"

#include <cstring>
#include <vector>

namespace standin::cublaslt {
namespace {

bool available_now = true;

/// What algorithms were found for.
std::vector<Problem>& problems() {
    static std::vector<Problem> all;
    return all;
}

template <class T, class Handle>
T& as(Handle handle) {
    if (handle == nullptr) throw Misuse("cuBLASLt: a null descriptor");
    return *reinterpret_cast<T*>(handle);
}

constexpr std::size_t wanted_workspace = 512;

}  // namespace

void set_available(bool available) { available_now = available; }

}  // namespace standin::cublaslt

using namespace standin::cublaslt;

struct cublasLtContext {};

extern "C" {

const char* cublasLtGetStatusString(cublasStatus_t status) {
    switch (status) {
        case CUBLAS_STATUS_SUCCESS:
            return "CUBLAS_STATUS_SUCCESS";
        case CUBLAS_STATUS_NOT_SUPPORTED:
            return "CUBLAS_STATUS_NOT_SUPPORTED";
        default:
            return "CUBLAS_STATUS_INVALID_VALUE";
    }
}

cublasStatus_t cublasLtCreate(cublasLtHandle_t* handle) {
    *handle = new cublasLtContext;
    return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtDestroy(cublasLtHandle_t handle) {
    delete handle;
    return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmulDescCreate(cublasLtMatmulDesc_t* made, cublasComputeType_t compute, cudaDataType_t scale) {
    *made = reinterpret_cast<cublasLtMatmulDesc_t>(new Operation{compute, scale});
    return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmulDescDestroy(cublasLtMatmulDesc_t operation) {
    delete &as<Operation>(operation);
    return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmulDescSetAttribute(cublasLtMatmulDesc_t operation, cublasLtMatmulDescAttributes_t name,
                                              const void* value, std::size_t bytes) {
    if (value == nullptr || bytes != sizeof(std::int32_t)) return CUBLAS_STATUS_INVALID_VALUE;
    auto& o = as<Operation>(operation);
    std::int32_t& target = name == CUBLASLT_MATMUL_DESC_TRANSA ? o.transpose_a : o.transpose_b;
    if (name != CUBLASLT_MATMUL_DESC_TRANSA && name != CUBLASLT_MATMUL_DESC_TRANSB)
        throw standin::Misuse("cuBLASLt: an attribute of products that the stand-in does not know");
    std::memcpy(&target, value, bytes);
    return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatrixLayoutCreate(cublasLtMatrixLayout_t* made, cudaDataType type, std::uint64_t rows,
                                          std::uint64_t columns, std::int64_t leading) {
    if (rows == 0 || columns == 0 || leading < static_cast<std::int64_t>(rows)) return CUBLAS_STATUS_INVALID_VALUE;
    *made = reinterpret_cast<cublasLtMatrixLayout_t>(new Layout{type, rows, columns, leading});
    return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatrixLayoutDestroy(cublasLtMatrixLayout_t layout) {
    delete &as<Layout>(layout);
    return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmulPreferenceCreate(cublasLtMatmulPreference_t* made) {
    *made = reinterpret_cast<cublasLtMatmulPreference_t>(new Preference);
    return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmulPreferenceDestroy(cublasLtMatmulPreference_t preference) {
    delete &as<Preference>(preference);
    return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmulPreferenceSetAttribute(cublasLtMatmulPreference_t preference,
                                                    cublasLtMatmulPreferenceAttributes_t name, const void* value,
                                                    std::size_t bytes) {
    auto& p = as<Preference>(preference);
    const auto take = [&](auto& target) {
        if (value == nullptr || bytes != sizeof target) return CUBLAS_STATUS_INVALID_VALUE;
        std::memcpy(&target, value, bytes);
        return CUBLAS_STATUS_SUCCESS;
    };
    switch (name) {
        case CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES:
            return take(p.workspace);
        case CUBLASLT_MATMUL_PREF_REDUCTION_SCHEME_MASK:
            return take(p.reductions);
        case CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES:
            return take(p.alignment[0]);
        case CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES:
            return take(p.alignment[1]);
        case CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES:
            return take(p.alignment[2]);
        case CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES:
            return take(p.alignment[3]);
        default:
            throw standin::Misuse("cuBLASLt: a preference that the stand-in does not know");
    }
}

cublasStatus_t cublasLtMatmulAlgoGetHeuristic(cublasLtHandle_t handle, cublasLtMatmulDesc_t operation,
                                              cublasLtMatrixLayout_t a, cublasLtMatrixLayout_t b,
                                              cublasLtMatrixLayout_t c, cublasLtMatrixLayout_t d,
                                              cublasLtMatmulPreference_t preference, int requested,
                                              cublasLtMatmulHeuristicResult_t results[], int* count) {
    if (handle == nullptr || requested < 1 || results == nullptr || count == nullptr)
        return CUBLAS_STATUS_INVALID_VALUE;
    *count = 0;
    const auto& wish = as<Preference>(preference);
    Problem problem{as<Operation>(operation), as<Layout>(a), as<Layout>(b), as<Layout>(c), as<Layout>(d), {}, false};
    problem.tf32 = problem.operation.compute == CUBLAS_COMPUTE_32F_FAST_TF32;
    std::memcpy(problem.alignment, wish.alignment, sizeof wish.alignment);
    if (!extents_fit(problem)) return CUBLAS_STATUS_INVALID_VALUE;
    if (!types_fit(problem) || !available_now) return CUBLAS_STATUS_NOT_SUPPORTED;
    if (wish.reductions != CUBLASLT_REDUCTION_SCHEME_COMPUTE_TYPE)
        throw standin::Misuse("cuBLASLt: parts may be summed in the type of the result");
    results[0] = {};
    results[0].algo.data[0] = problems().size();
    results[0].workspaceSize = wish.workspace >= wanted_workspace ? wanted_workspace : 0;
    results[0].state = CUBLAS_STATUS_SUCCESS;
    problems().push_back(problem);
    *count = 1;
    return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmul(cublasLtHandle_t handle, cublasLtMatmulDesc_t operation, const void* alpha, const void* a,
                              cublasLtMatrixLayout_t a_layout, const void* b, cublasLtMatrixLayout_t b_layout,
                              const void* beta, const void* c, cublasLtMatrixLayout_t c_layout, void* d,
                              cublasLtMatrixLayout_t d_layout, const cublasLtMatmulAlgo_t* algorithm, void* workspace,
                              std::size_t workspace_bytes, cudaStream_t stream) {
    const char* const call = "cublasLtMatmul";
    if (handle == nullptr || algorithm == nullptr || algorithm->data[0] >= problems().size())
        return CUBLAS_STATUS_INVALID_VALUE;
    const Problem p = problems()[algorithm->data[0]];
    if (p.operation != as<Operation>(operation) || p.a != as<Layout>(a_layout) || p.b != as<Layout>(b_layout) ||
        p.c != as<Layout>(c_layout) || p.d != as<Layout>(d_layout))
        throw standin::Misuse("cublasLtMatmul: the algorithm was found for another product");
    const bool is_double = p.operation.scale == CUDA_R_64F;
    const double one = is_double ? *static_cast<const double*>(alpha) : *static_cast<const float*>(alpha);
    const double zero = is_double ? *static_cast<const double*>(beta) : *static_cast<const float*>(beta);
    if (one != 1.0 || zero != 0.0 || c != d) throw standin::Misuse("cublasLtMatmul: the stand-in knows D = A B alone");
    standin::require_device(a, bytes_of(p.a), call, "A", p.alignment[0]);
    standin::require_device(b, bytes_of(p.b), call, "B", p.alignment[1]);
    standin::require_device(d, bytes_of(p.d), call, "D", p.alignment[3]);
    if (workspace_bytes > 0) standin::require_device(workspace, workspace_bytes, call, "workspace", 256);
    standin::enqueue(stream, call, [=] {
        if (workspace_bytes > 0) std::memset(workspace, 0xff, workspace_bytes);
        compute(p, a, b, d);
    });
    return CUBLAS_STATUS_SUCCESS;
}

}  // extern "C"
