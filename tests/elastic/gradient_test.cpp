// The derivative of the misfit with respect to pixels by central differences, with fixed steps and with a tolerance.
#include "cases.hpp"

#include <gtest/gtest.h>

namespace protolith::elastic {
namespace {

constexpr std::size_t side = 16;

HomogeniserSettings steps(std::size_t count) {
    HomogeniserSettings settings;
    settings.image = {1, side, side};
    settings.filter.wavelength = 0.5;
    settings.solver.steps = count;
    return settings;
}

/// Misfit of batches against data of another image, components weighted differently.
struct Problem {
    Homogeniser<double> homogeniser;
    std::vector<double> observed;
    std::array<double, tensor_components> weights{0.3, 0.1, 0.7, 0.2, 1.1, 0.4};

    explicit Problem(const HomogeniserSettings& settings)
        : homogeniser(settings), observed(tensors_of(settings, noise<double>(settings.image.count(), 50))) {}

    double misfit(const std::vector<double>& image) const {
        std::vector<double> tensors(homogeniser.data_size());
        homogeniser.tensors(image.data(), 1, tensors.data());
        return data_misfit(tensors.data(), observed.data(), homogeniser.grid().points(), weights);
    }
};

/// Fourth-order central difference along pixel p.
double difference(const Problem& problem, std::vector<double> image, std::size_t p, double h) {
    const double centre = image[p];
    const auto at = [&](double shift) {
        image[p] = centre + shift;
        return problem.misfit(image);
    };
    return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
}

void expect_gradient(const HomogeniserSettings& settings, double tolerance) {
    const Problem problem(settings);
    const std::size_t pixels = settings.image.count(), count = 3;
    std::vector<double> images, misfits(count), tensors(count * problem.homogeniser.data_size()),
        gradients(count * pixels);
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto image = noise<double>(pixels, 60 + i);
        images.insert(images.end(), image.begin(), image.end());
    }
    problem.homogeniser.misfit(images.data(), count, problem.observed.data(), problem.weights, misfits.data(),
                               tensors.data(), gradients.data());
    for (std::size_t i = 0; i < count; ++i) {
        const std::vector<double> image(images.begin() + i * pixels, images.begin() + (i + 1) * pixels);
        EXPECT_NEAR(misfits[i], problem.misfit(image), 1e-12 * misfits[i]);
        double largest = 0;
        for (std::size_t p = 0; p < pixels; ++p) largest = std::max(largest, std::abs(gradients[i * pixels + p]));
        for (std::size_t p = i; p < pixels; p += 7)
            EXPECT_NEAR(gradients[i * pixels + p], difference(problem, image, p, 1e-3), tolerance * largest)
                << "image " << i << " pixel " << p;
    }
}

TEST(GradientOfSteps, IsThatOfTheStepsTaken) {
    for (const std::size_t count : {1, 2, 3, 6}) {
        SCOPED_TRACE(count);
        expect_gradient(steps(count), 1e-8);
    }
}

TEST(GradientByAdjoint, IsThatOfTheConvergedMisfit) {
    HomogeniserSettings settings = steps(0);
    settings.solver.tolerance = 1e-13;
    expect_gradient(settings, 1e-8);
}

TEST(GradientByAdjoint, HoldsOnRectanglesThatFftwTransforms) {
    HomogeniserSettings settings = steps(0);
    settings.solver.tolerance = 1e-13;
    settings.image = {1, 9, 14};
    settings.filter.wavelength = 0.4;
    expect_gradient(settings, 1e-8);
    settings.solver = {};
    expect_gradient(settings, 1e-8);
}

TEST(Gradients, OfManyStepsAndByAdjointAgree) {
    HomogeniserSettings by_steps = steps(25), by_tolerance = steps(0);
    by_tolerance.solver.tolerance = 1e-13;
    const Problem one(by_steps), other(by_tolerance);
    const auto image = noise<double>(side * side, 70);
    double misfit = 0;
    std::vector<double> tensors(one.homogeniser.data_size()), a(side * side), b(side * side);
    one.homogeniser.misfit(image.data(), 1, one.observed.data(), one.weights, &misfit, tensors.data(), a.data());
    other.homogeniser.misfit(image.data(), 1, one.observed.data(), one.weights, &misfit, tensors.data(), b.data());
    double largest = 0;
    for (const double g : b) largest = std::max(largest, std::abs(g));
    for (std::size_t p = 0; p < side * side; ++p) EXPECT_NEAR(a[p], b[p], 1e-9 * largest);
}

TEST(Gradients, InSinglePrecisionAndBatchesFollowThoseInDouble) {
    HomogeniserSettings settings = steps(2);
    settings.threads = 2;
    const Homogeniser<float> single(settings);
    const Homogeniser<double> twice(settings);
    const std::size_t pixels = side * side, count = 12;
    const auto observed = tensors_of(settings, noise<double>(pixels, 50));
    const std::vector<float> observed_single(observed.begin(), observed.end());
    const auto images = noise<double>(count * pixels, 80);
    const std::vector<float> images_single(images.begin(), images.end());
    std::vector<double> misfits(count), tensors(count * twice.data_size()), expected(count * pixels);
    std::vector<float> tensors_single(count * twice.data_size()), found(count * pixels);
    const std::array<double, tensor_components> weights{1, 1, 1, 1, 1, 1};
    twice.misfit(images.data(), count, observed.data(), weights, misfits.data(), tensors.data(), expected.data());
    single.misfit(images_single.data(), count, observed_single.data(), weights, misfits.data(), tensors_single.data(),
                  found.data());
    double largest = 0;
    for (const double g : expected) largest = std::max(largest, std::abs(g));
    for (std::size_t p = 0; p < found.size(); ++p) EXPECT_NEAR(found[p], expected[p], 1e-4 * largest);
}

TEST(Gradients, OfAUniformImageAreFinite) {
    const Problem problem(steps(2));
    const std::vector<double> image(side * side, 0.4);
    double misfit = 0;
    std::vector<double> tensors(problem.homogeniser.data_size()), gradient(side * side);
    problem.homogeniser.misfit(image.data(), 1, problem.observed.data(), problem.weights, &misfit, tensors.data(),
                               gradient.data());
    for (std::size_t p = 0; p < gradient.size(); p += 17)
        EXPECT_NEAR(gradient[p], difference(problem, image, p, 1e-3), 1e-6 * std::abs(misfit));
}

TEST(Gradients, PassOnWhatTheSourceThrows) {
    HomogeniserSettings settings = steps(2);
    settings.threads = 2;
    const Homogeniser<double> homogeniser(settings);
    const auto images = noise<double>(6 * side * side, 90);
    std::vector<double> tensors(6 * homogeniser.data_size()), gradients(images.size());
    const auto refuse = [](std::size_t image, const double*, double*) {
        if (image == 3) throw std::runtime_error("no");
    };
    EXPECT_THROW(homogeniser.gradient(images.data(), 6, refuse, tensors.data(), gradients.data()), std::runtime_error);
}

}  // namespace
}  // namespace protolith::elastic
