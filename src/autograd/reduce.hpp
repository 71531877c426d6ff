// Recorded sums over parts of a tensor and their adjoints, which spread one value over each part. The values of the
// parts ("rows") have the type of weights and sums: float32 beside float32 and bfloat16.
#pragma once

#include "autograd/var.hpp"
#include "reduce/groups.hpp"

namespace protolith::autograd {

/// The parts of images (N, H, W, C), volumes (N, D, H, W, C) or matrices (N, C), with the shape of their rows.
enum class Per {
    tensor,    // all elements: ()
    channel,   // (C)
    sample,    // (N)
    instance,  // each channel of each sample: (N, C)
    pixel      // the channels of one place: the shape without its last extent
};

kernels::Groups groups_of(const Shape& shape, Per per);
Shape row_shape(const Shape& shape, Per per);
/// Elements in each part.
std::int64_t part_size(const Shape& shape, Per per);
/// Throws an Error unless `row` has the shape and type of the rows of x.
void require_row(const Tensor& row, const Tensor& x, Per per);

/// Σ x over each part.
Var sum(const Var& x, Per per = Per::tensor);
Var mean(const Var& x, Per per = Per::tensor);
/// Σ a · b over each part.
Var dot(const Var& a, const Var& b, Per per = Per::tensor);
/// √(Σ x²) of each part: per sample it is the norm of the gradient penalty (Gulrajani et al. 2017). At x = 0, where it
/// has no derivative, the derivative is taken as 0, the subgradient of least norm.
Var norm(const Var& x, Per per = Per::tensor);

/// A tensor of the given shape and type with one value in each part.
Var spread(const Var& row, const Shape& shape, DataType type, Per per);
/// x · row and x + row with one value for each part: a factor for each sample, a bias for each channel.
Var multiply(const Var& x, const Var& row, Per per);
Var add(const Var& x, const Var& row, Per per);

}  // namespace protolith::autograd
