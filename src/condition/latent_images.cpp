#include "condition/latent_images.hpp"

#include "autograd/grad.hpp"
#include "base/error.hpp"

#include <algorithm>

namespace protolith::condition {

namespace {

constexpr nn::Pass drawing{.training = false};

/// [−1, 1] to [0, 1].
std::vector<float> as_shares(const Tensor& images) {
    auto values = images.to_floats();
    for (float& value : values) value = 0.5F * (value + 1);
    return values;
}

}  // namespace

LatentImages::LatentImages(std::unique_ptr<nn::Sequential> generator, Queue& queue, DataType type, std::size_t latent,
                           std::size_t batch)
    : generator_(std::move(generator)), queue_(queue), type_(type), latent_(latent), batch_(batch) {
    require_input(batch >= 1, "a batch of {} latents; expected at least 1", batch);
    const Shape out = generator_->output_shape({1, 1, 1, static_cast<std::int64_t>(latent)});
    require_input(out[3] == 1, "a generator of images with {} channels; expected 1", out[3]);
    rows_ = static_cast<std::size_t>(out[1]);
    columns_ = static_cast<std::size_t>(out[2]);
}

std::size_t LatentImages::count_of(std::span<const double> latents) const {
    require(latents.size() % latent_ == 0, "{} numbers are no latents of {}", latents.size(), latent_);
    return latents.size() / latent_;
}

Tensor LatentImages::filled(std::span<const double> latents, std::size_t first, std::size_t count) const {
    std::vector<double> values;
    for (std::size_t i = 0; i < batch_; ++i) {
        const auto one = latents.subspan((first + std::min(i, count - 1)) * latent_, latent_);
        values.insert(values.end(), one.begin(), one.end());
    }
    return Tensor::from(queue_, {static_cast<std::int64_t>(batch_), 1, 1, static_cast<std::int64_t>(latent_)}, type_,
                        std::span<const double>(values));
}

std::vector<float> LatentImages::images(std::span<const double> latents) const {
    const autograd::NoRecord no_record;
    const std::size_t all = count_of(latents);
    std::vector<float> result;
    result.reserve(all * image_size());
    for (std::size_t first = 0; first < all; first += batch_) {
        const std::size_t count = std::min(batch_, all - first);
        const autograd::Var z(filled(latents, first, count));
        const auto images = as_shares(generator_->forward(z, drawing).value());
        result.insert(result.end(), images.begin(), images.begin() + static_cast<std::ptrdiff_t>(count * image_size()));
    }
    return result;
}

std::vector<double> LatentImages::gradient(std::span<const double> latents, const Source& source) const {
    const std::size_t all = count_of(latents);
    std::vector<double> result;
    result.reserve(latents.size());
    std::vector<float> derivative(batch_ * image_size());
    for (std::size_t first = 0; first < all; first += batch_) {
        const std::size_t count = std::min(batch_, all - first);
        const autograd::Var z(filled(latents, first, count), true);
        const autograd::Var made = generator_->forward(z, drawing);
        source(first, count, as_shares(made.value()), derivative);
        for (float& value : derivative) value *= 0.5F;
        const autograd::Var seed(Tensor::from(queue_, made.shape(), made.type(), std::span<const float>(derivative)));
        const auto changes = autograd::grad(made, {z}, seed).front().value().to_doubles();
        result.insert(result.end(), changes.begin(), changes.begin() + static_cast<std::ptrdiff_t>(count * latent_));
    }
    return result;
}

}  // namespace protolith::condition
