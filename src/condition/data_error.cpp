#include "condition/data_error.hpp"

#include "base/error.hpp"
#include "base/random.hpp"

#include <cmath>

namespace protolith::condition {

namespace {

constexpr std::size_t components = elastic::tensor_components;

double mean_of(std::span<const double> values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

}  // namespace

Components variability(std::span<const double> tensors, std::size_t points, bool spatial) {
    const std::size_t images = tensors.size() / (components * points);
    require(images > 0, "the variability of no tensors");
    Components result;
    for (std::size_t c = 0; c < components; ++c) {
        const auto of = [&](std::size_t image) { return tensors.subspan((image * components + c) * points, points); };
        double all = 0;
        for (std::size_t k = 0; k < images; ++k) all += mean_of(of(k)) / static_cast<double>(images);
        double squares = 0;
        for (std::size_t k = 0; k < images; ++k) {
            const double about = spatial ? mean_of(of(k)) : all;
            for (const double value : of(k)) squares += (value - about) * (value - about);
        }
        result[c] = std::sqrt(squares / static_cast<double>(images * points));
    }
    return result;
}

Components rms_difference(std::span<const double> a, std::span<const double> b, std::size_t points) {
    require(a.size() == b.size() && !a.empty(), "{} tensor values against {}", a.size(), b.size());
    Components result{};
    for (std::size_t i = 0; i < a.size(); ++i) result[i / points % components] += (a[i] - b[i]) * (a[i] - b[i]);
    for (double& value : result) value = std::sqrt(value * components / static_cast<double>(a.size()));
    return result;
}

Components DataError::weights(DataKind kind) const {
    Components result{};
    for (std::size_t c = 0; c < (kind == DataKind::isotropic ? 1 : components); ++c) {
        const double variance = observation[c] * observation[c] + generator[c] * generator[c];
        require_input(
            variance > 0 && std::isfinite(variance),
            "component {} has σ = 0: σ_o = {} and σ_G = {} GPa; expected one of them above 0. Where λ0 leaves "
            "one tensor nothing varies in space: noise.scale = 'ensemble'",
            elastic::tensor_component_names[c], observation[c], generator[c]);
        result[c] = 1 / variance;
    }
    return result;
}

void add_noise(std::span<double> tensors, const Components& sigma, std::uint64_t seed, std::uint32_t target) {
    RandomStream stream(seed, RandomPurpose::observation_noise, target);
    const std::size_t points = tensors.size() / components;
    for (std::size_t i = 0; i < tensors.size(); ++i) tensors[i] += sigma[i / points] * stream.normal();
}

}  // namespace protolith::condition
