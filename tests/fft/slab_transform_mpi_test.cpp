// Transforms over ranks against the transform of the whole volume on each of them.
#include "base/random.hpp"
#include "fft/slab_transform.hpp"

#include <gtest/gtest.h>

namespace protolith::fft {
namespace {

void expect_whole_volumes_transform(const Extent& n) {
    const Communicator comm;
    const RealTransform<double> whole(n);
    Buffer<double> field(whole.real_size());
    RandomStream random(41, RandomPurpose::test, 0);
    for (double& v : field) v = random.uniform(-1.0, 1.0);
    Buffer<std::complex<double>> expected(whole.spectrum_size());
    whole.forward(field.data(), expected.data());

    const SlabTransform transform(comm, n);
    EXPECT_EQ(comm.sum(std::uint64_t{transform.planes().size()}), n.z);
    EXPECT_EQ(comm.sum(std::uint64_t{transform.frequencies().size()}), n.y);
    Buffer<double> slab(transform.memory());
    const auto copy = [&](auto&& each) {
        for (std::size_t z = transform.planes().first; z < transform.planes().last; ++z)
            for (std::size_t y = 0; y < n.y; ++y)
                for (std::size_t x = 0; x < n.x; ++x)
                    each(slab[((z - transform.planes().first) * n.y + y) * transform.row() + x],
                         field[(z * n.y + y) * n.x + x]);
    };
    copy([](double& mine, double value) { mine = value; });
    transform.forward(slab.data());
    const auto* const spectrum = SlabTransform::as_spectrum(slab.data());
    const std::size_t half = n.x / 2 + 1, first = transform.frequencies().first;
    for (std::size_t y = first; y < transform.frequencies().last; ++y)
        for (std::size_t z = 0; z < n.z; ++z)
            for (std::size_t x = 0; x < half; ++x)
                EXPECT_NEAR(std::abs(spectrum[((y - first) * n.z + z) * half + x] - expected[(z * n.y + y) * half + x]),
                            0, 1e-12)
                    << to_string(n);
    transform.backward(slab.data());
    copy([&](double mine, double value) { EXPECT_NEAR(mine / static_cast<double>(n.count()), value, 1e-14); });
}

TEST(SlabTransform, IsThatOfTheWholeVolume) {
    for (const Extent& n : {Extent{8, 8, 8}, Extent{5, 6, 7}, Extent{3, 9, 4}, Extent{1, 4, 4}, Extent{12, 2, 5}})
        expect_whole_volumes_transform(n);
}

TEST(SlabTransform, RefusesNothing) { EXPECT_THROW(SlabTransform(Communicator(), Extent{0, 4, 4}), Error); }

}  // namespace
}  // namespace protolith::fft
