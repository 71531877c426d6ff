// Recorded arithmetic of each element. Operands of one operation have one shape and one type.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

Var add(const Var& a, const Var& b);
Var subtract(const Var& a, const Var& b);
Var multiply(const Var& a, const Var& b);
Var divide(const Var& a, const Var& b);
/// alpha · a + beta · b in one pass.
Var axpby(double alpha, const Var& a, double beta, const Var& b);

Var scale(const Var& x, double factor);
/// x + offset
Var shift(const Var& x, double offset);
/// x^exponent, for x > 0 where the exponent is not a whole number.
Var power(const Var& x, double exponent);
Var exp(const Var& x);
/// Natural logarithm, x > 0.
Var log(const Var& x);
/// √x, x ≥ 0. Its derivative at 0, where it has none, is taken as 0.
Var sqrt(const Var& x);
/// 1/x, and 0 at 0; the derivative there is 0 too.
Var inverse(const Var& x);

}  // namespace protolith::autograd
