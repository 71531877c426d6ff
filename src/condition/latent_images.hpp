// A trained generator as a function from latent vectors to images between 0 and 1, and back from what a scalar changes
// by with the pixels to what it changes by with the latents.
#pragma once

#include "nn/sequential.hpp"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace protolith::condition {

/// Latents are computed in batches of a fixed number, the last filled up with its last latent: the bits of an image
/// depend on the size of the batch in which it is computed, and so not on how many were asked for.
class LatentImages {
  public:
    /// `generator`: latents (N, 1, 1, latent) → images (N, rows, columns, 1) in [−1, 1], of queue and type. The queue
    /// must outlive the object. InputError if batch is 0, or the generator makes images of several channels.
    LatentImages(std::unique_ptr<nn::Sequential> generator, Queue& queue, DataType type, std::size_t latent,
                 std::size_t batch);

    Queue& queue() const noexcept { return queue_; }
    std::size_t latent() const noexcept { return latent_; }
    std::size_t batch() const noexcept { return batch_; }
    std::size_t rows() const noexcept { return rows_; }
    std::size_t columns() const noexcept { return columns_; }
    std::size_t image_size() const noexcept { return rows_ * columns_; }

    /// Images (count, rows, columns) of latents (count, latent): (G(z) + 1)/2.
    std::vector<float> images(std::span<const double> latents) const;

    /// Given the images of one batch, `count` of them meant, writes ∂Φ/∂image (batch, rows, columns) of each.
    using Source = std::function<void(std::size_t first, std::size_t count, std::span<const float> images,
                                      std::span<float> derivative)>;
    /// ∂Φ/∂z (count, latent): forward, `source`, and backward, batch by batch.
    std::vector<double> gradient(std::span<const double> latents, const Source& source) const;

  private:
    /// The latents of images first … first + count − 1, filled up.
    Tensor filled(std::span<const double> latents, std::size_t first, std::size_t count) const;
    std::size_t count_of(std::span<const double> latents) const;

    std::unique_ptr<nn::Sequential> generator_;
    Queue& queue_;
    DataType type_;
    std::size_t latent_, batch_, rows_ = 0, columns_ = 0;
};

}  // namespace protolith::condition
