// What the program says of GPUs: `protolith devices`, `--build-info`, and every way in which there is none.
#include "program.hpp"

namespace protolith::program {
namespace {

Outcome with(const std::string& environment, const std::string& arguments) {
    return shell(environment + " " + binary + " " + arguments, fresh_folder("devices"));
}

TEST(Devices, AreListedWithWhatTheyAre) {
    const auto o = with("PROTOLITH_STANDIN_DEVICES=2", "devices");
    EXPECT_EQ(o.code, 0) << o.err;
    for (const char* part :
         {"CUDA 13", "GPU 0  stand-in GPU, sm_90, 4 GiB", "GPU 1", "132 multiprocessors", "can be used"})
        EXPECT_NE(o.out.find(part), std::string::npos) << part << " in: " << o.out;
    EXPECT_EQ(o.out.find("No GPU here"), std::string::npos) << o.out;
}

TEST(Devices, AreMissedForAReasonOfTheirOwn) {
    const std::pair<const char*, const char*> ways[] = {
        {"no-driver", "No GPU here: no NVIDIA driver is installed."},
        {"old-driver", "No GPU here: the driver serves CUDA 12.4, but this build needs CUDA 13."},
        {"no-device", "No GPU here: the driver lists no device."},
        {"old-device", "is too old: compute capability 7.0, 8.0 or newer is needed"}};
    for (const auto& [way, text] : ways) {
        const auto o = with("env -u CUDA_VISIBLE_DEVICES PROTOLITH_STANDIN_ABSENT=" + std::string(way), "devices");
        EXPECT_EQ(o.code, 0) << o.err;
        EXPECT_NE(o.out.find(text), std::string::npos) << way << ": " << o.out;
        EXPECT_NE(o.out.find("The CPU serves."), std::string::npos) << way << ": " << o.out;
    }
    const auto o = with("CUDA_VISIBLE_DEVICES= PROTOLITH_STANDIN_ABSENT=no-device", "devices");
    EXPECT_NE(o.out.find("CUDA_VISIBLE_DEVICES='' leaves no device"), std::string::npos) << o.out;
}

TEST(Devices, StandInTheBuildFactsWithTheirLibraries) {
    const auto o = with("", "--build-info");
    for (const char* part : {"CUDA ", "cuDNN", "cuBLASLt", "cuFFT", "NCCL", "device    stand-in GPU"})
        EXPECT_NE(o.out.find(part), std::string::npos) << part << " in: " << o.out;
    const auto none = with("PROTOLITH_STANDIN_ABSENT=no-driver", "--build-info");
    EXPECT_NE(none.out.find("CPU; no GPU here: no NVIDIA driver is installed"), std::string::npos) << none.out;
}

}  // namespace
}  // namespace protolith::program
