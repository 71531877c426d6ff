// Run-time choice of Highway targets: better ones than the user allows are disabled.
#include "volume/simd_targets.hpp"

#define HWY_WANT_AVX3_DL
#include "base/error.hpp"

#include <cstdint>
#include <cstdlib>

#include <hwy/highway.h>

namespace protolith {
namespace {

// In HWY_TARGETS a lower bit is a better target, so everything better than `worst_allowed` is the bits below it.
std::int64_t better_than(std::int64_t worst_allowed) { return worst_allowed - 1; }

std::int64_t disabled_by(std::string_view name) {
    if (name == "best") return 0;
    if (name == "scalar") return better_than(HWY_EMU128);
#if HWY_ARCH_X86
    if (name == "avx512") return better_than(HWY_AVX3_DL);
    if (name == "avx2") return better_than(HWY_AVX2);
    if (name == "sse4") return better_than(HWY_SSE4);
#endif
    throw InputError(
        fmt::format("SIMD instruction set '{}' is unknown; allowed: best, avx512, avx2, sse4, scalar", name));
}

}  // namespace

std::string simd_in_use() { return hwy::TargetName(hwy::SupportedAndGeneratedTargets().front()); }

std::string simd_targets() {
    std::string available;
    for (const auto target : hwy::SupportedAndGeneratedTargets())
        available += std::string(" ") + hwy::TargetName(target);
    return fmt::format("{} (available:{})", simd_in_use(), available);
}

void restrict_simd(std::string_view name) { hwy::DisableTargets(disabled_by(name)); }

void restrict_simd_by_environment() {
    const char* name = std::getenv("PROTOLITH_SIMD");
    if (name == nullptr || *name == '\0') return;
    try {
        restrict_simd(name);
    } catch (const InputError& error) {
        throw InputError(fmt::format("environment variable PROTOLITH_SIMD: {}", error.what()));
    }
}

}  // namespace protolith
