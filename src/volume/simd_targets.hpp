// Which SIMD instruction sets the Highway kernels use at run time, and how a user restricts them.
#pragma once

#include <string>
#include <string_view>

namespace protolith {

/// The instruction set in use, then those this build carries and this machine has:
/// "AVX3_DL (available: AVX3_DL AVX3 AVX2 SSE4 SSSE3 SCALAR)". AVX3 is AVX-512; AVX3_DL adds its 2019 extensions.
std::string simd_targets();

/// The instruction set in use alone: "AVX3_DL", "AVX2", …
std::string simd_in_use();

/// Uses no instruction set above `name` ("best", "avx512", "avx2", "sse4", "scalar") from now on; "best" lifts the
/// restriction. What the machine lacks is never used, so "avx512" on an AVX2 machine runs AVX2. Not while kernels run.
/// Any other name is an InputError.
void restrict_simd(std::string_view name);

/// restrict_simd() by the environment variable PROTOLITH_SIMD; nothing if it is unset or empty.
void restrict_simd_by_environment();

}  // namespace protolith
