// What a training of a WGAN-GP leaves beside the weights: result.h5 and report.html.
#pragma once

#include "wgan_training.hpp"

namespace protolith::jobs {

/// Writes both, with the best weights in place. `tables`: the networks as papers print them. Collective.
void report_training(run::Run& run, const TrainWganGpSettings& keys, WganTraining& training, const TrainingSet& set,
                     const std::string& tables);

}  // namespace protolith::jobs
