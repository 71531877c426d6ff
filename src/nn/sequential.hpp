// Layers one after the other, under the names that torch.nn.Sequential gives them: a layer with a fused activation
// stands for two of them, so that names may leave numbers out.
#pragma once

#include "nn/module.hpp"

#include <memory>
#include <utility>

namespace protolith::nn {

class Sequential : public Module {
  public:
    struct Entry {
        std::string name;
        std::shared_ptr<Module> layer;
    };

    /// Appends Layer(arguments…) under `name`.
    template <class Layer, class... Arguments>
    Layer& add(std::string name, Arguments&&... arguments) {
        auto layer = std::make_shared<Layer>(std::forward<Arguments>(arguments)...);
        Layer& result = *layer;
        append(std::move(name), std::move(layer));
        return result;
    }
    /// Appends a layer that other networks may share.
    void append(std::string name, std::shared_ptr<Module> layer);
    const std::vector<Entry>& entries() const noexcept { return entries_; }

    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override;
    std::string describe() const override;
    double operations(const Shape& input) const override;
    /// Named "<layer>.<parameter>".
    std::vector<Parameter> parameters() const override;
    std::vector<Buffer> buffers() const override;
    void rows(const std::string& name, const Shape& input, std::vector<LayerRow>& to) const override;

  private:
    std::vector<Entry> entries_;
};

}  // namespace protolith::nn
