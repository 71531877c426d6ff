#include "models/wgan_gp_shapes.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <vector>

namespace protolith::models {
namespace {

/// Weights of the convolutions in the order of the layers: "10.weight" follows "9.weight".
std::vector<Shape> convolutions(const ShapesByName& network) {
    std::map<std::size_t, Shape> by_number;
    for (const auto& [name, shape] : network) {
        const auto dot = name.find('.');
        const bool numbered = dot > 0 && dot < 10 && name.find_first_not_of("0123456789") == dot;
        if (numbered && name.substr(dot) == ".weight" && shape.rank() == 4)
            by_number.emplace(std::stoul(name.substr(0, dot)), shape);
    }
    std::vector<Shape> result;
    for (const auto& [number, shape] : by_number) result.push_back(shape);
    return result;
}

}  // namespace

WganGpSettings settings_of_shapes(const ShapesByName& generator, const ShapesByName& critic) {
    const auto layers = convolutions(generator);
    const auto points = std::count_if(layers.begin(), layers.end(), [](const Shape& w) { return w[1] == 1; });
    const auto doublings = static_cast<std::int64_t>(layers.size()) - points - 1;  // the first makes 4² of 1²
    require_input(doublings >= 1 && doublings <= 20,
                  "{} convolutions with 4-axis weights, {} of them 1×1, are no generator of a WGAN-GP", layers.size(),
                  points);
    WganGpSettings s;
    s.image_size = std::int64_t{4} << doublings;
    s.latent = layers.front()[0];
    s.width = layers.back()[0];
    s.channels = layers.back()[3];
    s.variant = points > 0 ? WganVariant::companion : WganVariant::mantle;
    s.batch_norm = generator.contains("1.running_mean");
    s.critic_width = s.width;
    if (const auto scores = convolutions(critic); !scores.empty()) s.critic_width = scores.front()[0];
    validate(s);
    return s;
}

}  // namespace protolith::models
