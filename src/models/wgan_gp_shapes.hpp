// The settings of a WGAN-GP from the shapes of its networks' parameters: how a model that was trained elsewhere, of
// which only the arrays are known, is built again.
#pragma once

#include "models/wgan_gp_settings.hpp"

#include <map>
#include <string>

namespace protolith::models {

/// Parameters and statistics by name ("0.weight") in the engine's layout.
using ShapesByName = std::map<std::string, Shape>;

/// Settings with which Generator and Critic have these parameters, as far as the first and last layers and the number
/// of layers tell; loading finds any other difference. An empty critic: its width is the generator's.
/// @throws InputError if there are no convolutions of such a network
WganGpSettings settings_of_shapes(const ShapesByName& generator, const ShapesByName& critic);

}  // namespace protolith::models
