// state_dict files: PyTorch's arrays into networks and back, bit for bit, and what does not fit.
#include "train/state_dict.hpp"

#include "../io/one_process.hpp"
#include "../io/temporary_folder.hpp"

#include <cmath>
#include <functional>
#include <limits>

#include <gtest/gtest.h>

namespace protolith::train {
namespace {

const std::string fixtures = std::string(PROTOLITH_SOURCE_DIR) + "/tests/reference/";

/// A network with a tensor for each of the file's, of the engine's shapes, all zero.
NetworkWeights network_for(Queue& queue, const io::SafetensorsReader& file, const std::string& prefix) {
    NetworkWeights network{"generator", {}, {}};
    for (const auto& info : file.tensors()) {
        if (info.type == io::TensorType::int64) continue;
        std::vector<std::int64_t> extents(info.shape.begin(), info.shape.end());
        if (extents.size() > 2) std::rotate(extents.begin() + 1, extents.begin() + 2, extents.end());
        const Tensor zeros = Tensor::zeros(queue, Shape(extents), DataType::float32);
        const std::string name = info.name.substr(prefix.size());
        if (name.find("running") == std::string::npos)
            network.parameters.push_back({name, autograd::Var(zeros, true)});
        else
            network.buffers.push_back({name, zeros});
    }
    return network;
}

Tensor tensor_of(const NetworkWeights& network, const std::string& name) {
    for (const auto& parameter : network.parameters)
        if (parameter.name == name) return parameter.var.value();
    throw Error("no parameter " + name);
}

TEST(StateDict, AxisOneOfPyTorchsArraysIsTheLastHere) {
    Queue queue;
    const io::SafetensorsReader file(fixtures + "companion_generator.safetensors");
    const auto network = network_for(queue, file, "main.");
    load_state_dict(file, "main.", network);
    const auto theirs = file.read<float>("main.3.weight");  // (16, 8, 4, 4)
    const Tensor ours = tensor_of(network, "3.weight");
    ASSERT_EQ(ours.shape(), (Shape{16, 4, 4, 8}));
    const auto values = ours.to_floats();
    for (std::size_t k = 0; k < 16; ++k)
        for (std::size_t c = 0; c < 8; ++c)
            for (std::size_t i = 0; i < 16; ++i)
                ASSERT_EQ(values[(k * 16 + i) * 8 + c], theirs[(k * 8 + c) * 16 + i]) << k << " " << c << " " << i;
    EXPECT_EQ(tensor_of(network, "1.bias").to_floats(), file.read<float>("main.1.bias"));
}

TEST(StateDict, ThereAndBackIsBitForBit) {
    const Communicator& comm = io::one_process();
    const io::TemporaryFolder folder;
    Queue queue;
    const io::SafetensorsReader file(fixtures + "companion_generator.safetensors");
    const auto network = network_for(queue, file, "main.");
    load_state_dict(file, "main.", network);
    write_weights(comm, folder / "weights.h5", io::describe_run(comm), {"test", {}}, std::span(&network, 1));

    const WeightsFile weights(folder / "weights.h5");
    write_state_dict(weights, "generator", folder / "back", "main.", io::TensorType::float32, {{"format", "pt"}});
    write_state_dict(weights, "generator", folder / "half", "", io::TensorType::bfloat16, {});
    const io::SafetensorsReader back(folder / "back"), half(folder / "half");
    const io::SafetensorsReader half_of_pytorch(fixtures + "companion_generator_bfloat16.safetensors");
    EXPECT_EQ(back.metadata().at("format"), "pt");
    std::size_t compared = 0;
    for (const auto& info : file.tensors()) {
        if (info.type == io::TensorType::int64) continue;
        EXPECT_EQ(back.info(info.name).shape, info.shape) << info.name;
        EXPECT_EQ(back.read<float>(info.name), file.read<float>(info.name)) << info.name;
        EXPECT_EQ(half.read<float>(info.name.substr(5)), half_of_pytorch.read<float>(info.name)) << info.name;
        ++compared;
    }
    EXPECT_EQ(compared, back.tensors().size());
}

std::string message_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const InputError& e) {
        return e.what();
    }
    return "";
}

TEST(StateDict, EveryDifferenceIsToldWithNamesAndShapes) {
    Queue queue;
    const io::SafetensorsReader file(fixtures + "companion_generator.safetensors");
    auto network = network_for(queue, file, "main.");
    const auto load = [&] { return message_of([&] { load_state_dict(file, "main.", network); }); };
    ASSERT_EQ(load(), "");
    for (auto& parameter : network.parameters)
        if (parameter.name == "12.weight")
            parameter.var = autograd::Var(Tensor::zeros(queue, {4, 4, 4, 3}, DataType::float32), true);
    network.parameters.push_back({"13.bias", autograd::Var(Tensor::zeros(queue, {3}, DataType::float32), true)});
    network.buffers.pop_back();
    const std::string message = load();
    for (const char* part : {"companion_generator.safetensors", "generator",
                             "'main.12.weight' has the shape (4, 1, 4, 4) there, (4, 3, 4, 4) expected",
                             "'main.13.bias' (3) is not in the file", "is of no layer of this network"})
        EXPECT_NE(message.find(part), std::string::npos) << part << "\n" << message;
}

TEST(StateDict, WeightsThatAreNotFiniteAreRefused) {
    const io::TemporaryFolder folder;
    Queue queue;
    const std::vector<float> values{1, std::numeric_limits<float>::quiet_NaN()};
    io::write_safetensors(folder / "nan",
                          {{"0.weight", io::TensorType::float32, {2}, std::as_bytes(std::span(values))}}, {});
    const io::SafetensorsReader file(folder / "nan");
    const auto network = network_for(queue, file, "");
    EXPECT_NE(message_of([&] { load_state_dict(file, "", network); }).find("'0.weight' (2) holds nan"),
              std::string::npos);
}

TEST(StateDict, ThePrefixIsFoundOrAskedFor) {
    const io::TemporaryFolder folder;
    const std::vector<float> one{1};
    const auto bytes = std::as_bytes(std::span(one));
    const auto file_with = [&](const std::vector<std::string>& names) {
        std::vector<io::TensorToWrite> tensors;
        for (const auto& name : names) tensors.push_back({name, io::TensorType::float32, {1}, bytes});
        io::write_safetensors(folder / "f", tensors, {});
        return io::SafetensorsReader(folder / "f");
    };
    EXPECT_EQ(prefix_of(file_with({"0.weight", "10.weight"}), "0.weight"), "");
    EXPECT_EQ(prefix_of(file_with({"module.main.0.weight", "module.main.10.weight"}), "0.weight"), "module.main.");
    const std::string two = message_of([&] {
        prefix_of(file_with({"G.main.0.weight", "D.main.0.weight"}), "0.weight");
    });
    EXPECT_NE(two.find("'G.main.', 'D.main.'"), std::string::npos) << two;
    EXPECT_NE(message_of([&] { prefix_of(file_with({"conv.weight"}), "0.weight"); }).find("no tensor is called"),
              std::string::npos);
}

}  // namespace
}  // namespace protolith::train
