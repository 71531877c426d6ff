// Keys of `protolith train wgan-gp`.
#pragma once

#include "settings/network.hpp"

namespace protolith::jobs {

/// [validation] and [samples].
struct ValidationKeys {
    std::int64_t interval = 200, images = 128;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(
            Key("interval")
                .help("generator steps between measurements of the S2 error, by which the best weights are kept; 0: "
                      "never")
                .units("steps")
                .at_least(0),
            interval);
        v.entry(Key("images").help("generated and real images that are compared").between(1, 1000000), images);
    }
};

struct SampleKeys {
    std::int64_t interval = 200, images = 36;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("interval")
                    .help("generator steps between sheets samples/step_….png; 0: none")
                    .units("steps")
                    .at_least(0),
                interval);
        v.entry(Key("images").help("on a sheet").between(1, 400), images);
    }
};

struct TrainWganGpSettings {
    std::uint64_t seed = 1;
    std::int64_t steps = 5000, critic_steps = 5, batch = 128;
    double learning_rate = 1e-4, decay = 0, penalty_weight = 10, diverged_above = 1e6, checkpoint_interval = 600;
    std::vector<double> betas{0.5, 0.999};
    train::Symmetry augmentation = train::Symmetry::square;
    std::string start_from;
    bool cuda_graph = false;
    ComputeKeys compute;
    TrainingSetKeys data;
    NetworkKeys network;
    ValidationKeys validation;
    SampleKeys samples;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("seed").help("of first weights, order of the images, latents and mixing factors"), seed);
        v.entry(Key("steps").help("updates of the generator").at_least(1), steps);
        v.entry(Key("critic_steps")
                    .help("updates of the critic for each of the generator")
                    .between(1, 1000)
                    .source("Gulrajani et al. 2017"),
                critic_steps);
        v.entry(Key("batch").help("images of an update over all ranks; a multiple of their number").between(1, 1 << 20),
                batch);
        v.entry(Key("learning_rate").help("of both Adams").above(0), learning_rate);
        v.entry(Key("decay")
                    .help("part of the training, at its end, in which the learning rate falls evenly to nothing")
                    .between(0, 1),
                decay);
        v.entry(Key("betas")
                    .help("of both Adams: decay of the mean and of the mean square of gradients")
                    .at_least(0)
                    .below(1),
                betas);
        require_input(betas.size() == 2, "betas: two numbers expected, found {}", betas.size());
        v.entry(Key("penalty_weight").help("λ of the gradient penalty").at_least(0).source("Gulrajani et al. 2017"),
                penalty_weight);
        v.choice(Key("augmentation")
                     .help("symmetries by which training images are multiplied: none, mirrors (4), square (8, with "
                           "quarter turns)"),
                 augmentation,
                 {{"none", train::Symmetry::none},
                  {"mirrors", train::Symmetry::mirrors},
                  {"square", train::Symmetry::square}});
        v.entry(Key("start_from")
                    .help("weights file whose networks are trained further; empty: from first values")
                    .input_path(),
                start_from);
        v.entry(Key("diverged_above").help("a loss of larger magnitude ends the job").above(0), diverged_above);
        v.entry(Key("cuda_graph")
                    .help("on a GPU: start an update as one CUDA graph, for small networks; takes more of its memory "
                          "and sends gradients to other ranks after the backward"),
                cuda_graph);
        v.entry(Key("checkpoint_interval").help("between checkpoints").units("s").above(0), checkpoint_interval);
        compute.visit(v);
        v.section("data", "training images", data);
        v.section("network", "generator and critic", network);
        v.section("validation", "quality on the way", validation);
        v.section("samples", "pictures on the way", samples);
    }
};

}  // namespace protolith::jobs
