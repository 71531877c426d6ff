// Reverse-mode differentiation whose backward is made of the same recorded operations, so that gradients of gradients
// (gradient penalty, Jacobian penalty) come free. A recorded operation computes its value at once and keeps, for each
// of its inputs, the rule that turns the gradient of the value into that of the input.
#pragma once

#include "tensor/tensor.hpp"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace protolith::autograd {

class Var;
struct Node;

/// Gradient of one input from the value y and its gradient g, in recorded operations. The value is passed rather than
/// captured (a capture would be a cycle that is never freed).
using Rule = std::function<Var(const Var& y, const Var& g)>;

/// A tensor in the record. Copies are the same entry.
class Var {
  public:
    Var() = default;
    /// A constant, or (`wanted`) a leaf whose gradient can be asked for.
    explicit Var(Tensor value, bool wanted = false);

    explicit operator bool() const noexcept { return node_ != nullptr; }
    const Tensor& value() const;
    const Shape& shape() const { return value().shape(); }
    DataType type() const { return value().type(); }
    Queue& queue() const { return value().queue(); }
    /// A gradient with respect to it, or to what it came from, can be asked for.
    bool wanted() const noexcept;
    /// The same value as a constant.
    Var detached() const { return Var(value()); }
    const std::shared_ptr<Node>& node() const noexcept { return node_; }

  private:
    friend Var record(Tensor value, std::vector<Var> inputs, std::vector<Rule> rules);
    std::shared_ptr<Node> node_;
};

/// Enters an operation: its value, its inputs and one rule for each. Where nothing is recorded, or no input is wanted,
/// the value is a constant and inputs and rules are dropped. An empty rule stands for an input without a gradient.
Var record(Tensor value, std::vector<Var> inputs, std::vector<Rule> rules);

/// Operations are being recorded; an operation may choose a fused way where they are not.
bool recording() noexcept;

/// Records nothing while it lives: inference, the optimiser, a backward that will not be differentiated again.
class NoRecord {
  public:
    NoRecord() noexcept;
    ~NoRecord();
    NoRecord(const NoRecord&) = delete;
    NoRecord& operator=(const NoRecord&) = delete;

  private:
    bool before_;
};

}  // namespace protolith::autograd
