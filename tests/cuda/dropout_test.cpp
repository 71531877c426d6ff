#include "dropout/dropout.hpp"

#include "shifted_array.hpp"

namespace protolith::kernels {
namespace {

using testing::doubles;
using testing::ragged_numbers;
using testing::ShiftedArray;
using testing::shifts;

template <class T>
class CudaDropout : public ::testing::Test {};
TYPED_TEST_SUITE(CudaDropout, testing::ElementTypes);

TYPED_TEST(CudaDropout, IsBitForBitThatOfTheCpu) {
    using T = TypeParam;
    Queue host, device(Backend::cuda);
    for (const std::int64_t elements : {0, 1, 7, 8, 31, 33, 257, 5000})
        for (const double probability : {0.0, 0.3, 0.5})
            for (const auto shift : shifts) {
                const DropoutKey key{.seed = 0x123456789abcdefULL, .stream = 5, .step = 77};
                const auto x = ragged_numbers<T>(elements);
                std::vector<T> expected(x.size());
                cpu::dropout(host, elements, probability, key, x.data(), expected.data());
                const ShiftedArray<T> from(device, x, shift), to(device, x.size(), 0);
                cuda::dropout<T>(device, elements, probability, key, from.data(), to.data());
                ASSERT_EQ(doubles(to.values()), doubles(expected)) << elements;
            }
}

}  // namespace
}  // namespace protolith::kernels
