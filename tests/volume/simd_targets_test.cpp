// Restriction of the SIMD targets: what is named is what runs, unknown names are refused.
#include "volume/simd_targets.hpp"

#include "base/error.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

namespace protolith {
namespace {

class SimdTargets : public ::testing::Test {
  protected:
    void TearDown() override { restrict_simd("best"); }
};

TEST_F(SimdTargets, ScalarIsWhatRunsWhenNothingElseIsAllowed) {
    restrict_simd("scalar");
    EXPECT_TRUE(simd_in_use() == "SCALAR" || simd_in_use() == "EMU128") << simd_in_use();
}

TEST_F(SimdTargets, RestrictionsNeverRaiseTheTarget) {
    restrict_simd("avx2");
    EXPECT_EQ(simd_targets().find("AVX3"), std::string::npos) << simd_targets();
    restrict_simd("sse4");
    EXPECT_EQ(simd_targets().find("AVX"), std::string::npos) << simd_targets();
}

TEST_F(SimdTargets, BestLiftsTheRestriction) {
    const std::string before = simd_targets();
    restrict_simd("scalar");
    EXPECT_NE(simd_targets(), before);
    restrict_simd("best");
    EXPECT_EQ(simd_targets(), before);
}

TEST_F(SimdTargets, UnknownNamesAreRefusedWithTheAllowedOnes) {
    try {
        restrict_simd("avx9000");
        FAIL() << "accepted";
    } catch (const InputError& error) {
        EXPECT_STREQ(error.what(),
                     "SIMD instruction set 'avx9000' is unknown; allowed: best, avx512, avx2, sse4, scalar");
    }
}

TEST_F(SimdTargets, TheEnvironmentVariableIsNamedWhenItIsWrong) {
    ::setenv("PROTOLITH_SIMD", "fast", 1);
    try {
        restrict_simd_by_environment();
        FAIL() << "accepted";
    } catch (const InputError& error) {
        EXPECT_NE(std::string(error.what()).find("PROTOLITH_SIMD"), std::string::npos);
    }
    ::setenv("PROTOLITH_SIMD", "scalar", 1);
    restrict_simd_by_environment();
    EXPECT_TRUE(simd_in_use() == "SCALAR" || simd_in_use() == "EMU128");
    ::unsetenv("PROTOLITH_SIMD");
}

}  // namespace
}  // namespace protolith
