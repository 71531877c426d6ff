// safetensors: known bytes, what is written is read, every way of being wrong is told.
#include "io/safetensors.hpp"

#include "base/error.hpp"
#include "temporary_folder.hpp"

#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include <gtest/gtest.h>

namespace protolith::io {
namespace {

template <class T>
std::span<const std::byte> bytes_of(const T& values) {
    return std::as_bytes(std::span(values));
}

/// A file with this header and data.
std::filesystem::path write_raw(const TemporaryFolder& folder, const std::string& header, const std::string& data,
                                std::uint64_t length_added = 0) {
    const auto path = folder / "raw.safetensors";
    const std::uint64_t length = header.size() + length_added;
    std::ofstream out(path, std::ios::binary);
    out.write(reinterpret_cast<const char*>(&length), 8);
    out << header << data;
    return path;
}

std::string message_of(const std::filesystem::path& path) {
    try {
        const SafetensorsReader reader(path);
        for (const auto& info : reader.tensors()) reader.read<float>(info.name);
    } catch (const InputError& e) {
        return e.what();
    }
    return "";
}

std::string entry(const std::string& name, const std::string& dtype, const std::string& shape,
                  const std::string& offsets) {
    return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
}

TEST(Safetensors, ReadsTheBytesThatTheFormatDefines) {
    const TemporaryFolder folder;
    const std::string data{"\x00\x00\x80\x3f\x00\x00\x00\xc0\x80\x3f\x40\x40", 12};  // 1, −2 as F32; 1, 3 as BF16
    const auto path = write_raw(folder,
                                "{" + entry("b", "BF16", "[2,1]", "[8,12]") + "," + entry("a", "F32", "[2]", "[0,8]") +
                                    ",\"__metadata__\":{\"format\":\"pt\"}}  ",
                                data);
    const SafetensorsReader reader(path);
    ASSERT_EQ(reader.tensors().size(), 2u);
    EXPECT_EQ(reader.tensors()[0].name, "a") << "in the order of the data";
    EXPECT_EQ(reader.read<float>("a"), (std::vector<float>{1, -2}));
    EXPECT_EQ(reader.read<float>("b"), (std::vector<float>{1, 3}));
    EXPECT_EQ(reader.read<double>("b"), (std::vector<double>{1, 3}));
    EXPECT_EQ(reader.info("b").shape, (std::vector<std::uint64_t>{2, 1}));
    EXPECT_EQ(reader.metadata().at("format"), "pt");
}

TEST(Safetensors, WhatIsWrittenIsReadBitForBit) {
    const TemporaryFolder folder;
    const std::vector<double> wide{0.1, -1e300, std::numeric_limits<double>::quiet_NaN()};
    const std::vector<float> narrow{0.1f, std::numeric_limits<float>::infinity(), -0.0f, 1e-45f, 2, 3};
    const std::array<std::uint16_t, 1> half{0xbf80};
    const std::vector<std::int64_t> count{-7};
    const auto path = folder / "all.safetensors";
    write_safetensors(path,
                      {{"half", TensorType::bfloat16, {1, 1}, bytes_of(half)},
                       {"narrow", TensorType::float32, {1, 2, 3}, bytes_of(narrow)},
                       {"none", TensorType::float32, {0, 4}, {}},
                       {"wide", TensorType::float64, {3}, bytes_of(wide)},
                       {"count", TensorType::int64, {}, bytes_of(count)}},
                      {{"network", "ü \"quoted\""}});
    const SafetensorsReader reader(path);
    EXPECT_EQ(bytes_of(reader.read<double>("wide")).size(), 24u);
    EXPECT_TRUE(std::isnan(reader.read<double>("wide")[2]));
    EXPECT_EQ(reader.read<double>("wide")[1], -1e300);
    EXPECT_EQ(reader.read<float>("narrow"), narrow);
    EXPECT_EQ(reader.read<float>("half"), (std::vector<float>{-1}));
    EXPECT_EQ(reader.read<std::int64_t>("count"), count);
    EXPECT_TRUE(reader.read<float>("none").empty());
    EXPECT_EQ(reader.metadata().at("network"), "ü \"quoted\"");
    for (const auto& info : reader.tensors())
        EXPECT_EQ(info.first_byte % element_size(info.type), 0u) << info.name << " is aligned";
}

TEST(Safetensors, ReadsWhatPyTorchWrote) {
    const std::string folder = std::string(PROTOLITH_SOURCE_DIR) + "/tests/reference/";
    const SafetensorsReader reader(folder + "companion_generator.safetensors");
    const SafetensorsReader half(folder + "companion_generator_bfloat16.safetensors");
    EXPECT_EQ(reader.tensors().size(), 25u);
    EXPECT_EQ(reader.metadata().at("format"), "pt");
    EXPECT_EQ(reader.info("main.0.weight").shape, (std::vector<std::uint64_t>{6, 16, 4, 4}));
    EXPECT_EQ(reader.read<std::int64_t>("main.1.num_batches_tracked"), (std::vector<std::int64_t>{20}));
    const auto exact = reader.read<float>("main.3.weight"), rounded = half.read<float>("main.3.weight");
    ASSERT_EQ(exact.size(), rounded.size());
    for (std::size_t i = 0; i < exact.size(); ++i)
        ASSERT_NEAR(rounded[i], exact[i], std::abs(exact[i]) / 256) << "half of bfloat16's last place";
    EXPECT_NE(exact, rounded);
}

TEST(Safetensors, EveryTruncationIsNoticed) {
    const TemporaryFolder folder;
    const std::vector<float> values(5, 1.0f);
    write_safetensors(folder / "whole", {{"w", TensorType::float32, {5}, bytes_of(values)}}, {});
    std::ifstream in(folder / "whole", std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    ASSERT_EQ(message_of(folder / "whole"), "");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        std::ofstream(folder / "part", std::ios::binary) << whole.substr(0, size);
        EXPECT_NE(message_of(folder / "part").find("part"), std::string::npos) << size << " bytes";
    }
    std::ofstream(folder / "more", std::ios::binary) << whole << "more";
    EXPECT_NE(message_of(folder / "more").find("24 bytes of data, but the header tells of 20"), std::string::npos);
}

TEST(Safetensors, WrongHeadersAreToldWithTensorAndNumbers) {
    const TemporaryFolder folder;
    const std::string data(16, '\0');
    const auto expect = [&](const std::string& header, const std::string& part) {
        const std::string message = message_of(write_raw(folder, header, data));
        EXPECT_NE(message.find(part), std::string::npos) << header << "\n" << message;
        EXPECT_NE(message.find("raw.safetensors"), std::string::npos) << message;
    };
    expect("{" + entry("w", "F32", "[2]", "[0,8]") + "," + entry("v", "F32", "[3]", "[4,16]") + "}", "overlaps");
    expect("{" + entry("w", "F32", "[1]", "[0,4]") + "," + entry("v", "F32", "[2]", "[8,16]") + "}", "leaves a hole");
    expect("{" + entry("w", "F32", "[5]", "[0,20]") + "}", "'w': data_offsets [0,20] are outside the 16 bytes");
    expect("{" + entry("w", "F32", "[4]", "[16,0]") + "}", "outside");
    expect("{" + entry("w", "F32", "[3]", "[0,16]") + "}", "hold 16 bytes, but shape (3) of F32 needs 12");
    expect("{" + entry("w", "F16", "[8]", "[0,16]") + "}", "'w': dtype 'F16', expected F64, F32, BF16 or I64");
    expect("{" + entry("w", "F64", "[2]", "[0,16]") + "}", "'w' (2) is F64, expected F32 or BF16");
    expect("{" + entry("w", "F32", "[-4]", "[0,16]") + "}", "-4");
    expect("{" + entry("w", "F32", "[4294967296,4294967296]", "[0,16]") + "}", "larger than any file");
    expect("{" + entry("w", "F32", "4", "[0,16]") + "}", "expected a list");
    expect("{" + entry("w", "F32", "[4]", "[0]") + "}", "expected [first, last]");
    expect("{\"w\":{\"dtype\":\"F32\",\"shape\":[4]}}", "no 'data_offsets'");
    expect("{" + entry("w", "F32", "[2]", "[0,8]") + "," + entry("w", "F32", "[2]", "[8,16]") + "}", "stands twice");
    expect("{\"w\":7}", "not an object");
    expect("[1]", "not valid JSON");
    expect("{\"__metadata__\":{\"a\":1}," + entry("w", "F32", "[4]", "[0,16]") + "}", "expected a text");
    EXPECT_NE(message_of(write_raw(folder, "{}", "", 1'000'000'000'000)).find("1000000000002 bytes"),
              std::string::npos);
    EXPECT_NE(message_of(folder / "nowhere").find("cannot be opened"), std::string::npos);
    EXPECT_NE(message_of(folder.path()).find("cannot be opened"), std::string::npos) << "a folder";
}

TEST(Safetensors, AMissingTensorIsToldWithThoseThatThereAre) {
    const TemporaryFolder folder;
    const std::vector<float> one{1};
    write_safetensors(folder / "f", {{"main.0.weight", TensorType::float32, {1}, bytes_of(one)}}, {});
    const SafetensorsReader reader(folder / "f");
    EXPECT_TRUE(reader.contains("main.0.weight"));
    try {
        reader.read<float>("main.1.weight");
        FAIL();
    } catch (const InputError& e) {
        EXPECT_NE(std::string(e.what()).find("no tensor 'main.1.weight'; it has main.0.weight"), std::string::npos);
    }
}

TEST(Safetensors, WritingRefusesWhatDoesNotFit) {
    const TemporaryFolder folder;
    const std::vector<float> two{1, 2};
    EXPECT_THROW(write_safetensors(folder / "f", {{"w", TensorType::float32, {3}, bytes_of(two)}}, {}), Error);
    EXPECT_THROW(
        write_safetensors(
            folder / "f",
            {{"w", TensorType::float32, {2}, bytes_of(two)}, {"w", TensorType::float32, {2}, bytes_of(two)}}, {}),
        Error);
    EXPECT_FALSE(std::filesystem::exists(folder / "f"));
}

}  // namespace
}  // namespace protolith::io
