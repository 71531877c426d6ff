// protolith convert as a user runs it: a model of PyTorch's there and back, and what is refused.
#include "io/safetensors.hpp"
#include "program.hpp"

namespace protolith::program {
namespace {

const std::string fixtures = std::string(PROTOLITH_SOURCE_DIR) + "/tests/reference/companion_";

std::string convert(const std::filesystem::path& output, const std::string& sets) {
    return binary + " convert --output '" + output.string() + "' " + sets;
}

TEST(Convert, AModelOfPyTorchsComesBackBitForBit) {
    const auto folder = fresh_folder("convert");
    auto o = shell(convert(folder / "here", "--set generator=" + fixtures + "generator.safetensors --set critic=" +
                                                fixtures + "critic.safetensors"),
                   folder);
    ASSERT_EQ(o.code, 0) << o.err;
    EXPECT_EQ(shell(binary + " inspect " + (folder / "here/weights.h5").string(), folder).code, 0);
    o = shell(convert(folder / "back", "--set weights=" + (folder / "here/weights.h5").string()), folder);
    ASSERT_EQ(o.code, 0) << o.err;
    for (const std::string network : {"generator", "critic"}) {
        const io::SafetensorsReader theirs(fixtures + network + ".safetensors");
        const io::SafetensorsReader ours(folder / "back" / (network + ".safetensors"));
        EXPECT_EQ(ours.metadata().at("format"), "pt");
        EXPECT_EQ(ours.metadata().at("protolith.image_size"), "32");
        for (const auto& info : theirs.tensors()) {
            if (info.type == io::TensorType::int64) continue;  // num_batches_tracked
            EXPECT_EQ(ours.info(info.name).shape, info.shape) << info.name;
            EXPECT_EQ(ours.read<float>(info.name), theirs.read<float>(info.name)) << info.name;
        }
    }
}

TEST(Convert, AConvertedGeneratorDrawsImages) {
    const auto folder = fresh_folder("convert_draw");
    auto o = shell(convert(folder / "here", "--set generator=" + fixtures + "generator.safetensors"), folder);
    ASSERT_EQ(o.code, 0) << o.err;
    o = shell(binary + " generate --output '" + (folder / "drawn").string() +
                  "' --set weights=" + (folder / "here/weights.h5").string() + " --set count=3",
              folder);
    EXPECT_EQ(o.code, 0) << o.err;
}

TEST(Convert, WhatCannotBeConvertedIsToldWithNames) {
    const auto folder = fresh_folder("convert_wrong");
    const auto refused = [&](const std::string& sets, const std::string& part) {
        const auto o = shell(convert(folder / "out", sets), folder);
        EXPECT_EQ(o.code, 2) << sets;
        EXPECT_NE(o.err.find(part), std::string::npos) << sets << "\n" << o.err;
        EXPECT_FALSE(std::filesystem::exists(folder / "out"));
    };
    refused("", "one of them expected");
    refused("--set critic=" + fixtures + "critic.safetensors", "one of them expected");
    refused("--set generator=" + fixtures + "critic.safetensors", "is not in the file");
    refused("--set weights=" + fixtures + "images.h5", "not written by Protolith");
    refused("--set generator=" + fixtures + "images.h5", "no safetensors file");
    const std::string whole = text_of(fixtures + "generator.safetensors");
    std::ofstream(folder / "part.safetensors", std::ios::binary) << whole.substr(0, whole.size() - 100);
    refused("--set generator=" + (folder / "part.safetensors").string(), "truncated or damaged");
}

}  // namespace
}  // namespace protolith::program
