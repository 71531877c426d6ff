#include "tensor/tensor.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

namespace protolith {
namespace {

TEST(Shape, NamesItsExtentsAndCountsFromEitherEnd) {
    const Shape shape{2, 3, 5};
    EXPECT_EQ(shape.text(), "(2, 3, 5)");
    EXPECT_EQ(shape.elements(), 30);
    EXPECT_EQ(shape[-1], 5);
    EXPECT_EQ(shape.product(1, 3), 15);
    EXPECT_EQ(shape.with(-1, 7), (Shape{2, 3, 7}));
    EXPECT_EQ(Shape{}.elements(), 1);
    EXPECT_THROW((void)shape[3], Error);
    EXPECT_THROW((Shape{1, 1, 1, 1, 1, 1}), Error);
    EXPECT_THROW((Shape{2, -1}), Error);
}

TEST(Tensor, KeepsHostValuesInEveryType) {
    Queue queue;
    const std::vector<double> values{1.0, -2.5, 0.1};
    for (const DataType type : {DataType::float32, DataType::bfloat16, DataType::float64}) {
        const auto back = Tensor::from(queue, {3}, type, values).to_doubles();
        EXPECT_EQ(back[1], -2.5);
        EXPECT_NEAR(back[2], 0.1, type == DataType::bfloat16 ? 4e-4 : 1e-8);
    }
    EXPECT_EQ(Tensor::from(queue, {3}, DataType::float64, values).to_doubles()[2], 0.1);
}

TEST(Tensor, ViewsShareElementsAndClonesDoNot) {
    Queue queue;
    const std::vector<float> values{0, 1, 2, 3, 4, 5};
    const Tensor whole = Tensor::from(queue, {3, 2}, DataType::float32, values);
    const Tensor row = whole.rows(1, 2), copy = whole.clone();
    row.data<float>()[0] = 20;
    EXPECT_EQ(whole.reshaped({6}).to_floats()[2], 20);
    EXPECT_EQ(copy.to_floats()[2], 2);
    EXPECT_EQ(row.identity(), whole.identity());
    EXPECT_NE(copy.identity(), whole.identity());
    EXPECT_THROW((void)whole.reshaped({5}), Error);
    EXPECT_THROW((void)whole.rows(2, 4), Error);
    EXPECT_THROW((void)whole.data<double>(), Error);
}

TEST(Tensor, AShapeWithoutElementsCannotBeRead) {
    Queue queue;
    const Tensor promised = Tensor::shape_only(queue, {4, 4}, DataType::float32);
    EXPECT_EQ(promised.elements(), 16);
    EXPECT_THROW((void)promised.data<float>(), Error);
    EXPECT_EQ(queue.pool()->use().peak_live, 0U);
}

TEST(Tensor, MemoryGoesBackToThePoolWithItsLastView) {
    Queue queue;
    {
        Tensor whole = Tensor::zeros(queue, {1000, 1000}, DataType::float32);
        const Tensor part = whole.rows(0, 1);
        whole = Tensor();
        EXPECT_GE(queue.pool()->use().live, 4'000'000U);
    }
    EXPECT_EQ(queue.pool()->use().live, 0U);
    EXPECT_GE(queue.pool()->use().peak_live, 4'000'000U);
}

TEST(Tensor, AssigningCountsAsAChange) {
    Queue queue;
    const Tensor a = Tensor::zeros(queue, {2}, DataType::float32), b = Tensor::full(queue, {2}, DataType::float32, 3);
    const auto before = a.version();
    a.assign(b);
    EXPECT_EQ(a.to_floats()[1], 3);
    EXPECT_GT(a.version(), before);
    EXPECT_THROW(a.assign(Tensor::zeros(queue, {3}, DataType::float32)), Error);
}

}  // namespace
}  // namespace protolith
