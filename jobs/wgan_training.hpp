// A WGAN-GP in training: the two players, what is measured and drawn on the way, what is written.
#pragma once

#include "base/random.hpp"
#include "models/wgan_losses.hpp"
#include "settings/train_wgan_gp.hpp"
#include "train/batches.hpp"
#include "train/loop.hpp"
#include "train/phase_quality.hpp"
#include "train/replayed.hpp"
#include "train/staged.hpp"
#include "training_set.hpp"
#include "wgan_networks.hpp"

namespace protolith::jobs {

class WganTraining {
  public:
    /// Networks with their first weights, or those of `start_from`. `set`, `queue` and `run` must outlive this object.
    /// Collective.
    WganTraining(run::Run& run, const TrainWganGpSettings& keys, const models::WganGpSettings& settings,
                 const TrainingSet& set, Queue& queue, DataType type);

    /// Trains to the last step, then takes up the best weights. Throws as train::Loop::run does. Collective.
    void train();

    const train::Loop& loop() const noexcept { return loop_; }
    models::Generator& generator() noexcept { return generator_; }
    models::Critic& critic() noexcept { return critic_; }
    const models::WganGpSettings& settings() const noexcept { return settings_; }
    Extent extent() const;
    /// This rank's share of the first `count` validation images, one after the other, by the weights as they are.
    std::vector<float> draw(std::size_t count);
    /// S2 of generated against real images, by the weights as they are. Collective.
    train::PhaseQuality quality();
    /// Mean S2 of the real images, and the error between two sets of real images of that size: what no generator can
    /// be told from (NaN if the set has too few).
    const descriptors::Curve& real_two_point() const noexcept { return real_; }
    double error_between_real_sets() const noexcept { return real_error_; }
    /// Quality of the last weights; of the best ones, once train() is over.
    const train::PhaseQuality& last_quality() const noexcept { return last_; }
    const train::PhaseQuality& best_quality() const noexcept { return best_; }

  private:
    train::Player critic_player();
    train::Player generator_player();
    train::Duties duties();
    std::vector<train::Player> players();
    void measure_real_images();
    /// Latents of this rank's items of each update.
    train::Staged latents(RandomPurpose purpose);
    std::vector<train::NetworkWeights> weights() const;
    void keep(const std::string& file, std::uint64_t step, double error);
    void draw_sheet(std::uint64_t step);
    void take_up_best();

    run::Run& run_;
    const TrainWganGpSettings& keys_;
    models::WganGpSettings settings_;
    const TrainingSet& set_;
    Queue& queue_;
    DataType type_;
    parallel::Replicas replicas_;
    ItemRange mine_;
    models::Generator generator_;
    models::Critic critic_;
    train::Batches batches_;
    train::Staged real_images_, critic_latents_, mixing_factors_, generator_latents_;
    train::Replayed<models::CriticGradients> critic_work_;
    train::Replayed<models::GeneratorGradients> generator_work_;
    descriptors::Curve real_;
    double real_error_ = 0;
    train::PhaseQuality last_, best_;
    train::Trainer trainer_;
    train::Loop loop_;
};

}  // namespace protolith::jobs
