// A convolution as cuDNN's graph API runs it: one node, channels last, the first engine that the heuristics name, that
// the queue's settings permit, that can be built, and whose workspace fits.
#pragma once

#include "convolution/geometry.hpp"
#include "cudnn/library.hpp"
#include "queue/types.hpp"

#include <array>
#include <optional>
#include <vector>

namespace protolith::kernels::cuda::cudnn {

/// Which of the three derivatives of the trilinear form is computed: y, x or w.
enum class Pass : std::uint8_t { forward, data, weights };

const char* name_of(Pass pass);

/// What a plan is made for.
struct ConvolutionProblem {
    Pass pass = Pass::forward;
    ConvolutionGeometry geometry;                                                  // padded alike before and behind
    DataType x = DataType::float32, w = DataType::float32, y = DataType::float32;  // or bfloat16
    std::array<std::int64_t, 3> alignment{16, 16, 16};  // of x, w and y, in bytes: a power of two, at most 16
};

class ConvolutionPlan {
  public:
    /// Nothing where no engine serves; `refusal` then says why, in cuDNN's words.
    static std::optional<ConvolutionPlan> find(Queue& queue, const ConvolutionProblem& problem, std::string& refusal);

    /// In the queue's order. The operand that the pass computes is written, the others are read.
    void run(Queue& queue, const void* x, const void* w, const void* y) const;
    std::size_t workspace() const noexcept { return workspace_; }

  private:
    ConvolutionPlan(std::shared_ptr<cudnnContext> handle, std::vector<Descriptor> parts, Descriptor plan,
                    std::size_t workspace)
        : handle_(std::move(handle)), parts_(std::move(parts)), plan_(std::move(plan)), workspace_(workspace) {}

    // what the plan was made from lives as long as the plan
    std::shared_ptr<cudnnContext> handle_;
    std::vector<Descriptor> parts_;
    Descriptor plan_;
    std::size_t workspace_;
};

}  // namespace protolith::kernels::cuda::cudnn
