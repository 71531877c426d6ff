#include "autograd/losses.hpp"

#include "autograd/activation.hpp"
#include "autograd/arithmetic.hpp"
#include "autograd/reduce.hpp"
#include "autograd/softmax.hpp"

namespace protolith::autograd {
namespace {

Var mean_square(const Var& x) { return scale(dot(x, x), 1.0 / static_cast<double>(x.shape().elements())); }

}  // namespace

Var l1_loss(const Var& a, const Var& b) { return mean(abs(subtract(a, b))); }

Var cross_entropy(const Var& logits, const Var& target) {
    const auto pixels = static_cast<double>(logits.shape().elements() / logits.shape()[-1]);
    return scale(dot(target, log_softmax(logits)), -1.0 / pixels);
}

Var binary_cross_entropy(const Var& logits, double label) {
    // −label·log s − (1 − label)·log(1 − s) with s = sigmoid(x) is softplus(x) − label·x
    return axpby(1, mean(softplus(logits)), -label, mean(logits));
}

Var critic_loss(const Var& real_scores, const Var& generated_scores) {
    return subtract(mean(generated_scores), mean(real_scores));
}

Var generator_loss(const Var& generated_scores) { return scale(mean(generated_scores), -1); }

Var score_drift(const Var& scores) { return mean_square(scores); }

Var gradient_penalty(const Var& g) { return mean_square(shift(norm(g, Per::sample), -1)); }

}  // namespace protolith::autograd
