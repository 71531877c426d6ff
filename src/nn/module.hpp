// What a network is made of: modules with named parameters, which a forward pass turns into recorded operations.
#pragma once

#include "autograd/var.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace protolith::nn {

using autograd::Var;

/// First values, normally distributed; a deviation of 0 makes them all the mean.
struct Normal {
    double mean = 0.0, deviation = 0.0;
};

/// What training changes: a leaf of the record, of the type of sums (float32 beside bfloat16 activations). Names and
/// order are those of torch.nn: "0.weight", "1.bias".
struct Parameter {
    std::string name;
    Var var;
    Normal initial = {};
};

/// What a layer remembers beside its parameters: running statistics, singular vectors.
struct Buffer {
    std::string name;
    Tensor value;
    Normal initial = {};
};

/// Where a network lives and the type of its activations.
struct Placement {
    Queue& queue;
    DataType type = DataType::float32;

    /// A wanted leaf of the type of sums; its values are undefined until initialised or loaded.
    Parameter parameter(std::string name, const Shape& shape, Normal initial) const;
    Buffer buffer(std::string name, const Shape& shape, Normal initial) const;
};

/// How values go through a network this time.
struct Pass {
    /// Statistics of the batch, which the running ones follow, and dropout; otherwise the running ones and none.
    bool training = true;
    /// Names the random numbers of dropout: each pass of a run has a number of its own.
    std::uint64_t seed = 0;
    std::uint32_t number = 0;
};

/// One line of the table that papers print of a network.
struct LayerRow {
    std::string name, layer;
    Shape output;
    std::int64_t parameters = 0;
    double operations = 0.0;  // floating-point, of one forward pass
};

class Module {
  public:
    Module() = default;
    virtual ~Module() = default;
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;

    /// The output of x, (N, H, W, C) or (N, D, H, W, C), recorded where something wanted goes in.
    virtual Var forward(const Var& x, const Pass& pass) = 0;
    /// Shape of the output for an input of this shape; an InputError where the layer cannot take it.
    virtual Shape output_shape(const Shape& input) const = 0;
    /// The layer as a table names it: "Conv 4×4 s2 p1, LeakyReLU 0.2".
    virtual std::string describe() const = 0;

    /// Floating-point operations of the products in one forward pass of such an input.
    virtual double operations(const Shape&) const { return 0.0; }

    /// In the order in which they stand in the network.
    virtual std::vector<Parameter> parameters() const { return {}; }
    virtual std::vector<Buffer> buffers() const { return {}; }
    /// Appends this module's lines of the table; `name` is what it is called where it stands.
    virtual void rows(const std::string& name, const Shape& input, std::vector<LayerRow>& to) const;
};

/// What a fused activation adds to a layer's description: ", ReLU" for the slope 0, nothing for 1, else ", LeakyReLU
/// 0.2".
std::string activation_suffix(double slope);

/// Numbers that training changes.
std::int64_t parameter_count(const Module& module);

}  // namespace protolith::nn
