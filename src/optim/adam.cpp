#include "optim/adam.hpp"

#include "base/error.hpp"
#include "convolution/convolution.hpp"
#include "optimise/adam.hpp"

namespace protolith::optim {

void validate(const AdamSettings& s) {
    require_input(s.learning_rate > 0, "learning_rate = {}; expected a positive number", s.learning_rate);
    require_input(s.beta1 >= 0 && s.beta1 < 1, "beta1 = {}; expected a number of [0, 1)", s.beta1);
    require_input(s.beta2 >= 0 && s.beta2 < 1, "beta2 = {}; expected a number of [0, 1)", s.beta2);
    require_input(s.epsilon > 0, "epsilon = {}; expected a positive number", s.epsilon);
}

Adam::Adam(std::vector<nn::Parameter> parameters, const AdamSettings& settings)
    : parameters_(std::move(parameters)), settings_(settings) {
    validate(settings);
    for (const auto& parameter : parameters_) {
        const Tensor& value = parameter.var.value();
        first_.push_back(Tensor::zeros(value.queue(), value.shape(), value.type()));
        second_.push_back(Tensor::zeros(value.queue(), value.shape(), value.type()));
    }
}

void Adam::step(const std::vector<autograd::Var>& gradients, double factor) {
    require(gradients.size() == parameters_.size(), "{} gradients for {} parameters", gradients.size(),
            parameters_.size());
    const kernels::AdamStep by{settings_.learning_rate * factor, settings_.beta1, settings_.beta2, settings_.epsilon,
                               ++steps_};
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        const Tensor &weights = parameters_[i].var.value(), &gradient = gradients[i].value();
        require(gradient.shape() == weights.shape() && gradient.type() == weights.type(),
                "a gradient of {} {} for the parameter {} of {} {}", name_of(gradient.type()), gradient.shape().text(),
                parameters_[i].name, name_of(weights.type()), weights.shape().text());
        with_accumulator_type(weights.type(), [&]<class T>(T) {
            PROTOLITH_LAUNCH(weights.queue(), adam(weights.queue(), by, gradient.data<T>(), first_[i].data<T>(),
                                                   second_[i].data<T>(), weights.data<T>(), weights.elements()));
        });
        weights.changed();
        // what convolutions have packed of the old values would only lie there until they are used again
        PROTOLITH_LAUNCH(weights.queue(), forget_weights(weights.queue(), weights.identity()));
    }
}

std::vector<nn::Buffer> Adam::state() const {
    std::vector<nn::Buffer> result;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        result.push_back({"exp_avg." + parameters_[i].name, first_[i]});
        result.push_back({"exp_avg_sq." + parameters_[i].name, second_[i]});
    }
    return result;
}

}  // namespace protolith::optim
