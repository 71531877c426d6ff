// The two networks of a WGAN-GP, to and from weights files.
#pragma once

#include "base/context.hpp"
#include "models/wgan_gp.hpp"
#include "settings/network.hpp"
#include "train/weights_file.hpp"

namespace protolith::jobs {

inline constexpr const char* wgan_model = "wgan-gp";

/// What a weights file says of the model.
train::ModelFacts wgan_facts(const models::WganGpSettings& settings, std::uint64_t step, double error);
/// The settings in a weights file; InputError if it holds another model or settings that make no network.
models::WganGpSettings wgan_settings(const train::WeightsFile& file);
/// Takes up both networks from the weights file `path`, if it names one; InputError if they are of other settings.
void load_start(const std::string& path, const models::WganGpSettings& settings, const models::Generator& generator,
                const models::Critic& critic);

/// float32, or bfloat16 where it is asked for and the processor has it; says once if it has not.
DataType activation_type(const ComputeKeys& keys, const Logger& log);

/// Bytes that a rank may take and its threads, from the deck or from what its node offers. Collective.
struct RankShare {
    double memory;
    int threads;
};
RankShare rank_share(const ComputeKeys& keys, const Communicator& comm);

}  // namespace protolith::jobs
