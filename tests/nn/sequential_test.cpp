#include "nn/sequential.hpp"

#include "base/error.hpp"
#include "nn/initialise.hpp"
#include "nn/summary.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace protolith::nn {
namespace {

/// One parameter of `out` numbers; makes (N, C) into (N, out) without looking at it.
class Widen : public Module {
  public:
    Widen(const Placement& place, std::int64_t out)
        : weight_(place.parameter("weight", {out}, {1.0, 0.5})), mean_(place.buffer("mean", {out}, {0.0, 0.0})) {}
    Var forward(const Var& x, const Pass&) override { return x; }
    Shape output_shape(const Shape& input) const override {
        require_input(input.rank() == 2, "{} is not (N, C)", input.text());
        return input.with(1, weight_.var.shape()[0]);
    }
    std::string describe() const override { return "Widen ×"; }
    std::vector<Parameter> parameters() const override { return {weight_}; }
    std::vector<Buffer> buffers() const override { return {mean_}; }

  private:
    Parameter weight_;
    Buffer mean_;
};

TEST(Sequential, NamesParametersByLayerAndKeepsTheirOrder) {
    Queue queue;
    const Placement place{queue};
    Sequential net;
    net.add<Widen>("0", place, 3);
    net.add<Widen>("2", place, 5);
    ASSERT_EQ(net.parameters().size(), 2U);
    EXPECT_EQ(net.parameters()[0].name, "0.weight");
    EXPECT_EQ(net.parameters()[1].name, "2.weight");
    EXPECT_EQ(net.buffers()[1].name, "2.mean");
    EXPECT_EQ(parameter_count(net), 8);
}

TEST(Sequential, NestsNames) {
    Queue queue;
    Sequential net;
    auto& inner = net.add<Sequential>("main");
    inner.add<Widen>("0", Placement{queue}, 3);
    EXPECT_EQ(net.parameters()[0].name, "main.0.weight");
    EXPECT_EQ(summary(net, {1, 1}).layers[0].name, "main.0");
}

TEST(Sequential, RefusesTwoLayersOfOneName) {
    Queue queue;
    Sequential net;
    net.add<Widen>("0", Placement{queue}, 3);
    EXPECT_THROW(net.add<Widen>("0", Placement{queue}, 3), Error);
}

TEST(Summary, IsTheTableOfThePaper) {
    Queue queue;
    Sequential net;
    net.add<Widen>("0", Placement{queue}, 3);
    net.add<Widen>("1", Placement{queue}, 1234567);
    const Summary table = summary(net, {2, 7});
    EXPECT_EQ(table.text(),
              "   layer    output        parameters\n"
              "   input    (2, 7)                  \n"
              "0  Widen ×  (2, 3)                 3\n"
              "1  Widen ×  (2, 1234567)   1,234,567\n"
              "   total                   1,234,570\n");
    EXPECT_EQ(chain(table), "(2, 7) → (2, 3) → (2, 1234567)");
    EXPECT_EQ(table.activations(), 14 + 6 + 2 * 1234567);
}

TEST(Initialise, DependsOnSeedNetworkAndPlaceAlone) {
    Queue one, two(kernels::Backend::cpu, 2);
    Sequential a, b;
    a.add<Widen>("0", Placement{one}, 9999);
    a.add<Widen>("1", Placement{one}, 9999);
    b.add<Widen>("0", Placement{two, DataType::bfloat16}, 9999);
    initialise(a, 5, 0);
    initialise(b, 5, 0);
    const auto first = a.parameters()[0].var.value().to_floats();
    EXPECT_EQ(first, b.parameters()[0].var.value().to_floats());
    EXPECT_NE(first, a.parameters()[1].var.value().to_floats());
    initialise(b, 5, 1);
    EXPECT_NE(first, b.parameters()[0].var.value().to_floats());
}

TEST(Initialise, DrawsTheDistributionAskedFor) {
    Queue queue;
    Sequential net;
    net.add<Widen>("0", Placement{queue, DataType::float64}, 40000);
    initialise(net, 1, 0);
    const auto values = net.parameters()[0].var.value().to_doubles();
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / 40000;
    double variance = 0;
    for (const double value : values) variance += (value - mean) * (value - mean) / 40000;
    EXPECT_NEAR(mean, 1.0, 4 * 0.5 / 200);
    EXPECT_NEAR(std::sqrt(variance), 0.5, 4 * 0.5 / 283);
    for (const double value : net.buffers()[0].value.to_doubles()) EXPECT_EQ(value, 0.0);
}

}  // namespace
}  // namespace protolith::nn
