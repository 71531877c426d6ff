#include "arrays.hpp"
#include "minibatch_stddev/centre.hpp"

#include <cmath>

namespace protolith::kernels {
namespace {

using testing::whole_numbers;

template <class T>
class CentreBatch : public ::testing::Test {};
TYPED_TEST_SUITE(CentreBatch, testing::ElementTypes);

TYPED_TEST(CentreBatch, TakesMeansAwayAndMeasuresWhatIsLeft) {
    struct Sizes {
        std::int64_t groups, samples, features;
    };
    for (const auto [groups, samples, features] :
         {Sizes{1, 1, 1}, Sizes{1, 4, 5}, Sizes{3, 2, 7}, Sizes{2, 5, 4097}, Sizes{1, 7, 2048}}) {
        const auto x = whole_numbers<TypeParam>(groups * samples * features);
        std::vector<TypeParam> centred(x.size());
        std::vector<accumulator_t<TypeParam>> deviation(static_cast<std::size_t>(groups * features));
        Queue queue(Backend::cpu, 2);
        const double epsilon = 0.25;
        cpu::centre_batch(queue, groups, samples, features, epsilon, x.data(), centred.data(), deviation.data());
        for (std::int64_t g = 0; g < groups; ++g)
            for (std::int64_t f = 0; f < features; ++f) {
                const auto at = [&](std::int64_t s) { return (g * samples + s) * features + f; };
                double mean = 0, square = 0;
                for (std::int64_t s = 0; s < samples; ++s) mean += double(x[at(s)]) / double(samples);
                for (std::int64_t s = 0; s < samples; ++s) {
                    const double difference = double(x[at(s)]) - mean;
                    square += difference * difference / double(samples);
                    ASSERT_NEAR(double(centred[at(s)]), difference, 32 * testing::rounding<TypeParam>());
                }
                ASSERT_NEAR(double(deviation[g * features + f]), std::sqrt(square + epsilon), 1e-4);
            }
    }
}

}  // namespace
}  // namespace protolith::kernels
