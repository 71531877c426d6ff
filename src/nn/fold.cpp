#include "nn/fold.hpp"

#include "nn/batch_norm.hpp"
#include "nn/convolution.hpp"

namespace protolith::nn {
namespace {

/// y = convolution(x, w) + b becomes scale · y + shift, channel by channel of y. The channels of y are the outermost
/// extent of a convolution's weights and the innermost of a transposed one's.
template <class Layer>
std::shared_ptr<Layer> folded_layer(const Layer& layer, const BatchNorm& norm, bool outermost) {
    ConvolutionSettings settings = layer.settings();
    settings.bias = true;
    settings.slope = norm.slope();
    const Tensor& from = layer.weight().var.value();
    auto result = std::make_shared<Layer>(Placement{from.queue(), from.type()}, settings);

    const ChannelMap map = norm.channel_map();
    const std::size_t channels = map.scale.size();
    auto weights = from.to_doubles();
    const std::size_t inner = weights.size() / channels;
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] *= map.scale[outermost ? i / inner : i % channels];
    auto bias = map.shift;
    if (layer.bias().var) {
        const auto own = layer.bias().var.value().to_doubles();
        for (std::size_t c = 0; c < channels; ++c) bias[c] += own[c] * map.scale[c];
    }
    const auto write = [](const Tensor& to, const std::vector<double>& values) {
        to.assign(Tensor::from(to.queue(), to.shape(), to.type(), values));
    };
    write(result->weight().var.value(), weights);
    write(result->bias().var.value(), bias);
    return result;
}

/// The two layers as one, or null where they are not a linear convolution and a batch norm.
std::shared_ptr<Module> folded_pair(const Module& first, const Module& second) {
    const auto* norm = dynamic_cast<const BatchNorm*>(&second);
    const auto* convolution = dynamic_cast<const Convolution*>(&first);
    if (norm == nullptr || convolution == nullptr || convolution->settings().slope != 1.0) return nullptr;
    if (const auto* transposed = dynamic_cast<const TransposedConvolution*>(convolution))
        return folded_layer(*transposed, *norm, false);
    return folded_layer(*convolution, *norm, true);
}

}  // namespace

std::unique_ptr<Sequential> folded(const Sequential& network) {
    auto result = std::make_unique<Sequential>();
    const auto& layers = network.entries();
    for (std::size_t i = 0; i < layers.size(); ++i) {
        auto pair = i + 1 < layers.size() ? folded_pair(*layers[i].layer, *layers[i + 1].layer) : nullptr;
        result->append(layers[i].name, pair ? pair : layers[i].layer);
        if (pair) ++i;
    }
    return result;
}

}  // namespace protolith::nn
