// Keys of `protolith invert`.
#pragma once

#include "condition/closest_fit.hpp"
#include "condition/data_error.hpp"
#include "sampling/settings.hpp"
#include "settings/elastic.hpp"
#include "settings/network.hpp"
#include "settings/simulate.hpp"

namespace protolith::jobs {

/// [target]: what is to be explained.
struct TargetKeys {
    enum class Kind { cake, image, stiffness };

    Kind kind = Kind::cake;
    std::uint64_t seed = 1000;
    std::int64_t count = 1;
    std::string file;
    bool noise = true;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("kind").help("cake: marble cakes that no training has seen; image: a segmented image; stiffness: "
                                  "C*(x) of `protolith homogenise` at half_wavelength points"),
                 kind, {{"cake", Kind::cake}, {"image", Kind::image}, {"stiffness", Kind::stiffness}});
        v.entry(Key("seed").help("of the cakes, another than the training set's; also of those for σ_G"), seed);
        v.entry(Key("count").help("targets: cakes 0, 1, … of the seed").between(1, 1000), count);
        v.entry(Key("file").help("of an image, or the result.h5 of `protolith homogenise`").input_path(), file);
        v.entry(Key("noise").help("add noise of σ_o to the data of cakes and images"), noise);
    }
};

/// [noise]: σ_i² = σ_oi² + σ_Gi².
struct NoiseKeys {
    enum class Scale { spatial, ensemble };

    Scale scale = Scale::spatial;
    double observation = 0.2;
    std::optional<double> generator;
    std::int64_t images = 8, ensemble = 256;
    condition::FitSettings fit;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("scale").help("variability of a component: spatial: over the target's points; ensemble: over "
                                   "points and images of the prior, which is not 0 where λ0 leaves one tensor"),
                 scale, {{"spatial", Scale::spatial}, {"ensemble", Scale::ensemble}});
        v.entry(Key("observation")
                    .help("σ_o in units of the variability; 0.2 is 14 dB")
                    .at_least(0)
                    .source("GJI 2024, ggae240"),
                observation);
        v.entry(Key("generator")
                    .help("σ_G in units of the variability (the paper's: about 0.75); not set: what the generator's "
                          "closest fits to cakes that no training has seen leave")
                    .at_least(0),
                generator);
        v.entry(Key("images").help("cakes that are fitted to estimate σ_G; 0: none").between(0, 10000), images);
        require_input(generator || images > 0, "noise.images = 0 and no noise.generator: one of them must give σ_G");
        v.entry(Key("ensemble").help("images of the prior for scale = 'ensemble'").between(2, 1000000), ensemble);
        v.entry(Key("fit_starts").help("searches for each closest fit; at most `batch`").between(1, 1024), fit.starts);
        v.entry(Key("fit_steps").help("of Adam in each search").between(0, 100000), fit.steps);
        v.entry(Key("fit_rate").help("learning rate of Adam").above(0), fit.learning_rate);
    }
};

/// [sampling]: the chains.
struct SamplingKeys {
    sampling::Settings settings;

    void visit(deck::Visitor& v) {
        using deck::Key;
        using sampling::Proposal;
        using sampling::SwapScheme;
        auto& s = settings;
        v.entry(Key("ladders").help("independent repetitions, by which convergence is judged").between(1, 65536),
                s.ladders);
        v.entry(Key("temperatures").help("chains of a ladder; 1: plain chains").between(1, 1024), s.temperatures);
        v.choice(Key("proposal")
                     .help("random_walk: the paper's; pcn and infinity_mala keep the prior; mala and "
                           "infinity_mala follow the gradient"),
                 s.proposal,
                 {{"random_walk", Proposal::random_walk},
                  {"pcn", Proposal::pcn},
                  {"mala", Proposal::mala},
                  {"infinity_mala", Proposal::infinity_mala}});
        v.entry(Key("adapt_covariance")
                    .help("pcn keeps the mean and covariance that each temperature's burn-in has seen, not the prior"),
                s.adapt_covariance);
        v.entry(Key("step").help("s of the proposals, at first").above(0), s.step);
        v.entry(Key("adapt_step").help("to the target acceptance, in the burn-in"), s.adapt_step);
        v.entry(Key("target_acceptance").help("0: 0.234 without gradient, 0.574 with").between(0, 1),
                s.target_acceptance);
        v.entry(Key("adapt_ladder").help("to equal rejection of swaps, in the first half of the burn-in"),
                s.adapt_ladder);
        v.choice(Key("swaps").help("which neighbours are offered a swap: in turn, or by chance"), s.swaps,
                 {{"even_odd", SwapScheme::even_odd}, {"stochastic", SwapScheme::stochastic}});
        v.entry(Key("steps_per_sweep").help("proposals of a chain between swaps").between(1, 1000000),
                s.steps_per_sweep);
        v.entry(Key("burn_in").help("sweeps that are not counted").at_least(0), s.burn_in);
        v.entry(Key("sweeps").help("after the burn-in").at_least(1), s.sweeps);
        v.entry(Key("thin").help("sweeps between records").at_least(1), s.thin);
    }
};

/// [line]: how smooth images and misfit are across latents and across the simulator's inputs.
struct LineKeys {
    std::int64_t points = 0, directions = 8;
    double length = 2;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("points").help("of each line, an odd number; 0: no lines").between(0, 100001), points);
        require_input(points == 0 || (points >= 3 && points % 2 == 1),
                      "points = {}: expected 0, or an odd number from 3, so that one is the middle", points);
        v.entry(Key("length")
                    .help("of a line, in standard deviations of the prior; two draws of it are √2 apart")
                    .above(0)
                    .source("GJI 2024, ggae240, Fig. 16"),
                length);
        v.entry(Key("directions").help("random ones, of which the figure shows the first").between(1, 1000),
                directions);
    }
};

struct InvertSettings {
    std::uint64_t seed = 1;
    std::string weights;
    std::int64_t batch = 8, groups = 0, solver_steps = 2, images = 1024, climbs = 0, lags = 100;
    std::vector<std::string> beside;
    condition::DataKind data_kind = condition::DataKind::anisotropic;
    std::vector<double> wavelengths;
    double checkpoint_interval = 300;
    ComputeKeys compute;
    NetworkKeys network;
    TargetKeys target;
    CakeKeys cake;
    MediumKeys medium;
    FilterKeys filter;
    NoiseKeys noise;
    SamplingKeys sampling;
    TrainingSetKeys training;
    LineKeys line;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("seed").help("of the chains and of the noise"), seed);
        v.entry(Key("weights")
                    .help("generator: a weights file of `protolith train wgan-gp`; empty: an untrained one of "
                          "[network], for --check alone")
                    .input_path(),
                weights);
        v.entry(Key("batch")
                    .help("latents that the generator takes at once, best the chains of a rank: a batch is always "
                          "computed whole; results differ in the last bits")
                    .between(1, 4096),
                batch);
        v.entry(Key("groups")
                    .help("of ranks, each with its share of the inversions (targets, wavelengths); 0: as many as are "
                          "soonest done")
                    .at_least(0),
                groups);
        v.choice(Key("data").help("anisotropic: six components; isotropic: C11 alone"), data_kind,
                 {{"anisotropic", condition::DataKind::anisotropic}, {"isotropic", condition::DataKind::isotropic}});
        v.entry(Key("wavelengths").help("each λ0 in turn; empty: filter.wavelength").units("L").above(0), wavelengths);
        v.entry(Key("solver_steps").help("of conjugate gradients in the likelihood").between(1, 1000), solver_steps);
        v.entry(Key("images").help("samples whose images are made for means and deviations").between(10, 1000000),
                images);
        v.entry(Key("climbs")
                    .help("from evenly spaced samples to the modes of the posterior, by 300 gradients each; 0: none")
                    .between(0, 1000000),
                climbs);
        v.entry(Key("beside").help("result.h5 of other inversions, to stand in the same table").input_path(), beside);
        v.entry(Key("lags").help("of the autocorrelation curves").units("draws").between(1, 100000), lags);
        v.entry(Key("checkpoint_interval").help("between checkpoints").units("s").above(0), checkpoint_interval);
        compute.visit(v);
        v.section("network", "of an untrained generator", network);
        v.section("target", "what is to be explained", target);
        v.section("cake", "how cakes are stirred: the training set's keys", cake);
        v.section("medium", "the two rocks", medium);
        v.section("filter", "low-pass filter", filter);
        v.section("noise", "errors of the data and of the generator", noise);
        v.section("sampling", "Markov chains", sampling);
        v.section("training", "training images, for the distance of targets to them; empty: not measured", training);
        v.section("line", "lines across latents and across the simulator's inputs, for cakes", line);
    }
};

}  // namespace protolith::jobs
