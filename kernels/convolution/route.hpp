// How a convolution is computed on a GPU, decided once for a pass, geometry and type: cuDNN as it stands, cuDNN with
// channels rounded up, or kernels of our own. Whatever is not the first choice is told in the queue's facts.
#pragma once

#include "convolution/fitted.hpp"
#include "cudnn/convolution_plan.hpp"

#include <map>
#include <optional>

namespace protolith::kernels::cuda {

struct Route {
    FittedConvolution fitted;
    DataType gradient = DataType::float32;       // in which the plan writes the gradient of the weights
    std::optional<cudnn::ConvolutionPlan> plan;  // none: direct.hpp
};

/// The routes of a queue: queue.state<Routes>().
class Routes {
  public:
    explicit Routes(Queue& queue) : queue_(queue) {}

    /// `type` is float32 or bfloat16; the addresses are those of x, w and y as the caller holds them.
    const Route& get(cudnn::Pass pass, const ConvolutionGeometry& geometry, DataType type,
                     const std::array<const void*, 3>& operands);

  private:
    using Key = std::array<std::int64_t, 32>;
    Route find(cudnn::Pass pass, const ConvolutionGeometry& geometry, DataType type,
               const std::array<std::int64_t, 3>& alignment) const;

    Queue& queue_;
    std::map<Key, Route> routes_;
};

}  // namespace protolith::kernels::cuda
