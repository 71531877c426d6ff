#include "derivative_check.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace protolith::autograd::testing {
namespace {

/// A number from the inputs, and (when asked for) its gradients.
using Functional =
    std::function<double(const std::vector<Tensor>& inputs, std::vector<std::vector<double>>* gradients)>;

double dot(const Tensor& a, const Tensor& b) {
    const auto x = a.to_doubles(), y = b.to_doubles();
    return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
}

std::vector<Var> leaves(const std::vector<Tensor>& inputs) {
    std::vector<Var> result;
    for (const auto& input : inputs) result.emplace_back(input, true);
    return result;
}

void keep(const std::vector<Var>& from, std::vector<std::vector<double>>* to) {
    for (const auto& gradient : from) to->push_back(gradient.value().to_doubles());
}

double worst_error(const Functional& f, const std::vector<Tensor>& inputs, int samples) {
    std::vector<std::vector<double>> gradients;
    f(inputs, &gradients);
    RandomStream random(7, RandomPurpose::test, 99);
    double worst = 0;
    for (std::size_t k = 0; k < inputs.size(); ++k) {
        double largest = 1e-300;
        for (const double g : gradients[k]) largest = std::max(largest, std::abs(g));
        for (int sample = 0; sample < samples; ++sample) {
            const auto i = random.below(static_cast<std::uint64_t>(inputs[k].elements()));
            double* const element = inputs[k].data<double>() + i;
            const double original = *element, step = 1e-5 * std::max(1.0, std::abs(original));
            const auto at = [&](double value) {
                *element = value;
                inputs[k].changed();
                return f(inputs, nullptr);
            };
            const double above = at(original + step), below = at(original - step);
            at(original);
            worst = std::max(worst, std::abs((above - below) / (2 * step) - gradients[k][i]) / std::max(largest, 1e-6));
        }
    }
    return worst;
}

}  // namespace

Tensor random_tensor(Queue& queue, const Shape& shape, unsigned item, double scale) {
    RandomStream random(11, RandomPurpose::test, item);
    std::vector<double> values(static_cast<std::size_t>(shape.elements()));
    for (auto& value : values) value = scale * random.normal();
    return Tensor::from(queue, shape, DataType::float64, values);
}

double first_derivative_error(const Operation& f, const std::vector<Tensor>& inputs, int samples) {
    return worst_error(
        [&](const std::vector<Tensor>& at, std::vector<std::vector<double>>* gradients) {
            const auto xs = leaves(at);
            const Var y = f(xs);
            const Tensor v = random_tensor(y.queue(), y.shape(), 1000);
            const double value = dot(v, y.value());
            if (gradients) keep(grad(y, xs, Var(v)), gradients);
            return value;
        },
        inputs, samples);
}

double second_derivative_error(const Operation& f, const std::vector<Tensor>& inputs, int samples) {
    return worst_error(
        [&](const std::vector<Tensor>& at, std::vector<std::vector<double>>* gradients) {
            const auto xs = leaves(at);
            const Var y = f(xs);
            const auto first = grad(y, xs, Var(random_tensor(y.queue(), y.shape(), 1000)), {.create_graph = true});
            double value = 0;
            std::vector<std::vector<double>> total;
            for (std::size_t k = 0; k < xs.size(); ++k) {
                const Tensor u = random_tensor(y.queue(), xs[k].shape(), 2000 + static_cast<unsigned>(k));
                value += dot(u, first[k].value());
                if (!gradients) continue;
                const auto part = grad(first[k], xs, Var(u), {.keep_graph = true});
                total.resize(xs.size());
                for (std::size_t j = 0; j < xs.size(); ++j) {
                    const auto values = part[j].value().to_doubles();
                    total[j].resize(values.size());
                    for (std::size_t i = 0; i < values.size(); ++i) total[j][i] += values[i];
                }
            }
            if (gradients) *gradients = total;
            return value;
        },
        inputs, samples);
}

}  // namespace protolith::autograd::testing
