#include "autograd/grad.hpp"

#include "autograd/accumulate.hpp"
#include "autograd/node.hpp"
#include "base/error.hpp"

#include <map>
#include <unordered_map>
#include <unordered_set>

namespace protolith::autograd {
namespace {

/// One walk from y back to the targets.
class Backward {
  public:
    Backward(const Var& y, const std::vector<Var>& xs, const GradOptions& options)
        : options_(options), results_(xs.size()) {
        for (std::size_t i = 0; i < xs.size(); ++i) targets_.emplace(xs[i].node().get(), i);
        mark(y);
    }

    void run(const Var& y, const Var& seed) {
        if (!leads_.contains(y.node().get())) return;
        enter(y, seed);
        while (!ready_.empty()) {
            auto newest = ready_.extract(ready_.begin());
            auto [variable, gradient] = std::move(newest.mapped());
            deliver(variable, gradient);
            propagate(variable, gradient);
        }
    }

    std::vector<Var>& results() { return results_; }

  private:
    struct Entry {
        Var variable, gradient;
    };

    /// Finds the nodes that lead to a target, and for each how many operations will contribute to its gradient.
    void mark(const Var& y) {
        std::vector<std::pair<Node*, std::size_t>> path{{y.node().get(), 0}};  // a node and the inputs already seen
        std::unordered_set<Node*> seen{y.node().get()};
        while (!path.empty()) {
            auto& [node, next] = path.back();
            if (next == 0 && targets_.contains(node)) leads_.insert(node);
            if (next < node->inputs.size()) {
                const std::size_t i = next++;
                Node* input = node->inputs[i].node().get();
                if (node->rules[i] && input->wanted && seen.insert(input).second) path.emplace_back(input, 0);
                continue;
            }
            require(!node->consumed || targets_.contains(node),
                    "a value of shape {} was consumed by an earlier grad(); keep_graph keeps it",
                    node->value.shape().text());
            for (std::size_t i = 0; i < node->inputs.size(); ++i)
                if (leads(*node, i)) {
                    leads_.insert(node);
                    ++waiting_[node->inputs[i].node().get()];
                }
            path.pop_back();
        }
    }

    /// A gradient is to be carried from the node to its input i.
    bool leads(const Node& node, std::size_t i) const {
        return node.rules[i] && leads_.contains(node.inputs[i].node().get());
    }

    void enter(const Var& variable, const Var& gradient) {
        ready_.emplace(variable.node()->age, Entry{variable, gradient});
    }

    void deliver(const Var& variable, const Var& gradient) {
        const auto [first, last] = targets_.equal_range(variable.node().get());
        for (auto target = first; target != last; ++target) {
            results_[target->second] = gradient;
            if (options_.ready) options_.ready(target->second, gradient);
        }
    }

    /// Adds what each input of the operation receives; an input whose last contribution this was becomes ready.
    void propagate(const Var& variable, const Var& gradient) {
        Node& node = *variable.node();
        for (std::size_t i = 0; i < node.inputs.size(); ++i) {
            if (!leads(node, i)) continue;
            const Var input = node.inputs[i];
            Node* const key = input.node().get();
            accumulate(sums_[key], node.rules[i](variable, gradient));
            if (--waiting_[key] > 0) continue;
            // a leaf is older than every operation: told now, its gradient can be sent off while the backward goes on
            if (key->inputs.empty())
                deliver(input, sums_[key]);
            else
                enter(input, sums_[key]);
            sums_.erase(key);
        }
        if (options_.create_graph || options_.keep_graph || node.inputs.empty()) return;
        node.consumed = true;
        node.rules.clear();
        node.inputs.clear();
    }

    const GradOptions& options_;
    std::vector<Var> results_;
    std::unordered_multimap<Node*, std::size_t> targets_;
    std::unordered_set<Node*> leads_;
    std::unordered_map<Node*, int> waiting_;
    std::unordered_map<Node*, Var> sums_;
    std::map<std::uint64_t, Entry, std::greater<>> ready_;  // newest first
};

}  // namespace

std::vector<Var> grad(const Var& y, const std::vector<Var>& xs, const Var& seed, const GradOptions& options) {
    require(seed.shape() == y.shape(), "a seed of shape {} for a value of shape {}", seed.shape().text(),
            y.shape().text());
    Backward backward(y, xs, options);
    if (options.create_graph) {
        backward.run(y, seed);
    } else {
        const NoRecord no_record;
        backward.run(y, seed);
    }
    auto& results = backward.results();
    for (std::size_t i = 0; i < xs.size(); ++i) {
        if (results[i]) continue;
        results[i] = Var(Tensor::zeros(xs[i].queue(), xs[i].shape(), xs[i].type()));
        if (options.ready) options.ready(i, results[i]);
    }
    return std::move(results);
}

std::vector<Var> grad(const Var& y, const std::vector<Var>& xs, const GradOptions& options) {
    return grad(y, xs, Var(Tensor::full(y.queue(), y.shape(), y.type(), 1.0)), options);
}

}  // namespace protolith::autograd
