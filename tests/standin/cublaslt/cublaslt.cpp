#include "standin/cublaslt/cublaslt.hpp"

#include "queue/types.hpp"
#include "standin/runtime/runtime.hpp"

#include <compare>
#include <cstring>
#include <vector>

#include <cublasLt.h>

namespace standin::cublaslt {
namespace {

using protolith::kernels::bfloat16;

bool available_now = true;

struct Operation {
    cublasComputeType_t compute;
    cudaDataType_t scale;
    std::int32_t transpose_a = CUBLAS_OP_N, transpose_b = CUBLAS_OP_N;
    auto operator<=>(const Operation&) const = default;
};

/// Stored by columns, `leading` apart.
struct Layout {
    cudaDataType_t type;
    std::uint64_t rows, columns;
    std::int64_t leading;
    auto operator<=>(const Layout&) const = default;
};

struct Preference {
    std::uint64_t workspace = 0;
    std::uint32_t reductions = CUBLASLT_REDUCTION_SCHEME_MASK;
    std::uint32_t alignment[4] = {256, 256, 256, 256};  // of A, B, C and D
};

/// What an algorithm was found for.
struct Problem {
    Operation operation;
    Layout a, b, c, d;
    std::uint32_t alignment[4];
    bool tf32;
};
std::vector<Problem>& problems() {
    static std::vector<Problem> all;
    return all;
}

template <class T, class Handle>
T& as(Handle handle) {
    if (handle == nullptr) throw Misuse("cuBLASLt: a null descriptor");
    return *reinterpret_cast<T*>(handle);
}

std::size_t size_of(cudaDataType_t type) { return type == CUDA_R_16BF ? 2 : type == CUDA_R_64F ? 8 : 4; }

std::size_t bytes_of(const Layout& l) {
    return (static_cast<std::size_t>(l.leading) * (l.columns - 1) + l.rows) * size_of(l.type);
}

/// Types that the reference's table of supported combinations has.
bool types_fit(const Problem& p) {
    if (p.a.type != p.b.type || p.c.type != p.d.type) return false;
    switch (p.operation.compute) {
        case CUBLAS_COMPUTE_64F:
            return p.a.type == CUDA_R_64F && p.c.type == CUDA_R_64F && p.operation.scale == CUDA_R_64F;
        case CUBLAS_COMPUTE_32F_FAST_TF32:
            return p.a.type == CUDA_R_32F && p.c.type == CUDA_R_32F && p.operation.scale == CUDA_R_32F;
        case CUBLAS_COMPUTE_32F:
            return p.operation.scale == CUDA_R_32F &&
                   ((p.a.type == CUDA_R_32F && p.c.type == CUDA_R_32F) ||
                    (p.a.type == CUDA_R_16BF && (p.c.type == CUDA_R_16BF || p.c.type == CUDA_R_32F)));
        default:
            return false;
    }
}

bool extents_fit(const Problem& p) {
    const bool ta = p.operation.transpose_a == CUBLAS_OP_T, tb = p.operation.transpose_b == CUBLAS_OP_T;
    const std::uint64_t m = ta ? p.a.columns : p.a.rows, k = ta ? p.a.rows : p.a.columns;
    const std::uint64_t other = tb ? p.b.columns : p.b.rows, n = tb ? p.b.rows : p.b.columns;
    return k == other && p.c.rows == m && p.c.columns == n && p.d == p.c;
}

float rounded_to_tf32(float value) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    bits = (bits + 0xfffU + ((bits >> 13) & 1U)) & ~0x1fffU;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

double read(const void* from, cudaDataType_t type, std::size_t at, bool tf32) {
    if (type == CUDA_R_64F) return static_cast<const double*>(from)[at];
    if (type == CUDA_R_16BF) return static_cast<double>(static_cast<float>(static_cast<const bfloat16*>(from)[at]));
    const float value = static_cast<const float*>(from)[at];
    return static_cast<double>(tf32 ? rounded_to_tf32(value) : value);
}

void write(void* to, cudaDataType_t type, std::size_t at, double value) {
    if (type == CUDA_R_64F)
        static_cast<double*>(to)[at] = value;
    else if (type == CUDA_R_16BF)
        static_cast<bfloat16*>(to)[at] = bfloat16(static_cast<float>(value));
    else
        static_cast<float*>(to)[at] = static_cast<float>(value);
}

/// op(matrix) by rows, in double.
std::vector<double> operand(const void* from, const Layout& l, bool transposed, bool tf32) {
    const std::size_t rows = transposed ? l.columns : l.rows, columns = transposed ? l.rows : l.columns;
    std::vector<double> values(rows * columns);
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < columns; ++j)
            values[i * columns + j] = read(
                from, l.type,
                transposed ? i * static_cast<std::size_t>(l.leading) + j : j * static_cast<std::size_t>(l.leading) + i,
                tf32);
    return values;
}

void compute(const Problem& p, const void* a, const void* b, void* d) {
    const auto left = operand(a, p.a, p.operation.transpose_a == CUBLAS_OP_T, p.tf32);
    const auto right = operand(b, p.b, p.operation.transpose_b == CUBLAS_OP_T, p.tf32);
    const std::size_t m = p.d.rows, n = p.d.columns, k = left.size() / m;
    std::vector<double> row(n);
    for (std::size_t i = 0; i < m; ++i) {
        row.assign(n, 0.0);
        for (std::size_t l = 0; l < k; ++l)
            for (std::size_t j = 0; j < n; ++j) row[j] += left[i * k + l] * right[l * n + j];
        for (std::size_t j = 0; j < n; ++j) write(d, p.d.type, j * static_cast<std::size_t>(p.d.leading) + i, row[j]);
    }
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
