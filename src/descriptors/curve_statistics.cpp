// Student's t by the regularised incomplete beta function (continued fraction, Abramowitz & Stegun 26.5.8) and
// bisection.
#include "descriptors/curve_statistics.hpp"

#include <cmath>
#include <cstring>
#include <limits>
#include <map>

namespace protolith::descriptors {
namespace {

// Continued fraction of I_x(a, b) by Lentz's method.
double beta_fraction(double a, double b, double x) {
    constexpr double tiny = 1e-300;
    const auto guard = [](double v) { return std::abs(v) < tiny ? tiny : v; };
    double c = 1, d = 1 / guard(1 - (a + b) * x / (a + 1)), h = d;
    for (int m = 1; m < 10'000; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / guard(1 + even * d), c = guard(1 + even / c), h *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / guard(1 + odd * d), c = guard(1 + odd / c);
        h *= d * c;
        if (std::abs(d * c - 1) < 1e-15) break;
    }
    return h;
}

double incomplete_beta(double a, double b, double x) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const double front =
        std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
    if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

// P(T > t), t ≥ 0.
double student_t_tail(double t, double degrees) {
    return 0.5 * incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t));
}

std::string to_bytes(const Curve& curve) {
    const std::size_t sizes[2] = {curve.name.size(), curve.r.size()};
    std::string bytes(reinterpret_cast<const char*>(sizes), sizeof sizes);
    bytes += curve.name;
    for (const auto* values : {&curve.r, &curve.value}) {
        bytes.append(reinterpret_cast<const char*>(values->data()), values->size() * sizeof(double));
    }
    return bytes;
}

Curve from_bytes(const char*& at) {
    std::size_t sizes[2];
    std::memcpy(sizes, at, sizeof sizes);
    at += sizeof sizes;
    Curve curve{std::string(at, sizes[0]), std::vector<double>(sizes[1]), std::vector<double>(sizes[1])};
    at += sizes[0];
    for (auto* values : {&curve.r, &curve.value}) {
        std::memcpy(values->data(), at, sizes[1] * sizeof(double));
        at += sizes[1] * sizeof(double);
    }
    return curve;
}

}  // namespace

double student_t_quantile(double probability, double degrees) {
    require(probability > 0 && probability < 1 && degrees > 0,
            "no t quantile for probability {} and {} degrees of freedom", probability, degrees);
    if (probability < 0.5) return -student_t_quantile(1 - probability, degrees);
    double low = 0, high = 1;
    while (student_t_tail(high, degrees) > 1 - probability) high *= 2;
    for (int k = 0; k < 100; ++k) {
        const double middle = (low + high) / 2;
        (student_t_tail(middle, degrees) > 1 - probability ? low : high) = middle;
    }
    return (low + high) / 2;
}

Band confidence_band(const std::vector<Curve>& curves, double level) {
    require(!curves.empty(), "a set of no curves has no mean");
    const std::size_t n = curves.size();
    Band band{{curves[0].name, curves[0].r, {}}, {}, {}, n};
    for (const Curve& curve : curves) {
        require(curve.r == band.mean.r, "the curves {} of a set differ in their distances", curve.name);
    }
    const double count = static_cast<double>(n);
    const double t = n > 1 ? student_t_quantile(0.5 + level / 2, count - 1) : std::numeric_limits<double>::quiet_NaN();
    for (std::size_t k = 0; k < band.mean.r.size(); ++k) {
        double sum = 0, squares = 0;
        for (const Curve& curve : curves) sum += curve.value[k];
        const double mean = sum / count;
        for (const Curve& curve : curves) squares += (curve.value[k] - mean) * (curve.value[k] - mean);
        const double half = n > 1 ? t * std::sqrt(squares / (count - 1) / count) : t;
        band.mean.value.push_back(mean);
        band.low.push_back(mean - half);
        band.high.push_back(mean + half);
    }
    return band;
}

double mean_square_error(const Curve& a, const Curve& b) {
    std::map<double, double> of_a;
    for (std::size_t k = 0; k < a.r.size(); ++k) of_a[a.r[k]] = a.value[k];
    double sum = 0;
    std::size_t common = 0;
    for (std::size_t k = 0; k < b.r.size(); ++k) {
        const auto found = of_a.find(b.r[k]);
        if (found == of_a.end()) continue;
        sum += (found->second - b.value[k]) * (found->second - b.value[k]);
        ++common;
    }
    require_input(common > 0, "the curves {} and {} have no distance in common", a.name, b.name);
    return sum / static_cast<double>(common);
}

std::vector<Curve> gather_curves(const Communicator& comm, const std::vector<Curve>& mine) {
    std::string bytes;
    for (const Curve& curve : mine) bytes += to_bytes(curve);
    std::vector<Curve> all;
    for (const std::string& part : comm.all_gather(bytes)) {
        for (const char* at = part.data(); at != part.data() + part.size();) all.push_back(from_bytes(at));
    }
    return all;
}

}  // namespace protolith::descriptors
