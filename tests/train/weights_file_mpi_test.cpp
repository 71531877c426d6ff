// Weights files on 1, 2 and 4 ranks: what is written comes back, and what does not fit is refused by name.
#include "io/hdf5/parallel_file.hpp"
#include "io/result_file.hpp"
#include "train/weights_file.hpp"

#include <cmath>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace protolith::train {
namespace {

/// Two parameters and a running statistic, with values that tell them apart.
class Network {
  public:
    explicit Network(double first, const Shape& shape = {2, 3, 3, 4}) {
        const auto add = [&](const Shape& of, double value) {
            return Tensor::full(queue_, of, DataType::float32, value);
        };
        weights.name = "generator";
        weights.parameters = {{"0.weight", autograd::Var(add(shape, first), true)},
                              {"1.bias", autograd::Var(add({4}, first + 1), true)}};
        weights.buffers = {{"1.running_mean", add({4}, first + 2)}};
    }
    std::vector<float> values() const {
        auto all = weights.parameters[0].var.value().to_floats();
        for (const Tensor& t : {weights.parameters[1].var.value(), weights.buffers[0].value})
            for (const float v : t.to_floats()) all.push_back(v);
        return all;
    }

  private:
    Queue queue_;

  public:
    NetworkWeights weights;
};

class Weights : public ::testing::Test {
  protected:
    Weights() {
        on_root(comm, [&] { std::filesystem::create_directories(folder); });
    }
    ~Weights() override {
        comm.barrier();
        if (comm.is_root()) std::filesystem::remove_all(folder);
    }
    void write(const Network& network,
               const io::AttributeList& settings = {{"size", std::int64_t{32}}, {"error", 0.5}}) {
        write_weights(comm, path, io::describe_run(comm), {"toy", settings}, std::span(&network.weights, 1));
        comm.barrier();
    }
    std::string refusal(const NetworkWeights& into) {
        try {
            WeightsFile(path).load(into);
        } catch (const InputError& e) {
            return e.what();
        }
        return "no refusal";
    }
    static void expect_said(const std::string& text, const std::vector<std::string>& words) {
        for (const auto& word : words) EXPECT_NE(text.find(word), std::string::npos) << word << " in: " << text;
    }

    Communicator comm;
    std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) /
                                   ("protolith_weights_" + comm.broadcast(std::to_string(::getpid())));
    std::filesystem::path path = folder / "best.h5";
};

TEST_F(Weights, ComeBackAsTheyWere) {
    const Network stored(0.1), other(7);
    write(stored);
    const WeightsFile file(path);
    EXPECT_EQ(file.model(), "toy");
    EXPECT_EQ(file.integer("size"), 32);
    EXPECT_EQ(file.real("error"), 0.5);
    EXPECT_TRUE(file.has_network("generator"));
    EXPECT_FALSE(file.has_network("critic"));
    file.load(other.weights);
    EXPECT_EQ(other.values(), stored.values());
}

TEST_F(Weights, OfAnotherNetworkAreRefusedWithNamesAndShapes) {
    write(Network(1));
    const Network wider(1, {2, 3, 3, 8});
    expect_said(refusal(wider.weights), {"best.h5", "generator", "'0.weight'", "(2, 3, 3, 4)", "(2, 3, 3, 8)"});
    Network more(1);
    more.weights.buffers.push_back({"9.running_var", more.weights.buffers[0].value});
    expect_said(refusal(more.weights), {"'9.running_var' (4) is not in the file"});
    Network fewer(1);
    fewer.weights.parameters.pop_back();
    expect_said(refusal(fewer.weights), {"'1.bias' (4) is of no layer"});
    Network elsewhere(1);
    elsewhere.weights.name = "critic";
    expect_said(refusal(elsewhere.weights), {"holds no network 'critic'"});
}

TEST_F(Weights, ThatAreNotFiniteAreNeitherWrittenNorRead) {
    Network network(1);
    network.weights.parameters[1].var.value().data<float>()[2] = std::nanf("");
    EXPECT_THROW(write(network), Error);
    EXPECT_FALSE(std::filesystem::exists(path));
    comm.barrier();
    {
        io::ParallelFile file(comm, path, io::FileFormat::portable);
        io::begin_file(file, "weights", io::describe_run(comm));
        file.group("/model");
        file.attributes("/model", {{"name", std::string("toy")}});
        file.group("/networks/generator");
        const auto put = [&](const std::string& name, const Tensor& tensor, const io::Shape& shape) {
            const auto dataset = file.create("/networks/generator/" + name, io::ElementType::float32, shape);
            file.write_from_root(dataset, tensor.to_floats().data());
        };
        put("0.weight", network.weights.parameters[0].var.value(), {2, 3, 3, 4});
        put("1.bias", network.weights.parameters[1].var.value(), {4});
        put("1.running_mean", network.weights.buffers[0].value, {4});
        io::close_complete(file);
    }
    comm.barrier();
    expect_said(refusal(network.weights), {"'1.bias' (4) holds nan at element 2"});
}

TEST_F(Weights, ThatAreTruncatedDamagedOrOfAnotherKindAreRefused) {
    write(Network(1));
    on_root(comm, [&] { std::filesystem::resize_file(path, std::filesystem::file_size(path) * 2 / 3); });
    EXPECT_THROW(WeightsFile{path}, InputError);
    comm.barrier();

    write(Network(1));
    on_root(comm, [&] {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(file)), {});
        const float one = 1;
        const auto at = bytes.find(std::string(reinterpret_cast<const char*>(&one), 4));
        ASSERT_NE(at, std::string::npos);
        file.clear();
        file.seekp(static_cast<std::streamoff>(at));
        file.put(static_cast<char>(bytes[at] ^ 4));
    });
    EXPECT_THROW(WeightsFile{path}, InputError) << "one bit of a weight";
    comm.barrier();

    auto result = io::ResultFile::create(comm, path, io::describe_run(comm));
    result.complete();
    comm.barrier();
    try {
        WeightsFile{path};
        FAIL() << "a result file is not a weights file";
    } catch (const InputError& e) {
        expect_said(e.what(), {"a result file", "weights file"});
    }
    EXPECT_THROW(WeightsFile{folder / "absent.h5"}, InputError);
}

}  // namespace
}  // namespace protolith::train
