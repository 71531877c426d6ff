#include "standin/cublaslt/problem.hpp"

#include "queue/types.hpp"

#include <cstring>
#include <vector>

namespace standin::cublaslt {
namespace {

using protolith::kernels::bfloat16;

std::size_t size_of(cudaDataType_t type) { return type == CUDA_R_16BF ? 2 : type == CUDA_R_64F ? 8 : 4; }

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

}  // namespace

std::size_t bytes_of(const Layout& l) {
    return (static_cast<std::size_t>(l.leading) * (l.columns - 1) + l.rows) * size_of(l.type);
}

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

}  // namespace standin::cublaslt
