// The tests on a GPU; without one they are skipped, with the reason.
#include "device/query.hpp"

#include <cstdio>

#include <gtest/gtest.h>

int main(int argc, char** argv) {
    ::testing::InitGoogleTest(&argc, argv);
    const auto found = protolith::kernels::query_devices();
    if (!found.available && !GTEST_FLAG_GET(list_tests)) {
        std::printf("Skipped: no GPU here: %s\n", found.reason.c_str());
        return 77;
    }
    return RUN_ALL_TESTS();
}
