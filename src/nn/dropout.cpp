#include "nn/dropout.hpp"

#include "autograd/dropout.hpp"
#include "base/error.hpp"

namespace protolith::nn {

Dropout::Dropout(double probability, std::uint32_t stream) : probability_(probability), stream_(stream) {
    require_input(probability >= 0 && probability < 1, "dropout with probability {}; it lies in [0, 1)", probability);
}

Var Dropout::forward(const Var& x, const Pass& pass) {
    return pass.training ? autograd::dropout(x, probability_, {pass.seed, stream_, pass.number}) : x;
}

std::string Dropout::describe() const { return fmt::format("Dropout {}", probability_); }

}  // namespace protolith::nn
