// The two networks of a WGAN-GP, to and from weights files.
#pragma once

#include "models/wgan_gp.hpp"
#include "queue/queue.hpp"
#include "run/run.hpp"
#include "settings/network.hpp"
#include "train/weights_file.hpp"

#include <memory>
#include <string>

namespace protolith::jobs {

inline constexpr const char* wgan_model = "wgan-gp";

/// What a weights file says of the model.
train::ModelFacts wgan_facts(const models::WganGpSettings& settings, std::uint64_t step, double error);
/// The settings in a weights file; InputError if it holds another model or settings that make no network.
models::WganGpSettings wgan_settings(const train::WeightsFile& file);
/// Takes up both networks from the weights file `path`, if it names one; InputError if they are of other settings.
void load_start(const std::string& path, const models::WganGpSettings& settings, const models::Generator& generator,
                const models::Critic& critic);

/// How a rank computes: on its GPU or on cores, and the bytes that its tensors may take.
struct Workplace {
    std::unique_ptr<Queue> queue;
    double memory;

    bool on_gpu() const noexcept { return queue->backend() == kernels::Backend::cuda; }
    /// For the plan: "2 threads a rank", "a GPU a rank".
    std::string text() const;
    /// Bytes beside the networks' tensors: program, MPI and libraries, or on a GPU what its libraries work in.
    double beside() const noexcept { return on_gpu() ? 1.5e9 : 128e6; }
};
/// float32, or bfloat16 where it is asked for and the place has it; says once if it has not.
DataType activation_type(const ComputeKeys& keys, const Workplace& place, const Logger& log);

/// From the deck and the command line, or what the node offers; see parallel::queue_of_rank for GPUs. Collective.
Workplace workplace(const ComputeKeys& keys, run::Run& run);

}  // namespace protolith::jobs
