// Counter-based random numbers: Philox4x32-10 (Salmon et al. 2011, SC'11) keyed by (seed, stream, item).
// Draw k of an item is a pure function of (seed, stream, item, k), so it does not depend on ranks, order or restarts.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

#include <Random123/philox.h>

namespace protolith {

__extension__ typedef unsigned __int128 uint128;

/// What a stream of random numbers is for; two purposes never share numbers.
enum class RandomPurpose : std::uint32_t {
    anneal = 1,
    simulate = 2,
    representative_size = 3,
    multigrid = 4,
    weights = 10,      // first values of networks
    latent = 11,       // what a generator draws images from
    epoch = 12,        // order of the training images
    interpolate = 13,  // between real and generated images, for the gradient penalty
    dropout = 14,
    augmentation = 15,
    critic_latent = 16,  // of the critic's updates
    generator_latent = 17,
    validation = 18,
    sampling_start = 30,     // first states of Markov chains
    sampling_step = 31,      // their proposals and acceptances
    sampling_swap = 32,      // swaps of temperatures
    observation_noise = 40,  // of synthetic data
    closest_fit = 41,        // where the search for a latent begins
    line_direction = 42,     // across latents or a simulator's inputs
    test = 1000,
};

/// One sequence of random numbers. Every draw, of whatever kind, consumes exactly one 64-bit word of the sequence
/// (normal() two), so `position()` names the place and `seek()` returns to it.
class RandomStream {
  public:
    RandomStream(std::uint64_t seed, RandomPurpose purpose, std::uint32_t item)
        : key_{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}},
          purpose_(static_cast<std::uint32_t>(purpose)),
          item_(item) {}

    /// What keys the sequence; for those who compute the same words many at once.
    r123::Philox4x32::key_type key() const noexcept { return key_; }
    std::uint32_t purpose() const noexcept { return purpose_; }
    std::uint32_t item() const noexcept { return item_; }
    /// Words consumed so far.
    std::uint64_t position() const noexcept { return position_; }
    void seek(std::uint64_t position) noexcept {
        position_ = position;
        loaded_ = ~std::uint64_t{0};
    }

    /// Uniform 64-bit word.
    std::uint64_t bits() noexcept {
        const std::uint64_t chunk = position_ / chunk_words;
        if (chunk != loaded_) load(chunk);
        return words_[position_++ % chunk_words];
    }
    /// Uniform in [0, 1), 53 bits.
    double uniform() noexcept { return static_cast<double>(bits() >> 11) * 0x1p-53; }
    double uniform(double low, double high) noexcept { return low + (high - low) * uniform(); }
    /// Uniform integer in [0, n), n > 0 (multiply-shift; bias below n / 2^64).
    std::uint64_t below(std::uint64_t n) noexcept {
        return static_cast<std::uint64_t>((static_cast<uint128>(bits()) * n) >> 64);
    }
    /// Standard normal (Box–Muller, cosine branch).
    double normal() noexcept {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
        return radius * std::cos(2.0 * std::numbers::pi * uniform());
    }

  private:
    static constexpr std::uint64_t chunk_words = 32;

    void load(std::uint64_t chunk) noexcept {
        for (std::uint64_t b = 0; b < chunk_words / 2; ++b) {
            const std::uint64_t block = chunk * (chunk_words / 2) + b;
            const r123::Philox4x32::ctr_type counter{
                {static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), purpose_, item_}};
            const auto r = r123::Philox4x32{}(counter, key_);
            words_[2 * b] = r[0] | (static_cast<std::uint64_t>(r[1]) << 32);
            words_[2 * b + 1] = r[2] | (static_cast<std::uint64_t>(r[3]) << 32);
        }
        loaded_ = chunk;
    }

    r123::Philox4x32::key_type key_;
    std::uint32_t purpose_, item_;
    std::uint64_t position_ = 0, loaded_ = ~std::uint64_t{0};
    std::array<std::uint64_t, chunk_words> words_{};
};

}  // namespace protolith
