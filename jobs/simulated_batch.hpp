// What every `simulate` job does with its simulator: images over ranks, result file, figures, report.
#pragma once

#include "run/run.hpp"
#include "settings/simulate.hpp"
#include "volume/volume.hpp"

#include <functional>

namespace protolith::jobs {

/// One image and the numbers stored beside it.
struct Sample {
    PhaseVolume image;
    std::vector<double> numbers;
};

/// A simulator as the batch sees it.
struct Simulator {
    struct Number {
        std::string name, units, long_name;
    };
    std::string title;      // "Marble cakes"
    std::string long_name;  // of the phase
    std::string method;     // one or two sentences with the source, for the report
    Extent extent;
    std::vector<Number> numbers;
    std::function<Sample(std::uint32_t)> draw;
    std::function<double(double)> two_point;    // S2(r) that is known, r in pixels; may be empty
    std::function<double(double)> lineal_path;  // L(r) that is known; may be empty
    bool inverse_wavenumber = false;            // show the spectrum integrated over directions beside 1/k
};

/// Draws `keys.count` images with their numbers; image k depends on (seed, k) alone.
void simulate_batch(run::Run& run, const SetKeys& keys, const Simulator& simulator);

}  // namespace protolith::jobs
