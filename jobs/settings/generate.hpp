// Keys of `protolith generate`.
#pragma once

#include "settings/characterise.hpp"
#include "settings/network.hpp"

namespace protolith::jobs {

/// [interpolation]: images between two latents.
struct InterpolationKeys {
    enum class Path { spherical, linear };

    std::int64_t paths = 0, steps = 8;
    Path path = Path::spherical;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("paths").help("path i leads from the latent of image 2i to that of 2i + 1; 0: none").between(0, 64),
                paths);
        v.entry(Key("steps").help("images of a path, both ends included").between(2, 64), steps);
        v.choice(Key("path")
                     .help("between the latents: along the sphere on which they lie, or straight")
                     .source("White 2016, arXiv 1609.04468"),
                 path, {{"spherical", Path::spherical}, {"linear", Path::linear}});
    }
};

/// [nearest]: has the generator learned images by heart?
struct NearestKeys {
    std::int64_t images = 0;
    train::Symmetry symmetry = train::Symmetry::square;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(
            Key("images").help("the first so many images are compared with all of [data]; 0: none").between(0, 10000),
            images);
        v.choice(
            Key("symmetry").help("training images are compared under these symmetries: none, mirrors (4), square (8)"),
            symmetry,
            {{"none", train::Symmetry::none},
             {"mirrors", train::Symmetry::mirrors},
             {"square", train::Symmetry::square}});
    }
};

struct GenerateSettings {
    enum class Threshold { otsu, zero };

    std::uint64_t seed = 1;
    std::string weights;
    std::int64_t count = 128, batch = 64;
    std::vector<std::int64_t> latent_extent{1, 1};
    Threshold threshold = Threshold::otsu;
    bool grey = false;
    double checkpoint_interval = 600;
    ComputeKeys compute;
    InterpolationKeys interpolation;
    NearestKeys nearest;
    TrainingSetKeys data;
    MeasureSettings measure;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("seed").help("image k is drawn from the stream (seed, k)"), seed);
        v.entry(Key("weights").help("weights file of `protolith train wgan-gp`: best.h5").required().input_path(),
                weights);
        v.entry(Key("count").help("images").between(1, 4294967295.0), count);
        v.entry(Key("batch").help("images that a rank draws at once").between(1, 65536), batch);
        v.entry(
            Key("latent_extent")
                .help("rows and columns h, w of the latent: images of (h + 3) · size / 4 by (w + 3) · size / 4 pixels")
                .at_least(1),
            latent_extent);
        require_input(latent_extent.size() == 2, "latent_extent: rows and columns expected, found {} numbers",
                      latent_extent.size());
        v.choice(Key("threshold")
                     .help("grey values above it are the phase: Otsu's over all images, or 0, the middle of the "
                           "network's range")
                     .source("Otsu 1979"),
                 threshold, {{"otsu", Threshold::otsu}, {"zero", Threshold::zero}});
        v.entry(Key("grey").help("write the network's own values too, and the latents"), grey);
        v.entry(Key("checkpoint_interval").help("between checkpoints").units("s").above(0), checkpoint_interval);
        compute.visit(v);
        v.section("interpolation", "images between two latents", interpolation);
        v.section("nearest", "the training images nearest to the generated ones", nearest);
        v.section("data", "training images, for comparison; may be left out", data);
        v.section("measure", "descriptors", measure);
    }
};

}  // namespace protolith::jobs
