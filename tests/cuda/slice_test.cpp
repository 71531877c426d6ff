#include "slice/slice.hpp"

#include "shifted_array.hpp"

namespace protolith::kernels {
namespace {

using testing::doubles;
using testing::ShiftedArray;
using testing::shifts;
using testing::whole_numbers;

std::int64_t count(const std::int64_t* extents, int rank) {
    std::int64_t n = 1;
    for (int a = 0; a < rank; ++a) n *= extents[a];
    return n;
}

const std::vector<Box> boxes{
    {1, {7}, {2}, {3}},
    {1, {257}, {0}, {257}},
    {2, {3, 300}, {1, 0}, {2, 300}},
    {2, {33, 5}, {0, 4}, {33, 1}},                           // last of five channels
    {3, {2, 9, 40}, {0, 0, 3}, {2, 9, 17}},                  // channels of odd number
    {3, {2, 31, 64}, {0, 0, 16}, {2, 31, 32}},               // words of 16 bytes
    {4, {2, 5, 6, 3}, {0, 1, 2, 0}, {2, 3, 3, 3}},           // crop
    {4, {2, 6, 7, 8}, {0, 1, 1, 0}, {2, 4, 5, 8}},           // padding of images
    {5, {2, 3, 4, 5, 6}, {1, 1, 1, 1, 1}, {1, 2, 2, 3, 4}},  // every axis
    {6, {2, 3, 2, 3, 2, 3}, {1, 0, 1, 1, 0, 2}, {1, 2, 1, 2, 1, 1}},
    {3, {3, 4, 5}, {1, 1, 1}, {1, 0, 2}},  // empty
};

template <class T>
class CudaSlice : public ::testing::Test {};
TYPED_TEST_SUITE(CudaSlice, testing::ElementTypes);

TYPED_TEST(CudaSlice, TakesTheBox) {
    Queue host, device(Backend::cuda);
    for (const Box& box : boxes)
        for (const auto shift : shifts) {
            const auto whole = whole_numbers<TypeParam>(count(box.whole, box.rank));
            std::vector<TypeParam> expected(static_cast<std::size_t>(count(box.extent, box.rank)));
            cpu::slice(host, box, sizeof(TypeParam), whole.data(), expected.data());
            const ShiftedArray<TypeParam> from(device, whole, shift);
            const ShiftedArray<TypeParam> part(device, expected.size(), 0);
            cuda::slice(device, box, sizeof(TypeParam), from.data(), part.data());
            ASSERT_EQ(doubles(part.values()), doubles(expected));
        }
}

TYPED_TEST(CudaSlice, PadAndInsertAreThoseOfTheCpu) {
    Queue host, device(Backend::cuda);
    for (const Box& box : boxes)
        for (const auto shift : shifts) {
            const auto part = whole_numbers<TypeParam>(count(box.extent, box.rank));
            const auto size = static_cast<std::size_t>(count(box.whole, box.rank));
            std::vector<TypeParam> padded(size), inserted(size, TypeParam(7));
            const ShiftedArray<TypeParam> from(device, part, shift), pad_to(device, size, 0);
            const ShiftedArray<TypeParam> insert_to(device, inserted, shift);
            cpu::pad(host, box, sizeof(TypeParam), part.data(), padded.data());
            cpu::insert(host, box, sizeof(TypeParam), part.data(), inserted.data());
            cuda::pad(device, box, sizeof(TypeParam), from.data(), pad_to.data());
            cuda::insert(device, box, sizeof(TypeParam), from.data(), insert_to.data());
            ASSERT_EQ(doubles(pad_to.values()), doubles(padded));
            ASSERT_EQ(doubles(insert_to.values()), doubles(inserted));
        }
}

TEST(CudaRuns, OfEveryLengthAreCopiedAndNothingElse) {
    Queue host, device(Backend::cuda);
    for (std::int64_t length = 1; length < 40; ++length) {
        const Box box{2, {3, length + 2}, {0, 1}, {3, length}};
        std::vector<std::uint8_t> part(static_cast<std::size_t>(3 * length));
        for (std::size_t i = 0; i < part.size(); ++i) part[i] = static_cast<std::uint8_t>(i * 7);
        std::vector<std::uint8_t> expected(static_cast<std::size_t>(3 * (length + 2)), 255);
        const ShiftedArray<std::uint8_t> from(device, part, 0), to(device, expected, 0);
        cpu::insert(host, box, 1, part.data(), expected.data());
        cuda::insert(device, box, 1, from.data(), to.data());
        ASSERT_EQ(to.values(), expected) << length;
    }
}

}  // namespace
}  // namespace protolith::kernels
