#include "autograd/var.hpp"

#include "autograd/node.hpp"
#include "base/error.hpp"

#include <algorithm>

namespace protolith::autograd {
namespace {

// One rank records in one thread; the flag is the only state that is not in the record itself.
thread_local bool recording_now = true;
thread_local std::uint64_t nodes_made = 0;

/// Takes a chain apart without recursion, however long it is.
void release_inputs(std::vector<Var>& inputs) {
    std::vector<Var> pending;
    pending.swap(inputs);
    while (!pending.empty()) {
        const Var last = std::move(pending.back());
        pending.pop_back();
        if (!last || last.node().use_count() > 1) continue;
        auto& deeper = last.node()->inputs;
        std::move(deeper.begin(), deeper.end(), std::back_inserter(pending));
        deeper.clear();
    }
}

}  // namespace

Node::Node(Tensor v, bool w) : value(std::move(v)), wanted(w), age(nodes_made++) {}

Node::~Node() {
    rules.clear();  // the rules hold operands too
    release_inputs(inputs);
}

Var::Var(Tensor value, bool wanted) : node_(std::make_shared<Node>(std::move(value), wanted)) {}

const Tensor& Var::value() const {
    require(node_ != nullptr, "an empty variable has no value");
    return node_->value;
}

bool Var::wanted() const noexcept { return node_ && node_->wanted; }

Var record(Tensor value, std::vector<Var> inputs, std::vector<Rule> rules) {
    require(inputs.size() == rules.size(), "an operation with {} inputs has {} rules", inputs.size(), rules.size());
    const bool wanted =
        recording_now && std::any_of(inputs.begin(), inputs.end(), [](const Var& input) { return input.wanted(); });
    Var result(std::move(value), wanted);
    if (wanted) {
        result.node_->inputs = std::move(inputs);
        result.node_->rules = std::move(rules);
    }
    return result;
}

bool recording() noexcept { return recording_now; }

NoRecord::NoRecord() noexcept : before_(recording_now) { recording_now = false; }
NoRecord::~NoRecord() { recording_now = before_; }

}  // namespace protolith::autograd
