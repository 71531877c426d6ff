// A network as papers print it: layer, output shape, parameters; and their total.
#pragma once

#include "nn/module.hpp"

namespace protolith::nn {

struct Summary {
    Shape input;
    std::vector<LayerRow> layers;
    std::int64_t parameters = 0;

    /// Floating-point operations of one forward pass.
    double operations() const;
    /// Elements of the input and of every layer's output: what a recorded pass keeps for its backward.
    std::int64_t activations() const;
    /// Aligned columns with a line for the input and one for the total.
    std::string text() const;
};

/// The table for an input of this shape; an InputError where a layer cannot take what comes to it.
Summary summary(const Module& module, const Shape& input);

/// "(64, 32, 32, 128) → (64, 16, 16, 256) → …": the input and every layer's output.
std::string chain(const Summary& summary);

}  // namespace protolith::nn
