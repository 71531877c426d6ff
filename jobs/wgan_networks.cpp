#include "wgan_networks.hpp"

#include "convolution/convolution.hpp"
#include "parallel/rank_queue.hpp"
#include "queue/arithmetic.hpp"
#include "queue/facts.hpp"
#include "train/resources.hpp"

namespace protolith::jobs {

namespace {

const char* name_of(models::WganVariant variant) {
    return variant == models::WganVariant::mantle ? "mantle" : "companion";
}

/// Why weights of these settings are not those that are asked for; empty if they are.
std::string difference(const models::WganGpSettings& file, const models::WganGpSettings& deck) {
    std::string text;
    const auto compare = [&](const char* name, auto there, auto here) {
        if (there != here) text += fmt::format("{}{} {} there, {} here", text.empty() ? "" : ", ", name, there, here);
    };
    compare("image_size", file.image_size, deck.image_size);
    compare("channels", file.channels, deck.channels);
    compare("latent", file.latent, deck.latent);
    compare("width", file.width, deck.width);
    compare("critic_width", file.critic_width, deck.critic_width);
    compare("batch_norm", file.batch_norm, deck.batch_norm);
    compare("variant", std::string(name_of(file.variant)), std::string(name_of(deck.variant)));
    return text;
}

}  // namespace

train::ModelFacts wgan_facts(const models::WganGpSettings& s, std::uint64_t step, double error) {
    return {wgan_model,
            {{"image_size", s.image_size},
             {"channels", s.channels},
             {"latent", s.latent},
             {"width", s.width},
             {"critic_width", s.critic_width},
             {"batch_norm", std::int64_t{s.batch_norm ? 1 : 0}},
             {"variant", std::string(name_of(s.variant))},
             {"step", static_cast<std::int64_t>(step)},
             {"error", error}}};
}

models::WganGpSettings wgan_settings(const train::WeightsFile& file) {
    require_input(file.model() == wgan_model, "{}: holds the model '{}'; '{}' expected", file.path().string(),
                  file.model(), wgan_model);
    models::WganGpSettings s;
    s.image_size = file.integer("image_size");
    s.channels = file.integer("channels");
    s.latent = file.integer("latent");
    s.width = file.integer("width");
    s.critic_width = file.integer("critic_width");
    s.batch_norm = file.integer("batch_norm") != 0;
    const std::string variant = file.file().text_attribute("/model", "variant");
    require_input(variant == "companion" || variant == "mantle", "{}: variant '{}'; 'companion' or 'mantle' expected",
                  file.path().string(), variant);
    s.variant = variant == "mantle" ? models::WganVariant::mantle : models::WganVariant::companion;
    models::validate(s);
    return s;
}

void load_start(const std::string& path, const models::WganGpSettings& settings, const models::Generator& generator,
                const models::Critic& critic) {
    if (path.empty()) return;
    const train::WeightsFile file(path);
    const std::string differs = difference(wgan_settings(file), settings);
    require_input(differs.empty(), "start_from = {}: weights of another network: {}", path, differs);
    file.load(train::weights_of("generator", generator));
    file.load(train::weights_of("critic", critic));
}

DataType activation_type(const ComputeKeys& keys, const Workplace& place, const Logger& log) {
    using Precision = ComputeKeys::Precision;
    if (keys.precision == Precision::tf32 && !place.on_gpu())
        log.warning("precision = \"tf32\": only GPUs have it; float32 is used");
    if (keys.precision != Precision::bfloat16) return DataType::float32;
    bool has = false;
    PROTOLITH_LAUNCH(*place.queue, bfloat16_hardware(*place.queue, has));
    if (has) return DataType::bfloat16;
    log.warning("precision = \"bfloat16\": this processor has no bfloat16 arithmetic; float32 is used");
    return DataType::float32;
}

std::string Workplace::text() const {
    if (on_gpu()) return "a GPU a rank";
    return fmt::format("{} thread{} a rank", queue->threads(), queue->threads() == 1 ? "" : "s");
}

Workplace workplace(const ComputeKeys& keys, run::Run& run) {
    constexpr double GiB = 1024.0 * 1024.0 * 1024.0;
    const auto offered = train::resources_of_rank(run.context.comm);
    const int threads = keys.threads > 0 ? static_cast<int>(keys.threads) : offered.threads;
    Workplace place{parallel::queue_of_rank(run.context, run.options.device, threads), keys.memory * GiB};
    auto& arithmetic = place.queue->state<kernels::Arithmetic>();
    arithmetic.tf32 = keys.precision == ComputeKeys::Precision::tf32;
    arithmetic.deterministic = keys.deterministic;
    place.queue->state<kernels::Facts>().listen([&log = run.context.log](const auto& fact) { log.info("{}", fact); });
    if (keys.memory == 0) place.memory = parallel::free_memory(*place.queue, offered.memory);
    return place;
}

}  // namespace protolith::jobs
