#include "nn/sequential.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace protolith::nn {

void Sequential::append(std::string name, std::shared_ptr<Module> layer) {
    const bool taken = std::any_of(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.name == name; });
    require(!taken, "two layers are called {}", name);
    entries_.push_back({std::move(name), std::move(layer)});
}

Var Sequential::forward(const Var& x, const Pass& pass) {
    Var y = x;
    for (const auto& [name, layer] : entries_) y = layer->forward(y, pass);
    return y;
}

Shape Sequential::output_shape(const Shape& input) const {
    Shape shape = input;
    for (const auto& [name, layer] : entries_) shape = layer->output_shape(shape);
    return shape;
}

std::string Sequential::describe() const { return fmt::format("{} layers", entries_.size()); }

double Sequential::operations(const Shape& input) const {
    std::vector<LayerRow> layers;
    rows("", input, layers);
    double operations = 0.0;
    for (const auto& row : layers) operations += row.operations;
    return operations;
}

std::vector<Parameter> Sequential::parameters() const {
    std::vector<Parameter> result;
    for (const auto& [name, layer] : entries_)
        for (auto& parameter : layer->parameters()) {
            parameter.name = name + "." + parameter.name;
            result.push_back(std::move(parameter));
        }
    return result;
}

std::vector<Buffer> Sequential::buffers() const {
    std::vector<Buffer> result;
    for (const auto& [name, layer] : entries_)
        for (auto& buffer : layer->buffers()) {
            buffer.name = name + "." + buffer.name;
            result.push_back(std::move(buffer));
        }
    return result;
}

void Sequential::rows(const std::string& name, const Shape& input, std::vector<LayerRow>& to) const {
    Shape shape = input;
    for (const auto& [own, layer] : entries_) {
        layer->rows(name.empty() ? own : name + "." + own, shape, to);
        shape = layer->output_shape(shape);
    }
}

}  // namespace protolith::nn
