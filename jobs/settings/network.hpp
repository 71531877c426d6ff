// Keys that jobs with networks share: the training set, the WGAN-GP's networks, how a rank computes.
#pragma once

#include "base/deck/visitor.hpp"
#include "models/wgan_gp_settings.hpp"
#include "train/dihedral.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace protolith::jobs {

/// [data]: images of the size that the network makes.
struct TrainingSetKeys {
    std::string file, dataset;
    std::vector<std::string> images;
    std::optional<double> threshold;
    bool invert = false;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(
            Key("file").help("HDF5 file of equal images, of `protolith prepare windows` or another job").input_path(),
            file);
        v.entry(Key("dataset").help("name of the images in it; empty: phase, else images, else the only one"), dataset);
        v.entry(Key("images")
                    .help("instead of `file`: large segmented images, of which every window of the network's size is a "
                          "training image")
                    .input_path(),
                images);
        v.entry(Key("threshold").help("of `images`: grey values above it are the phase; two-valued images need none"),
                threshold);
        v.entry(Key("invert").help("of `images`: exchange the phase and the rest"), invert);
    }
};

/// [network]: sizes of generator and critic.
struct NetworkKeys {
    models::WganGpSettings settings;

    void visit(deck::Visitor& v) {
        using deck::Key;
        using models::WganVariant;
        v.entry(Key("image_size").help("rows and columns: 32, 64, 128, 256 or 512").units("pixel").at_least(1),
                settings.image_size);
        v.entry(Key("latent").help("numbers that an image is drawn from").between(1, 65536), settings.latent);
        v.entry(Key("width")
                    .help("channels of the generator's half-size map, doubled at each halving; 64: the paper's")
                    .between(1, 4096),
                settings.width);
        v.entry(Key("critic_width").help("channels of the critic's half-size map").between(1, 4096),
                settings.critic_width);
        v.entry(Key("batch_norm").help("batch normalisation in the generator; statistics are those of a rank's part"),
                settings.batch_norm);
        v.choice(Key("variant").help("whose layers: GeoWGAN-GP's companion code, or the mantle paper's"),
                 settings.variant, {{"companion", WganVariant::companion}, {"mantle", WganVariant::mantle}});
    }
};

/// How a rank computes.
struct ComputeKeys {
    enum class Precision { float32, tf32, bfloat16 };

    Precision precision = Precision::float32;
    std::int64_t threads = 0;
    double memory = 0;
    bool deterministic = true;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("precision")
                     .help("of operands and stored activations; weights, sums, norms and optimiser stay float32. tf32: "
                           "float32 whose products a GPU takes of 10 bits of mantissa"),
                 precision,
                 {{"float32", Precision::float32}, {"tf32", Precision::tf32}, {"bfloat16", Precision::bfloat16}});
        v.entry(Key("threads").help("of each rank; 0: the cores that it may run on").between(0, 1024), threads);
        v.entry(Key("memory")
                    .help("that a rank's tensors may take; 0: its share of the node's, or what its GPU has free")
                    .units("GiB")
                    .at_least(0),
                memory);
        v.entry(Key("deterministic")
                    .help("on a GPU: only algorithms that give the same bits at every run; on the CPU all do"),
                deterministic);
    }
};

}  // namespace protolith::jobs
