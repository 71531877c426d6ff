// Gradients, statistics and first weights over 1, 2 and 4 ranks: one suite for MPI and for NCCL.
#include "autograd/arithmetic.hpp"
#include "autograd/grad.hpp"
#include "on_backends.hpp"
#include "parallel/gradient_mean.hpp"
#include "parallel/replicas.hpp"

#include <memory>
#include <numeric>

#include <gtest/gtest.h>

namespace protolith::parallel {
namespace {

using autograd::Var;

std::vector<double> values_of(std::size_t parameter, std::int64_t count, int rank) {
    std::vector<double> values(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<double>((parameter + 1) * (i + 3)) * (rank + 1);
    return values;
}

double mean_over_ranks(int size) { return (size + 1) / 2.0; }

class GradientMeans : public OnBackends {
  protected:
    void SetUp() override {
        OnBackends::SetUp();
        if (!IsSkipped()) exchange = std::make_unique<Exchange>(comm, queue);
    }

    std::unique_ptr<Exchange> exchange;
    // odd, one, large, empty
    const std::vector<Shape> shapes{{3, 5}, {1}, {7, 11, 13}, {0}, {64, 64}, {2, 2, 2, 2}};

    std::vector<Tensor> tensors(DataType type) {
        std::vector<Tensor> all;
        for (const auto& shape : shapes) all.push_back(Tensor::zeros(queue, shape, type));
        return all;
    }
    std::vector<Tensor> reduce(GradientMean& sum, const std::vector<std::size_t>& order, DataType type, double scale) {
        for (const std::size_t i : order) {
            auto values = values_of(i, shapes[i].elements(), comm.rank());
            for (auto& value : values) value *= scale;
            sum.add(i, Tensor::from(queue, shapes[i], type, values));
        }
        return sum.finish();
    }
};

TEST_P(GradientMeans, AreRightWhateverTheBucketAndTheOrder) {
    for (const std::size_t bytes : {std::size_t{1}, std::size_t{1000}, std::size_t{4} << 20})
        for (const DataType type : {DataType::float32, DataType::float64}) {
            GradientMean sum(*exchange, tensors(type), bytes);
            for (const auto& order :
                 {std::vector<std::size_t>{5, 4, 3, 2, 1, 0}, {0, 1, 2, 3, 4, 5}, {3, 0, 5, 1, 4, 2}}) {
                const auto sums = reduce(sum, order, type, 1.0);
                ASSERT_EQ(sums.size(), shapes.size());
                for (std::size_t i = 0; i < shapes.size(); ++i) {
                    EXPECT_EQ(sums[i].shape(), shapes[i]);
                    auto expected = values_of(i, shapes[i].elements(), 0);
                    for (auto& value : expected) value *= mean_over_ranks(comm.size());
                    EXPECT_EQ(sums[i].to_doubles(), expected) << "halves and quarters add exactly";
                }
            }
        }
}

TEST_P(GradientMeans, HaveTheSameBitsEachTimeAndOnEveryRank) {
    GradientMean sum(*exchange, tensors(DataType::float32), 1000);
    std::vector<std::size_t> order(shapes.size());
    std::iota(order.rbegin(), order.rend(), std::size_t{0});
    const auto first = reduce(sum, order, DataType::float32, 0.1234567),
               again = reduce(sum, order, DataType::float32, 0.1234567);
    for (std::size_t i = 0; i < shapes.size(); ++i) EXPECT_EQ(first[i].to_doubles(), again[i].to_doubles());
    EXPECT_TRUE(Replicas(comm, queue).agree(first));
}

TEST_P(GradientMeans, RefuseWhatDoesNotFit) {
    GradientMean sum(*exchange, tensors(DataType::float32));
    EXPECT_THROW(sum.add(0, Tensor::zeros(queue, {5, 3}, DataType::float32)), Error);
    EXPECT_THROW(sum.add(1, Tensor::zeros(queue, {1}, DataType::float64)), Error);
    EXPECT_THROW(sum.finish(), Error) << "gradients are missing";
}

TEST(Buckets, AreFilledFromTheLastParameterOn) {
    Queue queue;
    const std::vector<Tensor> parameters{Tensor::zeros(queue, {100}, DataType::float32),
                                         Tensor::zeros(queue, {10}, DataType::float32),
                                         Tensor::zeros(queue, {10}, DataType::float32)};
    const auto plans = plan_buckets(parameters, 80);
    ASSERT_EQ(plans.size(), 2u);
    EXPECT_EQ(plans[0].elements, 20);
    EXPECT_EQ(plans[0].members[0].parameter, 2u);
    EXPECT_EQ(plans[0].members[1].offset, 10);
    EXPECT_EQ(plans[1].elements, 100);
}

TEST_P(GradientMeans, OfABackwardIsTheGradientOfTheMeanLoss) {
    const auto scalar = [&](double value, bool wanted) {
        return Var(Tensor::full(queue, {1}, DataType::float64, value), wanted);
    };
    const Var a = scalar(3, true), b = scalar(5, true), x = scalar(comm.rank() + 1, false);
    GradientMean mean(*exchange, {a.value(), b.value()});
    autograd::grad(autograd::multiply(autograd::multiply(a, x), b), {a, b},
                   {.ready = [&](std::size_t i, const Var& gradient) { mean.add(i, gradient.value()); }});
    const auto gradients = mean.finish();
    const double mean_x = (comm.size() + 1) / 2.0;
    EXPECT_DOUBLE_EQ(gradients[0].item(), 5 * mean_x);
    EXPECT_DOUBLE_EQ(gradients[1].item(), 3 * mean_x);
}

class ReplicasOf : public OnBackends {};

TEST_P(ReplicasOf, StartFromRankZeroAndNoticeADifference) {
    const Replicas replicas(comm, queue);
    const std::vector<Tensor> weights{Tensor::full(queue, {2, 3}, DataType::float32, 0.1 * (comm.rank() + 1)),
                                      Tensor::full(queue, {4}, DataType::float64, comm.rank()),
                                      Tensor::full(queue, {5}, DataType::bfloat16, comm.rank() + 1),
                                      Tensor::zeros(queue, {0}, DataType::float32)};
    EXPECT_EQ(replicas.agree(weights), comm.size() == 1);
    replicas.broadcast(weights);
    EXPECT_TRUE(replicas.agree(weights));
    EXPECT_FLOAT_EQ(weights[0].to_floats()[5], 0.1F);
    EXPECT_EQ(weights[1].to_doubles()[3], 0.0);
    EXPECT_EQ(weights[2].to_floats()[4], 1.0F) << "any type, bit for bit";
}

TEST_P(ReplicasOf, AverageStatisticsAndLosses) {
    const Replicas replicas(comm, queue);
    const std::vector<Tensor> statistics{Tensor::full(queue, {3}, DataType::float32, comm.rank()),
                                         Tensor::full(queue, {1, 2}, DataType::float32, 2 * comm.rank())};
    replicas.average(statistics);
    EXPECT_FLOAT_EQ(statistics[0].to_floats()[2], static_cast<float>((comm.size() - 1) / 2.0));
    EXPECT_FLOAT_EQ(statistics[1].to_floats()[1], static_cast<float>(comm.size() - 1));
    EXPECT_DOUBLE_EQ(replicas.mean({1.0, static_cast<double>(comm.rank())})[1], (comm.size() - 1) / 2.0);
}

PROTOLITH_ON_BACKENDS(GradientMeans);
PROTOLITH_ON_BACKENDS(ReplicasOf);

TEST(Batch, IsSharedEquallyOrNotAtAll) {
    const Communicator comm;
    const auto mine = share_of_batch(comm, 8);
    EXPECT_EQ(mine.size(), 8u / static_cast<std::size_t>(comm.size()));
    EXPECT_THROW(share_of_batch(comm, 0), InputError);
    if (comm.size() == 1) return;
    EXPECT_THROW(share_of_batch(comm, comm.size() + 1), InputError);
}

}  // namespace
}  // namespace protolith::parallel
