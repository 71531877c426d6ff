// protolith convert: networks to and from safetensors files with PyTorch's names and layouts.
#include "settings/convert.hpp"

#include "jobs.hpp"
#include "models/wgan_gp_shapes.hpp"
#include "train/state_dict.hpp"
#include "wgan_networks.hpp"

#include <limits>

namespace protolith::jobs {

namespace {

/// What the safetensors header says of the model.
std::map<std::string, std::string> metadata_of(const train::WeightsFile& weights) {
    std::map<std::string, std::string> metadata{{"format", "pt"}};
    for (const auto& [name, value] : weights.file().attributes("/model"))
        metadata["protolith." + name] = io::to_string(value);
    return metadata;
}

void to_state_dicts(const ConvertSettings& keys, run::Run& run) {
    const auto& comm = run.context.comm;
    std::unique_ptr<train::WeightsFile> weights;
    std::vector<std::string> networks;
    run::Plan plan;
    collectively(comm, [&] {
        weights = std::make_unique<train::WeightsFile>(keys.weights);
        networks = train::networks_of(*weights);
        plan.add("from", fmt::format("{}, model {}", keys.weights, weights->model()));
        for (const auto& network : networks) {
            plan.add("to", fmt::format("{}.safetensors, names '{}…'", network, keys.prefix));
            plan.files.push_back(network + ".safetensors");
        }
    });
    if (run.only_planned(plan)) return;
    auto& directory = run.open_directory();
    if (run.already_done()) return;
    const auto type =
        keys.precision == ConvertSettings::Precision::bfloat16 ? io::TensorType::bfloat16 : io::TensorType::float32;
    on_root(comm, [&] {
        for (const auto& network : networks)
            train::write_state_dict(*weights, network, directory.file(network + ".safetensors"), keys.prefix, type,
                                    metadata_of(*weights));
    });
    run.finish({}, static_cast<double>(networks.size()));
}

/// One state_dict file and what stands before its names.
struct StateDict {
    explicit StateDict(const ConvertSettings& keys, const std::string& path)
        : file(path),
          prefix(file.contains(keys.prefix + "0.weight") ? keys.prefix : train::prefix_of(file, "0.weight")) {}

    /// Shapes in the engine's layout by names without the prefix.
    models::ShapesByName shapes() const {
        models::ShapesByName result;
        for (const auto& info : file.tensors())
            if (info.name.starts_with(prefix) && info.shape.size() <= 5)
                result.emplace(info.name.substr(prefix.size()), train::engine_shape(info));
        return result;
    }

    io::SafetensorsReader file;
    std::string prefix;
};

void to_weights_file(const ConvertSettings& keys, run::Run& run) {
    const auto& comm = run.context.comm;
    Queue queue;
    const nn::Placement place{queue, DataType::float32};
    models::WganGpSettings settings;
    std::vector<train::NetworkWeights> networks;
    run::Plan plan;
    collectively(comm, [&] {
        const StateDict generator(keys, keys.generator);
        const auto critic =
            keys.critic.empty() ? std::nullopt : std::optional<StateDict>(std::in_place, keys, keys.critic);
        settings = models::settings_of_shapes(generator.shapes(), critic ? critic->shapes() : models::ShapesByName{});
        plan.add("generator", fmt::format("{}, names '{}…': latent {}, width {}, images of {} × {}", keys.generator,
                                          generator.prefix, settings.latent, settings.width, settings.image_size,
                                          settings.image_size));
        networks.push_back(train::weights_of("generator", models::Generator(place, settings)));
        train::load_state_dict(generator.file, generator.prefix, networks.back());
        if (critic) {
            plan.add("critic",
                     fmt::format("{}, names '{}…': width {}", keys.critic, critic->prefix, settings.critic_width));
            networks.push_back(train::weights_of("critic", models::Critic(place, settings)));
            train::load_state_dict(critic->file, critic->prefix, networks.back());
        }
        plan.add("to", "weights.h5");
    });
    plan.files = {"weights.h5"};
    if (run.only_planned(plan)) return;
    auto& directory = run.open_directory();
    if (run.already_done()) return;
    const auto facts = wgan_facts(settings, 0, std::numeric_limits<double>::quiet_NaN());  // not trained here
    train::write_weights(comm, directory.file("weights.h5"), run.provenance(), facts, networks);
    run.finish({}, static_cast<double>(networks.size()));
}

void convert_body(const ConvertSettings& keys, run::Run& run) {
    collectively(run.context.comm, [&] {
        require_input(keys.weights.empty() != keys.generator.empty(),
                      "weights = '{}', generator = '{}': one of them expected, the file to be converted", keys.weights,
                      keys.generator);
        require_input(keys.critic.empty() || !keys.generator.empty(), "critic = '{}' without a generator", keys.critic);
    });
    keys.generator.empty() ? to_state_dicts(keys, run) : to_weights_file(keys, run);
}

}  // namespace

run::Job convert() {
    return run::make_job("convert", "networks to and from safetensors files of PyTorch", convert_body,
                         run::Backends::cpu_and_gpu);
}

}  // namespace protolith::jobs
