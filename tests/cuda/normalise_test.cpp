// Moments, normalisation and the batch's deviation on the CUDA backend against the CPU's.
#include "normalise/normalise.hpp"

#include "minibatch_stddev/centre.hpp"
#include "normalise/moments.hpp"
#include "twins.hpp"

namespace protolith::kernels {
namespace {

using testing::Backends;
using testing::eps_of;
using testing::numbers;
using testing::Twin;

constexpr std::int64_t shifts[] = {0, 1};

const Groups shapes[] = {
    {1, 1, 1},    {1, 5, 3},  {3, 1, 7},    {2, 33, 64},  {2, 33, 65},  {1, 3003, 1}, {5, 4096, 1},
    {1, 77, 264}, {50, 3, 1}, {1, 5000, 5}, {7, 100, 16}, {1, 9001, 1}, {31, 16, 32}, {1, 2500, 16},
};

std::string text(const Groups& g) {
    return std::to_string(g.outer) + " " + std::to_string(g.rows) + " " + std::to_string(g.channels);
}

template <class T>
class CudaNormalise : public ::testing::Test {};
TYPED_TEST_SUITE(CudaNormalise, testing::ElementTypes);

template <class T>
class CudaMoments : public ::testing::Test {};
TYPED_TEST_SUITE(CudaMoments, testing::ElementTypes);

template <class T>
void check_moments(const Groups& g, std::int64_t shift, double middle) {
    using A = accumulator_t<T>;
    Backends on;
    Twin<T> x(on.device, numbers<T>(g.elements(), 1, middle), shift);
    Twin<A> mean(on.device, std::vector<A>(g.count(), 7)), variance(on.device, std::vector<A>(g.count(), 7));
    cpu::moments(on.host, g, x.host(), mean.host(), variance.host());
    cuda::moments(on.device, g, x.device(), mean.device(), variance.device());
    mean.expect_equal(4 * eps_of<A>(), "mean " + text(g));
    variance.expect_equal(16 * eps_of<A>() + middle * eps_of<double>(), "variance " + text(g));
}

TYPED_TEST(CudaMoments, EqualTheCpus) {
    for (const auto& g : shapes)
        for (const auto shift : shifts) {
            check_moments<TypeParam>(g, shift, 0.2);
            check_moments<TypeParam>(g, shift, 1000);
        }
    check_moments<TypeParam>(Groups{3, 0, 4}, 0, 0.2);
}

struct Parameters {
    bool centred, affine;
    double slope;
};

template <class T>
void check_normalise(const Groups& g, const Parameters& with, std::int64_t shift) {
    using A = accumulator_t<T>;
    Backends on;
    const std::string what = text(g);
    Twin<T> x(on.device, numbers<T>(g.elements(), 1), shift), gradient(on.device, numbers<T>(g.elements(), 2), shift);
    Twin<T> y(on.device, numbers<T>(g.elements(), 3), shift);
    Twin<A> mean(on.device, numbers<A>(g.count(), 4)), rstd(on.device, numbers<A>(g.count(), 5, 2));
    Twin<A> gamma(on.device, numbers<A>(g.channels, 6, 1.5)), beta(on.device, numbers<A>(g.channels, 7));
    Twin<A> sums(on.device, std::vector<A>(g.count())), products(on.device, std::vector<A>(g.count()));
    const auto rows = [&](bool device) {
        const auto at = [&](Twin<A>& twin) { return device ? twin.device() : twin.host(); };
        return Normalisation<A>{with.centred ? at(mean) : nullptr, at(rstd), with.affine ? at(gamma) : nullptr,
                                with.affine ? at(beta) : nullptr, with.slope};
    };
    cpu::normalise(on.host, g, x.host(), rows(false), y.host());
    cuda::normalise(on.device, g, x.device(), rows(true), y.device());
    y.expect_equal(8 * eps_of<T>(), "normalise " + what);
    cpu::normalise_sums(on.host, g, x.host(), gradient.host(), rows(false), sums.host(), products.host());
    cuda::normalise_sums(on.device, g, x.device(), gradient.device(), rows(true), sums.device(), products.device());
    const double tolerance = eps_of<A>() * (32 + std::sqrt(static_cast<double>(g.rows)));
    sums.expect_equal(tolerance, "sums " + what);
    products.expect_equal(tolerance, "products " + what);
    cpu::normalise_backward(on.host, g, x.host(), gradient.host(), rows(false), sums.host(), products.host(),
                            gradient.host());
    cuda::normalise_backward(on.device, g, x.device(), gradient.device(), rows(true), sums.device(), products.device(),
                             gradient.device());
    gradient.expect_equal(16 * eps_of<T>() + tolerance, "backward " + what);
}

TYPED_TEST(CudaNormalise, ForwardAndBackwardEqualTheCpus) {
    for (const auto& g : shapes)
        for (const auto shift : shifts)
            for (const auto& with :
                 {Parameters{true, false, 1}, Parameters{true, true, 0.2}, Parameters{false, true, 0}})
                check_normalise<TypeParam>(g, with, shift);
}

TYPED_TEST(CudaNormalise, ProjectionEqualsTheCpus) {
    Backends on;
    for (const auto& g : shapes)
        for (const bool centred : {true, false}) {
            Twin<TypeParam> hat(on.device, numbers<TypeParam>(g.elements(), 1));
            Twin<TypeParam> v(on.device, numbers<TypeParam>(g.elements(), 2));
            cpu::project(on.host, g, centred, hat.host(), v.host(), v.host());
            cuda::project(on.device, g, centred, hat.device(), v.device(), v.device());
            v.expect_equal(16 * eps_of<TypeParam>(), text(g));
        }
}

TYPED_TEST(CudaMoments, OfABatchAndItsCentredFeaturesEqualTheCpus) {
    using A = accumulator_t<TypeParam>;
    Backends on;
    for (const auto& g : {Groups{1, 1, 1}, Groups{1, 4, 5}, Groups{3, 2, 7}, Groups{2, 5, 1031}, Groups{4, 64, 512}})
        for (const bool both : {true, false}) {
            Twin<TypeParam> x(on.device, numbers<TypeParam>(g.elements(), 1));
            Twin<TypeParam> centred(on.device, numbers<TypeParam>(g.elements(), 2));
            Twin<A> deviation(on.device, std::vector<A>(g.count()));
            const auto run = [&](auto&& op, Queue& queue, auto* from, auto* to, auto* result) {
                op(queue, g.outer, g.rows, g.channels, 0.25, from, both ? to : nullptr, result);
            };
            run([](auto&&... a) { cpu::centre_batch(a...); }, on.host, x.host(), centred.host(), deviation.host());
            run([](auto&&... a) { cuda::centre_batch(a...); }, on.device, x.device(), centred.device(),
                deviation.device());
            centred.expect_equal(4 * eps_of<TypeParam>(), "centred " + text(g));
            deviation.expect_equal(8 * eps_of<A>(), "deviation " + text(g));
            cuda::centre_batch(on.device, g.outer, g.rows, g.channels, 0.25, x.device(), centred.device(),
                               static_cast<A*>(nullptr));
        }
}

}  // namespace
}  // namespace protolith::kernels
