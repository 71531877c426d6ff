// Adam with clipped gradients and a falling learning rate equals PyTorch's.
#include "../reference/reference_file.hpp"
#include "optim/adam.hpp"
#include "optim/clip.hpp"
#include "optim/schedule.hpp"

namespace protolith::optim {
namespace {

/// Five steps of group `name` of layers.h5, gradients clipped to `limit`.
void expect_steps_of_pytorch(const std::string& name, double limit) {
    Queue queue;
    const reference::ReferenceFile file(queue, "layers.h5");
    const std::string group = "/" + name + "/";
    std::vector<nn::Parameter> parameters;
    for (const std::string key : {"a", "b"})
        parameters.push_back({key, autograd::Var(file.tensor(group + "init." + key), true)});
    Adam adam(parameters, {.learning_rate = 1e-2, .beta1 = 0.5, .beta2 = 0.999, .epsilon = 1e-8});
    const Schedule falling{.kind = ScheduleKind::linear, .from = 0, .to = 5};
    for (int step = 0; step < 5; ++step) {
        const std::string at = group + fmt::format("step{}.", step + 1);
        std::vector<autograd::Var> gradients;
        for (const std::string key : {"a", "b"}) gradients.emplace_back(file.tensor(at + "grad." + key));
        EXPECT_NEAR(clip_by_global_norm(gradients, limit), file.number(at + "norm"), 1e-12);
        adam.step(gradients, factor_at(falling, step));
        for (const auto& p : parameters) file.expect_equal(p.var.value(), at + "after." + p.name, 1e-13);
    }
}

TEST(AdamReference, FiveStepsEqualPyTorchs) { expect_steps_of_pytorch("adam", 1e300); }

TEST(AdamReference, FiveStepsWithClippedGradientsEqualPyTorchs) { expect_steps_of_pytorch("adam_clipped", 2.0); }

}  // namespace
}  // namespace protolith::optim
