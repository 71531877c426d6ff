#include "models/wgan_gp_settings.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace protolith::models {
namespace {

constexpr std::int64_t first_side = 4;  // of the map that one latent vector makes
constexpr std::int64_t smallest = 32, largest = 512;

/// The side of the latent for an image side.
std::int64_t latent_side(const WganGpSettings& settings, std::int64_t side, const char* name) {
    const std::int64_t step = std::int64_t{1} << settings.levels();
    const std::int64_t h = side / step - (first_side - 1);
    require_input(
        side % step == 0 && h >= 1,
        "an image {} of {} cannot be made: a latent of h × w gives (h + 3) · {}, the network's sides being {} "
        "for h = 1 and {} for h = {}",
        name, side, step, size_chain(settings), size_chain(settings, std::max<std::int64_t>(h, 1) + 1),
        std::max<std::int64_t>(h, 1) + 1);
    return h;
}

}  // namespace

int WganGpSettings::levels() const {
    int levels = 0;
    while ((first_side << levels) < image_size) ++levels;
    return levels;
}

void validate(const WganGpSettings& s) {
    WganGpSettings biggest = s;
    biggest.image_size = largest;
    const bool power = (first_side << s.levels()) == s.image_size;
    require_input(power && s.image_size >= smallest && s.image_size <= largest,
                  "image_size = {} cannot be made: each level doubles the side, {}; expected 32, 64, 128, 256 or 512",
                  s.image_size, size_chain(biggest));
    require_input(s.channels >= 1, "channels = {}; expected at least 1", s.channels);
    require_input(s.latent >= 1, "latent = {}; expected at least 1", s.latent);
    require_input(s.width >= 1, "width = {}; expected at least 1", s.width);
    require_input(s.critic_width >= 1, "critic_width = {}; expected at least 1", s.critic_width);
}

Shape latent_shape(const WganGpSettings& settings, std::int64_t images, std::int64_t height, std::int64_t width) {
    return {images, latent_side(settings, height, "height"), latent_side(settings, width, "width"), settings.latent};
}

std::string size_chain(const WganGpSettings& settings, std::int64_t latent_side) {
    std::string chain = fmt::format("{}", latent_side);
    for (int level = 0; level <= settings.levels(); ++level)
        chain += fmt::format(" → {}", (latent_side + first_side - 1) << level);
    return chain;
}

}  // namespace protolith::models
