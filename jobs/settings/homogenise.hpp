// Keys of `protolith homogenise`.
#pragma once

#include "run/run.hpp"
#include "settings/elastic.hpp"
#include "settings/image_set.hpp"

namespace protolith::jobs {

/// [images]: what is homogenized.
struct HomogeniseImagesKeys : ImageSetSettings {
    bool grey = false;

    void visit(deck::Visitor& v) {
        using deck::Key;
        visit_images(v, false);
        v.entry(Key("limit").help("at most so many images of the set; 0: all").at_least(0), limit);
        v.entry(Key("grey").help("mix the two rocks by grey values, 0 to the largest that the file's type holds"),
                grey);
    }
};

/// [volume]: a volume over all ranks instead of images.
struct HomogeniseVolumeKeys {
    std::string file;
    double one = 1;
    bool grey = false;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("file").help("segmented volume, periodic; empty: images are homogenized").input_path(), file);
        v.entry(Key("one").help("value of the voxels of rock 1; all others are rock 0"), one);
        v.entry(Key("grey").help("mix the two rocks by grey values, 0 to the largest that the file's type holds"),
                grey);
    }
};

struct HomogeniseSettings {
    enum class Grid { pixels, half_wavelength };

    static constexpr std::uint64_t seed = 0;  // nothing is drawn

    Grid grid = Grid::pixels;
    double tolerance = 1e-4, checkpoint_interval = 300;
    std::int64_t max_steps = 1000, steps = 0;
    HomogeniseImagesKeys images;
    HomogeniseVolumeKeys volume;
    MediumKeys medium;
    FilterKeys filter;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("grid").help("where C*(x) is written: at every pixel, or at the paper's data points, λ0/2 apart"),
                 grid, {{"pixels", Grid::pixels}, {"half_wavelength", Grid::half_wavelength}});
        v.entry(Key("tolerance")
                    .help("estimated error of the strain per unit of applied strain at which conjugate gradients end")
                    .above(0)
                    .below(1),
                tolerance);
        v.entry(Key("max_steps").help("of conjugate gradients, at which they end in any case").at_least(1), max_steps);
        v.entry(Key("steps")
                    .help("so many steps of conjugate gradients instead of a tolerance; 0: by tolerance")
                    .at_least(0),
                steps);
        v.entry(Key("checkpoint_interval").help("between checkpoints").units("s").above(0), checkpoint_interval);
        v.section("images", "images to homogenize", images);
        v.section("volume", "or a volume to homogenize, its slabs over all ranks", volume);
        v.section("medium", "the two rocks", medium);
        v.section("filter", "low-pass filter", filter);
    }

    elastic::SolverControl solver() const {
        elastic::SolverControl s;
        s.tolerance = steps > 0 ? 0 : tolerance;
        s.steps = static_cast<std::size_t>(steps);
        s.max_steps = static_cast<std::size_t>(max_steps);
        return s;
    }
    /// The plan's lines on the two rocks and on how well they are solved for.
    void add_to(run::Plan& plan) const {
        const auto rocks = medium.medium();
        plan.add("rocks", fmt::format("0: λ {:.4g}, μ {:.4g} GPa; 1: λ {:.4g}, μ {:.4g} GPa", rocks.zero.lambda,
                                      rocks.zero.mu, rocks.one.lambda, rocks.one.mu));
        plan.add("conjugate gradients",
                 steps > 0 ? fmt::format("{} steps", steps) : fmt::format("to an error of {:g}", tolerance));
    }
};

}  // namespace protolith::jobs
