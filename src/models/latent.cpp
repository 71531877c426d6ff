#include "models/latent.hpp"

#include "base/random.hpp"

#include <vector>

namespace protolith::models {

Tensor latent_noise(Queue& queue, const Shape& shape, DataType type, std::uint64_t seed, std::uint32_t first) {
    const std::int64_t each = shape.product(1, shape.rank());
    std::vector<double> values;
    values.reserve(static_cast<std::size_t>(shape.elements()));
    for (std::int64_t sample = 0; sample < shape[0]; ++sample) {
        RandomStream random(seed, RandomPurpose::latent, first + static_cast<std::uint32_t>(sample));
        for (std::int64_t i = 0; i < each; ++i) values.push_back(random.normal());
    }
    return Tensor::from(queue, shape, type, values);
}

Tensor interpolation_mix(Queue& queue, std::int64_t samples, DataType type, std::uint64_t seed, std::uint32_t first) {
    std::vector<double> values;
    for (std::int64_t sample = 0; sample < samples; ++sample)
        values.push_back(
            RandomStream(seed, RandomPurpose::interpolate, first + static_cast<std::uint32_t>(sample)).uniform());
    return Tensor::from(queue, {samples}, accumulator_of(type), values);
}

}  // namespace protolith::models
