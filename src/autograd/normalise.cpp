#include "autograd/normalise.hpp"

#include "autograd/activation.hpp"
#include "autograd/arithmetic.hpp"
#include "autograd/normalise_kernels.hpp"
#include "autograd/pointwise.hpp"
#include "base/error.hpp"

namespace protolith::autograd {

namespace formula = kernels::formula;

namespace {

using detail::Normaliser;

/// The value x̂ = (x − mean) / σ, recorded as a function of x.
Var hat_of(const Var& x, const Normaliser& by);

/// g − mean(g) − x̂ mean(x̂ g); it is symmetric in what it does to g.
Var project(const Var& hat, const Var& g, Per per) {
    const auto mean_dot = [per](const Var& a, const Var& b) {
        return scale(dot(a, b, per), 1.0 / static_cast<double>(part_size(a.shape(), per)));
    };
    return record(detail::projected(hat.value(), g.value(), per), {hat, g},
                  {[hat, g, per, mean_dot](auto&, auto& u) {
                       return scale(add(multiply(u, mean_dot(hat, g), per), multiply(g, mean_dot(hat, u), per)), -1);
                   },
                   [hat, per](auto&, auto& u) { return project(hat, u, per); }});
}

/// 1/σ as a function of x: ∂(1/σ)/∂x = −x̂ / (σ² · elements of the part).
Var rstd_of(const Var& x, const Normaliser& by) {
    return record(by.rstd, {x}, {[x, by](auto& r, auto& g) {
                      const double share = -1.0 / static_cast<double>(part_size(x.shape(), by.how.per));
                      return multiply(hat_of(x, by), scale(multiply(g, multiply(r, r)), share), by.how.per);
                  }});
}

Var hat_backward(const Var& x, const Var& hat, const Var& g, const Normaliser& by) {
    return multiply(project(hat, g, by.how.per), rstd_of(x, by), by.how.per);
}

Var hat_of(const Var& x, const Normaliser& by) {
    const Normaliser plain = by.without_affine();
    return record(detail::normalised(x.value(), {}, {}, plain), {x},
                  {[x, plain](auto& hat, auto& g) { return hat_backward(x, hat, g, plain); }});
}

/// The fused node and its three rules.
struct Fused {
    Var x, gamma, beta;
    Normaliser by;
    std::shared_ptr<detail::BackwardSums> sums;  // shared by the rules of one backward

    const detail::BackwardSums& sums_for(const Var& g) const {
        if (sums->gradient.lock() != g.node())
            *sums = detail::backward_sums(x.value(), g, parameter(gamma), parameter(beta), by);
        return *sums;
    }

    static Tensor parameter(const Var& v) { return v ? v.value() : Tensor(); }

    Var to_x(const Var& y, const Var& g) const {
        if (!recording())
            return Var(detail::backward(x.value(), g.value(), parameter(gamma), parameter(beta), by, sums_for(g)));
        const Var u = before_activation(y, g), v = gamma ? multiply(u, gamma, Per::channel) : u;
        const bool is_hat = !gamma && !beta && by.how.slope == 1;
        return hat_backward(x, is_hat ? y : hat_of(x, by), v, by);
    }

    Var to_gamma(const Var& y, const Var& g) const {
        if (!recording()) return Var(detail::over_samples(sums_for(g).products));
        return dot(before_activation(y, g), hat_of(x, by), Per::channel);
    }

    Var to_beta(const Var& y, const Var& g) const {
        if (!recording()) return Var(detail::over_samples(sums_for(g).sums));
        return sum(before_activation(y, g), Per::channel);
    }

    Var before_activation(const Var& y, const Var& g) const {
        return by.how.slope == 1 ? g : gate(y, g, by.how.slope);  // y has the sign of what the activation saw
    }
};

void check(const Var& x, const Var& gamma, const Var& beta, const Normalisation& how) {
    require(how.slope >= 0, "the activation after a normalisation has the slope {}; expected at least 0", how.slope);
    require(how.per == Per::channel || how.per == Per::instance || (how.per == Per::pixel && !gamma && !beta),
            "normalisation of {}; expected channels, instances or (without γ and β) pixels", x.shape().text());
    for (const Var& parameter : {gamma, beta})
        if (parameter) require_row(parameter.value(), x.value(), Per::channel);
}

}  // namespace

Var normalise(const Var& x, const Var& gamma, const Var& beta, const Normalisation& how, Statistics* found) {
    check(x, gamma, beta, how);
    const Statistics measured = statistics(x.value(), how.per);
    if (found) *found = measured;
    const Fused node{x, gamma, beta, detail::normaliser(measured, how), std::make_shared<detail::BackwardSums>()};
    std::vector<Var> inputs{x};
    std::vector<Rule> rules{[node](auto& y, auto& g) { return node.to_x(y, g); }};
    if (gamma) {
        inputs.push_back(gamma);
        rules.push_back([node](auto& y, auto& g) { return node.to_gamma(y, g); });
    }
    if (beta) {
        inputs.push_back(beta);
        rules.push_back([node](auto& y, auto& g) { return node.to_beta(y, g); });
    }
    return record(detail::normalised(x.value(), Fused::parameter(gamma), Fused::parameter(beta), node.by),
                  std::move(inputs), std::move(rules));
}

Var normalise_by(const Statistics& given, const Var& x, const Var& gamma, const Var& beta, const Normalisation& how) {
    require(how.per == Per::channel, "normalisation by given statistics is per channel");
    check(x, gamma, beta, how);
    require_row(given.mean, x.value(), Per::channel);
    require_row(given.variance, x.value(), Per::channel);
    const Normaliser by = detail::normaliser(given, how);
    const double slope = how.slope;
    const auto back = [slope](const Var& y, const Var& g) { return slope == 1 ? g : gate(y, g, slope); };
    std::vector<Var> inputs{x};
    std::vector<Rule> rules{[gamma, by, back](auto& y, auto& g) {
        const Var rstd(by.rstd);
        return multiply(back(y, g), gamma ? multiply(gamma, rstd) : rstd, Per::channel);
    }};
    if (gamma) {
        inputs.push_back(gamma);
        rules.push_back([given, x, how, back](auto& y, auto& g) {
            return dot(back(y, g), normalise_by(given, x, {}, {}, {how.per, how.eps, 1}), Per::channel);
        });
    }
    if (beta) {
        inputs.push_back(beta);
        rules.push_back([back](auto& y, auto& g) { return sum(back(y, g), Per::channel); });
    }
    return record(detail::normalised(x.value(), Fused::parameter(gamma), Fused::parameter(beta), by), std::move(inputs),
                  std::move(rules));
}

void update_running(const Statistics& running, const Statistics& found, std::int64_t count, double momentum) {
    require(count > 1, "batch statistics of {} value in each channel have no variance; expected at least 2", count);
    const double unbiased = static_cast<double>(count) / static_cast<double>(count - 1);
    combine_into(formula::Axpby{1 - momentum, momentum}, running.mean, found.mean);
    combine_into(formula::Axpby{1 - momentum, momentum * unbiased}, running.variance, found.variance);
}

}  // namespace protolith::autograd
