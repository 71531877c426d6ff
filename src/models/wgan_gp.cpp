#include "models/wgan_gp.hpp"

#include "nn/activation.hpp"
#include "nn/batch_norm.hpp"
#include "nn/convolution.hpp"
#include "nn/instance_norm.hpp"

namespace protolith::models {
namespace {

using kernels::ConvolutionWindow;

enum class Norm { none, batch, instance };

/// What follows a convolution.
struct After {
    Norm norm = Norm::none;
    double slope = 1.0;  // of what is not positive: 0 ReLU, 1 nothing
    bool bias = false;
};

constexpr double relu = 0.0, leaky_relu = 0.2;

/// Adds layers under the numbers that they have in torch.nn.Sequential, where an activation is a layer of its own.
class Table {
  public:
    Table(nn::Sequential& network, const nn::Placement& place) : network_(network), place_(place) {}

    void convolution(std::int64_t in, std::int64_t out, const ConvolutionWindow& window, const After& after) {
        add<nn::Convolution>(in, out, window, after);
    }
    void transposed(std::int64_t in, std::int64_t out, const ConvolutionWindow& window, const After& after) {
        add<nn::TransposedConvolution>(in, out, window, after);
    }
    void tanh() { network_.add<nn::Tanh>(next()); }

  private:
    template <class Layer>
    void add(std::int64_t in, std::int64_t out, const ConvolutionWindow& window, const After& after) {
        const bool fused = after.norm == Norm::none;  // the activation belongs to the convolution
        const nn::ConvolutionSettings settings{
            .in = in, .out = out, .window = window, .bias = after.bias, .slope = fused ? after.slope : 1.0};
        network_.add<Layer>(next(), place_, settings);
        if (after.norm == Norm::batch) network_.add<nn::BatchNorm>(next(), place_, out, after.slope);
        if (after.norm == Norm::instance) network_.add<nn::InstanceNorm>(next(), place_, out, after.slope);
        if (after.slope != 1.0) ++number_;
    }
    std::string next() { return std::to_string(number_++); }

    nn::Sequential& network_;
    const nn::Placement& place_;
    int number_ = 0;
};

const ConvolutionWindow whole = ConvolutionWindow::cube(2, 4, 1, 0);  // 4×4 s1 p0: 1² ↔ 4²
const ConvolutionWindow twice = ConvolutionWindow::cube(2, 4, 2, 1);  // 4×4 s2 p1: a side doubled or halved
const ConvolutionWindow point = ConvolutionWindow::cube(2, 1);        // 1×1

}  // namespace

// The comments give channels and sides for 128² and a width of 64.

Generator::Generator(const nn::Placement& place, const WganGpSettings& s) {
    const bool companion = s.variant == WganVariant::companion;
    const After norm_relu{.norm = s.batch_norm ? Norm::batch : Norm::none, .slope = relu};
    const After last{.bias = !companion};
    const std::int64_t w = s.width;
    const int top = s.levels() - 1;
    Table table(*this, place);
    table.transposed(s.latent, w << top, whole, norm_relu);  // 1024, 4²
    for (int level = top; level > 0; --level)                // 512 … 64, 8² … 64²
        table.transposed(w << level, w << (level - 1), twice, norm_relu);
    if (companion) table.convolution(w, w, point, norm_relu);  // 64, 64²
    table.transposed(w, s.channels, twice, last);              // 1, 128²
    table.tanh();
}

Critic::Critic(const nn::Placement& place, const WganGpSettings& s) {
    const bool mantle = s.variant == WganVariant::mantle;
    const After first{.slope = leaky_relu, .bias = mantle};
    const After hidden{.norm = mantle ? Norm::instance : Norm::none, .slope = leaky_relu};
    const After last{.bias = mantle};
    const std::int64_t w = s.critic_width;
    const int top = s.levels() - 1;
    Table table(*this, place);
    table.convolution(s.channels, w, twice, first);  // 64, 64²
    for (int level = 1; level <= top; ++level)       // 128 … 1024, 32² … 4²
        table.convolution(w << (level - 1), w << level, twice, hidden);
    table.convolution(w << top, 1, whole, last);  // 1, 1²
}

}  // namespace protolith::models
