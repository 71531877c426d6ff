// Ten updates of a tiny companion WGAN-GP equal PyTorch's in float64: every loss, and the networks that come out.
#include "../reference/reference_file.hpp"
#include "models/wgan_gp.hpp"
#include "models/wgan_losses.hpp"
#include "optim/adam.hpp"

namespace protolith::models {
namespace {

using autograd::Var;

class TenSteps {
  public:
    TenSteps() : file_(queue_, "wgan_gp_ten_steps.h5"), generator_(place_, settings), critic_(place_, settings) {
        each_tensor([&](const std::string& name, const Tensor& t) { t.assign(file_.tensor("/before/" + name)); });
    }

    /// The first 2N images belong to batches 0 and 1.
    void run() {
        optim::Adam critic_adam(critic_.parameters(), adam), generator_adam(generator_.parameters(), adam);
        for (int number = 1; number <= 10; ++number) {
            const std::string group = fmt::format("/update{:02d}/", number);
            const Tensor stored = file_.tensor(group + "z");
            const Tensor z = stored.reshaped({stored.shape()[0], 1, 1, stored.shape()[1]});
            if (number % 5 == 0) {
                const auto found = generator_gradients(generator_, critic_, z, {});
                EXPECT_NEAR(found.loss(), file_.number(group + "loss"), 1e-9) << number;
                generator_adam.step(found.gradients);
                continue;
            }
            const auto found =
                critic_gradients(critic_, real(number % 2), fake(z), file_.tensor(group + "mix"), 10.0, {});
            EXPECT_NEAR(found.losses().penalty, file_.number(group + "penalty"), 1e-9) << number;
            EXPECT_NEAR(found.losses().loss, file_.number(group + "loss"), 1e-9) << number;
            critic_adam.step(found.gradients);
        }
        each_tensor([&](const std::string& name, const Tensor& t) { file_.expect_equal(t, "/after/" + name, 1e-8); });
    }

  private:
    static constexpr WganGpSettings settings{.image_size = 32, .latent = 6, .width = 4, .critic_width = 4};
    static constexpr optim::AdamSettings adam{.learning_rate = 1e-3, .beta1 = 0.5, .beta2 = 0.999, .epsilon = 1e-8};

    /// Batch b of the stored (2, N, 1, 32, 32); one channel, so that the order of the elements is ours already.
    Tensor real(int b) {
        const auto values = file_.reader().read<double>("/real");
        const std::int64_t images = std::int64_t(values.size()) / (2 * 32 * 32);
        return Tensor::from(queue_, {2 * images, 32, 32, 1}, DataType::float64, values)
            .rows(b * images, (b + 1) * images);
    }

    Tensor fake(const Tensor& z) {
        const autograd::NoRecord no_record;
        return generator_.forward(Var(z), {}).value();
    }

    template <class Visit>
    void each_tensor(Visit visit) {
        for (const auto& p : generator_.parameters()) visit("G." + p.name, p.var.value());
        for (const auto& b : generator_.buffers()) visit("G." + b.name, b.value);
        for (const auto& p : critic_.parameters()) visit("D." + p.name, p.var.value());
    }

    Queue queue_;
    nn::Placement place_{queue_, DataType::float64};
    reference::ReferenceFile file_;
    Generator generator_;
    Critic critic_;
};

TEST(WganTraining, TenUpdatesEqualPyTorchs) { TenSteps().run(); }

}  // namespace
}  // namespace protolith::models
