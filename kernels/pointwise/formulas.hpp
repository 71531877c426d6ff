// The pointwise formulas. Each stands once, as a function object that the loops of both backends call in the type of
// the arithmetic (float32 for bfloat16). To add one: write its struct and name it in Unary or Binary. What stands in
// the arms of ?: must be values already there (no arithmetic, no conversion): else the loop does not become vectors.
#pragma once

#include "pointwise/exponential.hpp"
#include "queue/types.hpp"

#include <cmath>
#include <variant>

namespace protolith::kernels::formula {

// -- of one value ----------------------------------------------------------------------------------------------------

struct Identity {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return x;
    }
};

struct Scale {
    double factor;
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return static_cast<A>(factor) * x;
    }
};

struct Shift {
    double offset;
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return x + static_cast<A>(offset);
    }
};

struct Square {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return x * x;
    }
};

struct Sqrt {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return std::sqrt(x);
    }
};

struct Reciprocal {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return A{1} / x;
    }
};

/// 1/x, and 0 at 0: with it the norm of a vector has the derivative 0 where it has none.
struct Inverse {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        const A divisor = x == A{0} ? A{1} : x;  // no division by zero, also where the result is dropped
        return (x == A{0} ? A{0} : A{1}) / divisor;
    }
};

struct ReciprocalSqrt {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return A{1} / std::sqrt(x);
    }
};

struct Power {
    double exponent;
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return std::pow(x, static_cast<A>(exponent));
    }
};

struct Exp {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return exponential(x);
    }
};

struct Log {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return std::log(x);
    }
};

struct Tanh {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return hyperbolic_tangent(x);
    }
};

struct Sigmoid {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return A{1} / (A{1} + exponential(-x));
    }
};

/// log(1 + eˣ), without overflow: max(x, 0) + log(1 + e^−|x|). Its derivative is the sigmoid.
struct Softplus {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        return (x > A{0} ? x : A{0}) + std::log1p(exponential(-std::abs(x)));
    }
};

struct Clamp {
    double low, high;
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        const A l = static_cast<A>(low), h = static_cast<A>(high);
        return x < l ? l : x > h ? h : x;  // NaN stays NaN
    }
};

/// Klambauer et al. 2017: λ x for x > 0, else λ α (eˣ − 1).
struct Selu {
    static constexpr double lambda = 1.0507009873554804934193349852946;
    static constexpr double alpha = 1.6732632423543772848170429916717;
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x) const {
        const A below = static_cast<A>(alpha) * exponential_less_one(x > A{0} ? A{0} : x);
        return static_cast<A>(lambda) * (x > A{0} ? x : below);
    }
};

// -- of two values ---------------------------------------------------------------------------------------------------

struct Add {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x, A y) const {
        return x + y;
    }
};

struct Subtract {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x, A y) const {
        return x - y;
    }
};

struct Multiply {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x, A y) const {
        return x * y;
    }
};

struct Divide {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x, A y) const {
        return x / y;
    }
};

/// a x + b y
struct Axpby {
    double a, b;
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x, A y) const {
        return static_cast<A>(a) * x + static_cast<A>(b) * y;
    }
};

// Switches: linear in v, flat in x almost everywhere, so that a switch is its own derivative with respect to v.

/// (x > 0 ? above : below) · v. LeakyReLU is gate(x, x) with above = 1.
struct Gate {
    double above, below;
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x, A v) const {
        const A a = static_cast<A>(above), b = static_cast<A>(below);
        return (x > A{0} ? a : b) * v;
    }
};

/// sign(x) · v with sign(0) = 0. |x| is follow_sign(x, x).
struct FollowSign {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x, A v) const {
        return ((x > A{0} ? A{1} : A{0}) - (x < A{0} ? A{1} : A{0})) * v;
    }
};

/// v where low ≤ x ≤ high, else 0.
struct Within {
    double low, high;
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x, A v) const {
        const A above_low = x >= static_cast<A>(low) ? A{1} : A{0},
                below_high = x <= static_cast<A>(high) ? A{1} : A{0};
        return above_low * below_high * v;
    }
};

// First derivatives times g, from the function's own value y.

struct TanhSlope {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A y, A g) const {
        return (A{1} - y * y) * g;
    }
};

struct SigmoidSlope {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A y, A g) const {
        return y * (A{1} - y) * g;
    }
};

/// λ g for y > 0, else (y + λ α) g.
struct SeluSlope {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A y, A g) const {
        const A above = static_cast<A>(Selu::lambda), below = y + static_cast<A>(Selu::lambda * Selu::alpha);
        return (y > A{0} ? above : below) * g;
    }
};

// -- of a row and one or two values: the row's value stands last -----------------------------------------------------

/// x > 0 ? v : slope · v with a slope for each channel. PReLU is row_gate(x, x, slope) (He et al. 2015).
struct RowGate {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x, A v, A slope) const {
        return (x > A{0} ? A{1} : slope) * v;
    }
};

}  // namespace protolith::kernels::formula

namespace protolith::kernels {

using Unary = std::variant<formula::Scale, formula::Shift, formula::Square, formula::Sqrt, formula::Reciprocal,
                           formula::Inverse, formula::ReciprocalSqrt, formula::Power, formula::Exp, formula::Log,
                           formula::Tanh, formula::Sigmoid, formula::Softplus, formula::Clamp, formula::Selu>;

using Binary =
    std::variant<formula::Add, formula::Subtract, formula::Multiply, formula::Divide, formula::Axpby, formula::Gate,
                 formula::FollowSign, formula::Within, formula::TanhSlope, formula::SigmoidSlope, formula::SeluSlope>;

/// x^exponent by the cheapest formula: squares, roots and reciprocals need no pow.
inline Unary power_formula(double exponent) {
    if (exponent == 1) return formula::Scale{1};
    if (exponent == 2) return formula::Square{};
    if (exponent == 0.5) return formula::Sqrt{};
    if (exponent == -0.5) return formula::ReciprocalSqrt{};
    if (exponent == -1) return formula::Reciprocal{};
    return formula::Power{exponent};
}

}  // namespace protolith::kernels
