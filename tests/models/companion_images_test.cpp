// A companion model that PyTorch saved draws the same images here, and its critic scores them the same.
#include "../reference/reference_file.hpp"
#include "models/wgan_gp.hpp"
#include "models/wgan_gp_shapes.hpp"
#include "nn/fold.hpp"
#include "train/state_dict.hpp"

namespace protolith::models {
namespace {

using autograd::Var;

const std::string fixtures = std::string(PROTOLITH_SOURCE_DIR) + "/tests/reference/";

/// The fixture's networks with activations of `type`; `weights` is "" or "_bfloat16".
class Companion {
  public:
    Companion(Queue& queue, DataType type, const std::string& weights) {
        const io::SafetensorsReader generator_file(fixtures + "companion_generator" + weights + ".safetensors");
        const io::SafetensorsReader critic_file(fixtures + "companion_critic" + weights + ".safetensors");
        const auto settings = settings_of_shapes(shapes_of(generator_file), shapes_of(critic_file));
        generator = std::make_unique<Generator>(nn::Placement{queue, type}, settings);
        critic = std::make_unique<Critic>(nn::Placement{queue, type}, settings);
        train::load_state_dict(generator_file, "main.", train::weights_of("generator", *generator));
        train::load_state_dict(critic_file, "main.", train::weights_of("critic", *critic));
    }

    std::unique_ptr<Generator> generator;
    std::unique_ptr<Critic> critic;

  private:
    static ShapesByName shapes_of(const io::SafetensorsReader& file) {
        ShapesByName shapes;
        for (const auto& info : file.tensors()) shapes.emplace(info.name.substr(5), train::engine_shape(info));
        return shapes;
    }
};

struct Case {
    DataType type;
    std::string weights;
    double tolerance;
};

class CompanionImages : public ::testing::TestWithParam<Case> {};

TEST_P(CompanionImages, AreThoseThatPyTorchDraws) {
    const auto& [type, weights, tolerance] = GetParam();
    Queue queue;
    if (!reference::computes_in(queue, type)) GTEST_SKIP() << "this processor does not multiply bfloat16";
    const reference::ReferenceFile file(queue, "companion_images.h5");
    const Companion model(queue, type, weights);
    const std::string group = weights.empty() ? "/float32/" : "/bfloat16/";
    const autograd::NoRecord no_record;
    const nn::Pass evaluation{.training = false};
    const Tensor stored = file.tensor("/z", type);  // (N, latent)
    const Var z(stored.reshaped({stored.shape()[0], 1, 1, stored.shape()[1]}));
    const Var images = model.generator->forward(z, evaluation);
    file.expect_equal(images.value(), group + "images", tolerance);
    file.expect_equal(nn::folded(*model.generator)->forward(z, evaluation).value(), group + "images", tolerance);
    file.expect_equal(model.critic->forward(images, evaluation).value(), group + "scores", tolerance);
}

TEST_P(CompanionImages, OfTwoLatentsSideBySideAreWider) {
    const auto& [type, weights, tolerance] = GetParam();
    Queue queue;
    if (!reference::computes_in(queue, type)) GTEST_SKIP() << "this processor does not multiply bfloat16";
    const reference::ReferenceFile file(queue, "companion_images.h5");
    const Companion model(queue, type, weights);
    const auto z = file.reader().read<double>("/z");
    const std::int64_t images = 3, latent = std::int64_t(z.size()) / images;
    std::vector<double> pairs;  // z of the image, z of the image as far from the end
    for (std::int64_t n = 0; n < images; ++n)
        for (const std::int64_t which : {n, images - 1 - n})
            pairs.insert(pairs.end(), z.begin() + which * latent, z.begin() + (which + 1) * latent);
    const autograd::NoRecord no_record;
    const Var wide =
        model.generator->forward(Var(Tensor::from(queue, {images, 1, 2, latent}, type, pairs)), {.training = false});
    EXPECT_EQ(wide.shape(), (Shape{images, 32, 40, 1}));
    file.expect_equal(wide.value(), (weights.empty() ? "/float32/" : "/bfloat16/") + std::string("wide_images"),
                      tolerance);
}

INSTANTIATE_TEST_SUITE_P(, CompanionImages,
                         ::testing::Values(Case{DataType::float64, "", 1e-12},
                                           Case{DataType::float64, "_bfloat16", 1e-12},
                                           Case{DataType::float32, "", 1e-5},
                                           Case{DataType::bfloat16, "_bfloat16", 0.05}),
                         [](const auto& c) { return name_of(c.param.type) + c.param.weights; });

}  // namespace
}  // namespace protolith::models
