#include "slice/slice.hpp"

#include "arrays.hpp"

namespace protolith::kernels {
namespace {

using testing::doubles;
using testing::whole_numbers;

std::int64_t count(const std::int64_t* extents, int rank) {
    std::int64_t n = 1;
    for (int a = 0; a < rank; ++a) n *= extents[a];
    return n;
}

/// Calls visit(index in the whole, index in the part) for the elements of the box.
template <class Visit>
void over_box(const Box& box, Visit&& visit) {
    for (std::int64_t p = 0; p < count(box.extent, box.rank); ++p) {
        std::int64_t rest = p, whole = 0, stride = 1;
        for (int a = box.rank - 1; a >= 0; --a) {
            whole += (box.origin[a] + rest % box.extent[a]) * stride;
            rest /= box.extent[a];
            stride *= box.whole[a];
        }
        visit(whole, p);
    }
}

const std::vector<Box> boxes{
    {1, {7}, {2}, {3}},
    {1, {5}, {0}, {5}},
    {2, {3, 300}, {1, 0}, {2, 300}},
    {2, {4, 5}, {0, 4}, {4, 1}},                             // last of five channels
    {3, {2, 9, 40}, {0, 0, 3}, {2, 9, 17}},                  // channels of odd number
    {4, {2, 5, 6, 3}, {0, 1, 2, 0}, {2, 3, 3, 3}},           // crop
    {4, {1, 4, 150, 5}, {0, 1, 2, 0}, {1, 3, 147, 5}},       // long runs
    {5, {2, 3, 4, 5, 6}, {1, 1, 1, 1, 1}, {1, 2, 2, 3, 4}},  // every axis
    {6, {2, 3, 2, 3, 2, 3}, {1, 0, 1, 1, 0, 2}, {1, 2, 1, 2, 1, 1}},
    {3, {3, 4, 5}, {1, 1, 1}, {1, 0, 2}},  // empty
};

template <class T>
class Slice : public ::testing::Test {};
TYPED_TEST_SUITE(Slice, testing::ElementTypes);

TYPED_TEST(Slice, TakesTheBox) {
    for (const int threads : {1, 3})
        for (const Box& box : boxes) {
            Queue queue(Backend::cpu, threads);
            const auto whole = whole_numbers<TypeParam>(count(box.whole, box.rank));
            std::vector<TypeParam> part(static_cast<std::size_t>(count(box.extent, box.rank)));
            cpu::slice(queue, box, sizeof(TypeParam), whole.data(), part.data());
            over_box(box, [&](auto w, auto p) { ASSERT_EQ(double(part[p]), double(whole[w])); });
        }
}

TYPED_TEST(Slice, PadHasZerosOutsideAndInsertLeavesThemAlone) {
    for (const int threads : {1, 3})
        for (const Box& box : boxes) {
            Queue queue(Backend::cpu, threads);
            const auto part = whole_numbers<TypeParam>(count(box.extent, box.rank));
            const auto size = static_cast<std::size_t>(count(box.whole, box.rank));
            std::vector<double> zeros(size, 0.0), sevens(size, 7.0);
            over_box(box, [&](auto w, auto p) { zeros[w] = sevens[w] = double(part[p]); });
            std::vector<TypeParam> padded(size, TypeParam(3)), inserted(size, TypeParam(7));
            cpu::pad(queue, box, sizeof(TypeParam), part.data(), padded.data());
            cpu::insert(queue, box, sizeof(TypeParam), part.data(), inserted.data());
            ASSERT_EQ(doubles(padded), zeros);
            ASSERT_EQ(doubles(inserted), sevens);
        }
}

TEST(Runs, OfEveryLengthAreCopiedAndNothingElse) {
    for (std::int64_t length = 1; length < 300; length += length < 70 ? 1 : 17) {
        Queue queue;
        const Box box{2, {3, length + 2}, {0, 1}, {3, length}};
        std::vector<std::uint8_t> bytes(static_cast<std::size_t>(3 * (length + 2)));
        for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 7);
        std::vector<std::uint8_t> part(static_cast<std::size_t>(3 * length)), back(bytes.size(), 255);
        cpu::slice(queue, box, 1, bytes.data(), part.data());
        over_box(box, [&](auto w, auto p) { ASSERT_EQ(part[p], bytes[w]) << length; });
        cpu::insert(queue, box, 1, part.data(), back.data());
        over_box(box, [&](auto w, auto) { ASSERT_EQ(back[w], bytes[w]) << length; });
        for (std::size_t row = 0; row < 3; ++row) {
            ASSERT_EQ(back[row * static_cast<std::size_t>(length + 2)], 255);
            ASSERT_EQ(back[(row + 1) * static_cast<std::size_t>(length + 2) - 1], 255);
        }
    }
}

}  // namespace
}  // namespace protolith::kernels
