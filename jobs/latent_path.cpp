#include "latent_path.hpp"

#include <cmath>
#include <numeric>

namespace protolith::jobs {

namespace {

double dot(std::span<const float> a, std::span<const float> b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

}  // namespace

std::vector<float> between(std::span<const float> a, std::span<const float> b, double t, InterpolationKeys::Path path) {
    double of_a = 1 - t, of_b = t;
    const double cosine = dot(a, b) / std::sqrt(dot(a, a) * dot(b, b));
    const double angle = std::acos(std::fmin(1.0, std::fmax(-1.0, cosine))), sine = std::sin(angle);
    if (path == InterpolationKeys::Path::spherical && sine > 1e-6) {
        of_a = std::sin((1 - t) * angle) / sine;
        of_b = std::sin(t * angle) / sine;
    }
    std::vector<float> point(a.size());
    for (std::size_t i = 0; i < point.size(); ++i)
        point[i] = static_cast<float>(of_a * static_cast<double>(a[i]) + of_b * static_cast<double>(b[i]));
    return point;
}

}  // namespace protolith::jobs
