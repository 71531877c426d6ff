// A product as its descriptors say, and what the stand-in does with it.
#pragma once

#include "standin/cublaslt/cublaslt.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>

#include <cublasLt.h>

namespace standin::cublaslt {

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
/// Types that the reference's table of supported combinations has.
bool types_fit(const Problem& problem);
bool extents_fit(const Problem& problem);
/// Bytes from the first to behind the last element.
std::size_t bytes_of(const Layout& layout);

/// D = op(A) op(B), summed in double.
void compute(const Problem& problem, const void* a, const void* b, void* d);

}  // namespace standin::cublaslt
