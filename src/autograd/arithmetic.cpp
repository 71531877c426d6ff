#include "autograd/arithmetic.hpp"

#include "autograd/pointwise.hpp"

namespace protolith::autograd {

namespace formula = kernels::formula;

Var add(const Var& a, const Var& b) {
    return record(combined(formula::Add{}, a.value(), b.value()), {a, b},
                  {[](auto&, auto& g) { return g; }, [](auto&, auto& g) { return g; }});
}

Var subtract(const Var& a, const Var& b) {
    return record(combined(formula::Subtract{}, a.value(), b.value()), {a, b},
                  {[](auto&, auto& g) { return g; }, [](auto&, auto& g) { return scale(g, -1); }});
}

Var multiply(const Var& a, const Var& b) {
    return record(combined(formula::Multiply{}, a.value(), b.value()), {a, b},
                  {[b](auto&, auto& g) { return multiply(g, b); }, [a](auto&, auto& g) { return multiply(g, a); }});
}

Var divide(const Var& a, const Var& b) {
    return record(combined(formula::Divide{}, a.value(), b.value()), {a, b},
                  {[b](auto&, auto& g) { return divide(g, b); },
                   [b](auto& y, auto& g) { return scale(divide(multiply(g, y), b), -1); }});  // −a/b² = −y/b
}

Var axpby(double alpha, const Var& a, double beta, const Var& b) {
    return record(
        combined(formula::Axpby{alpha, beta}, a.value(), b.value()), {a, b},
        {[alpha](auto&, auto& g) { return scale(g, alpha); }, [beta](auto&, auto& g) { return scale(g, beta); }});
}

Var scale(const Var& x, double factor) {
    if (factor == 1) return x;
    return record(mapped(formula::Scale{factor}, x.value()), {x},
                  {[factor](auto&, auto& g) { return scale(g, factor); }});
}

Var shift(const Var& x, double offset) {
    return record(mapped(formula::Shift{offset}, x.value()), {x}, {[](auto&, auto& g) { return g; }});
}

Var power(const Var& x, double exponent) {
    if (exponent == 1) return x;
    return record(mapped(kernels::power_formula(exponent), x.value()), {x}, {[x, exponent](auto&, auto& g) {
                      if (exponent == 0) return scale(g, 0);
                      return scale(multiply(g, power(x, exponent - 1)), exponent);
                  }});
}

Var exp(const Var& x) {
    return record(mapped(formula::Exp{}, x.value()), {x}, {[](auto& y, auto& g) { return multiply(g, y); }});
}

Var log(const Var& x) {
    return record(mapped(formula::Log{}, x.value()), {x}, {[x](auto&, auto& g) { return divide(g, x); }});
}

Var sqrt(const Var& x) {
    return record(mapped(formula::Sqrt{}, x.value()), {x},
                  {[](auto& y, auto& g) { return multiply(scale(g, 0.5), inverse(y)); }});
}

Var inverse(const Var& x) {
    return record(mapped(formula::Inverse{}, x.value()), {x},
                  {[](auto& y, auto& g) { return scale(multiply(g, multiply(y, y)), -1); }});
}

}  // namespace protolith::autograd
