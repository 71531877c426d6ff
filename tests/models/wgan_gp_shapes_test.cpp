// The settings are found again from the parameters that they make.
#include "models/wgan_gp_shapes.hpp"

#include "base/error.hpp"
#include "models/wgan_gp.hpp"

#include <gtest/gtest.h>

namespace protolith::models {
namespace {

ShapesByName shapes_of(const nn::Module& network) {
    ShapesByName shapes;
    for (const auto& p : network.parameters()) shapes.emplace(p.name, p.var.shape());
    for (const auto& b : network.buffers()) shapes.emplace(b.name, b.value.shape());
    return shapes;
}

TEST(WganGpShapes, TellTheSettings) {
    Queue queue;
    for (const WganVariant variant : {WganVariant::companion, WganVariant::mantle})
        for (const bool batch_norm : {true, false})
            for (const std::int64_t size : {32, 64, 128}) {
                const WganGpSettings s{size, 2, 5, 3, 2, batch_norm, variant};
                const auto generator = shapes_of(Generator({queue, DataType::float32}, s));
                const auto found = settings_of_shapes(generator, shapes_of(Critic({queue, DataType::float32}, s)));
                EXPECT_EQ(found.image_size, size);
                EXPECT_EQ(found.channels, 2);
                EXPECT_EQ(found.latent, 5);
                EXPECT_EQ(found.width, 3);
                EXPECT_EQ(found.critic_width, 2);
                EXPECT_EQ(found.batch_norm, batch_norm);
                EXPECT_EQ(found.variant, variant);
                EXPECT_EQ(settings_of_shapes(generator, {}).critic_width, 3);
            }
}

TEST(WganGpShapes, OtherNetworksAreRefused) {
    EXPECT_THROW(settings_of_shapes({}, {}), InputError);
    EXPECT_THROW(settings_of_shapes({{"0.weight", {3, 4, 4, 2}}}, {}), InputError);
    EXPECT_THROW(
        settings_of_shapes({{"fc.weight", {3, 4}}, {"x0.weight", {3, 4, 4, 2}}, {".weight", {1, 1, 1, 1}}}, {}),
        InputError);
}

}  // namespace
}  // namespace protolith::models
