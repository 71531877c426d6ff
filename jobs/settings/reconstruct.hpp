// Keys of `protolith reconstruct`.
#pragma once

#include "anneal/settings.hpp"
#include "settings/characterise.hpp"

namespace protolith::jobs {

/// [target]: the images whose descriptors are to be met.
struct TargetSettings {
    ImageSetSettings source;
    MeasureSettings measure;
    std::optional<double> phase_fraction;

    void visit(deck::Visitor& v) {
        using deck::Key;
        source.visit_images(v);
        v.entry(Key("phase_fraction").help("of the reconstructions; not set: that of the images").above(0).below(1),
                phase_fraction);
        measure.visit(v);
    }
};

/// [[term]]: one descriptor of the energy.
struct TermKeys {
    anneal::TermSettings term;

    void visit(deck::Visitor& v) {
        using anneal::TermKind;
        using deck::Key;
        v.choice(Key("kind").help("descriptor"), term.kind,
                 {{"S2", TermKind::two_point},
                  {"S2_diagonal", TermKind::two_point_diagonal},
                  {"P3H", TermKind::triangle_rows},
                  {"P3V", TermKind::triangle_columns},
                  {"P4", TermKind::square},
                  {"P6", TermKind::hexagon},
                  {"L", TermKind::lineal_path},
                  {"C2", TermKind::clusters}});
        v.entry(Key("weight").help("factor of its share of the energy").above(0), term.weight);
        v.entry(Key("range")
                    .help("largest distance R; 0: the largest that target and reconstruction allow")
                    .units("pixel")
                    .at_least(0),
                term.range);
    }
};

/// [anneal]: selection, schedule, stops.
struct AnnealKeys {
    enum class Preset { fast, published };

    anneal::Selection selection = anneal::Selection::interface;
    Preset schedule = Preset::fast;
    std::optional<double> T0, alpha;
    std::int64_t stages = 0, trials_per_stage = 0;
    double energy_below = 1e-7, acceptance_below = 0;
    std::int64_t levels = 1;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("selection").help("pixels that a trial swaps: any, or those with a neighbour of the other phase"),
                 selection, {{"interface", anneal::Selection::interface}, {"uniform", anneal::Selection::uniform}});
        v.choice(Key("schedule").help("preset of the four keys below; published: T0 1e-7, alpha 0.97, 250 stages"),
                 schedule, {{"fast", Preset::fast}, {"published", Preset::published}});
        v.entry(Key("T0")
                    .help("initial temperature, in units of the energy; not set: the preset's")
                    .above(0)
                    .source("Yeong & Torquato 1998"),
                T0);
        v.entry(Key("alpha").help("T is multiplied by it after each stage; not set: the preset's").above(0).below(1),
                alpha);
        v.entry(Key("stages").help("temperature stages; 0: the preset's").at_least(0), stages);
        v.entry(Key("trials_per_stage")
                    .help("swaps tried in a stage; 0: the preset's (published two, fast four a pixel)")
                    .at_least(0),
                trials_per_stage);
        v.entry(Key("energy_below").help("a reconstruction is done when its energy is below; 0: never").at_least(0),
                energy_below);
        v.entry(
            Key("acceptance_below").help("stop when a stage accepts a smaller share; 0: never").at_least(0).at_most(1),
            acceptance_below);
        v.entry(Key("levels")
                    .help("multigrid levels of halved resolution, the finest included")
                    .between(1, 12)
                    .source("Karsanina & Gerke 2018, PRL 121, 265501"),
                levels);
    }
};

/// [batch]: how many reconstructions, and how large.
struct BatchKeys {
    std::int64_t count = 8;
    std::vector<std::int64_t> extent{128, 128};

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(
            Key("count").help("reconstructions; number k is the same on any number of ranks").between(1, 4294967295.0),
            count);
        v.entry(Key("extent").help("rows, columns; or planes, rows, columns").units("pixel").at_least(1), extent);
    }
};

struct ReconstructSettings {
    std::uint64_t seed = 1;
    double checkpoint_interval = 300;
    TargetSettings target;
    BatchKeys batch;
    AnnealKeys anneal;
    std::vector<TermKeys> term{TermKeys{}};

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("seed").help("reconstruction k draws from the stream (seed, k)"), seed);
        v.entry(Key("checkpoint_interval").help("between checkpoints").units("s").above(0), checkpoint_interval);
        v.section("target", "what is to be met", target);
        v.section("batch", "what is made", batch);
        v.section("anneal", "simulated annealing", anneal);
        v.list(Key("term").help("a descriptor of the energy; without any: S2"), term);
    }
};

}  // namespace protolith::jobs
