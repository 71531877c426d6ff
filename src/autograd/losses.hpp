// Recorded losses. Each is one number of the type of sums.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// Mean of |a − b|.
Var l1_loss(const Var& a, const Var& b);

/// Mean over the pixels of −Σ_c target_c · log softmax(logits)_c; `target` holds the probabilities of the classes
/// (one-hot labels), of the logits' shape and type.
Var cross_entropy(const Var& logits, const Var& target);

/// Mean of the cross-entropy between sigmoid(logits) and one label for all: the vanilla GAN's objective with label 1
/// (real) or 0 (generated).
Var binary_cross_entropy(const Var& logits, double label);

/// What a Wasserstein critic minimises: mean of its scores of generated images less that of real ones; and what its
/// generator minimises.
Var critic_loss(const Var& real_scores, const Var& generated_scores);
Var generator_loss(const Var& generated_scores);

/// Mean of the squared scores, which holds them near 0 (Karras et al. 2018).
Var score_drift(const Var& scores);

/// Mean over the samples of (‖g_i‖ − 1)², g (N, …) being the gradient of the scores with respect to each sample
/// (Gulrajani et al. 2017, NeurIPS). The caller multiplies it by λ.
Var gradient_penalty(const Var& g);

}  // namespace protolith::autograd
