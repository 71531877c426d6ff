// Layers without parameters that change the grid of images and volumes: padding, resizing, pooling, pixel shuffles.
#pragma once

#include "autograd/pool.hpp"
#include "autograd/resize.hpp"
#include "nn/module.hpp"

namespace protolith::nn {

class ReflectPad : public Module {
  public:
    explicit ReflectPad(std::int64_t margin) : margin_(margin) {}
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override;
    std::string describe() const override;

  private:
    std::int64_t margin_;
};

/// Every side `factor` times as long, by nearest neighbours or linearly.
class Upsample : public Module {
  public:
    explicit Upsample(std::int64_t factor, autograd::Interpolation rule = autograd::Interpolation::nearest)
        : factor_(factor), rule_(rule) {}
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override;
    std::string describe() const override;

  private:
    std::int64_t factor_;
    autograd::Interpolation rule_;
};

class Pool : public Module {
  public:
    enum class Kind { average, largest };

    explicit Pool(Kind kind, const autograd::Pooling& pooling = {}) : kind_(kind), pooling_(pooling) {}
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override;
    std::string describe() const override;

  private:
    Kind kind_;
    autograd::Pooling pooling_;
};

/// Blocks of pixels into channels, in TensorFlow's order.
class SpaceToDepth : public Module {
  public:
    explicit SpaceToDepth(std::int64_t block) : block_(block) {}
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override;
    std::string describe() const override;

  private:
    std::int64_t block_;
};

/// Channels into blocks of pixels, in PyTorch's order (Shi et al. 2016).
class PixelShuffle : public Module {
  public:
    explicit PixelShuffle(std::int64_t block) : block_(block) {}
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override;
    std::string describe() const override;

  private:
    std::int64_t block_;
};

}  // namespace protolith::nn
