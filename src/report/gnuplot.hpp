// Runs gnuplot on scripts: found on PATH at run time, started without a shell, in a neutral locale and without the
// user's settings.
#pragma once

#include "base/stop.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace protolith::report {

/// What the caller logs once when there is no gnuplot.
inline constexpr const char* gnuplot_missing =
    "gnuplot not found: figures are CSV and script only; apt-get install gnuplot-nox";

/// Absolute path of gnuplot on PATH; empty if there is none.
std::filesystem::path find_gnuplot();

/// Draws the scripts (file names inside `directory`) in one gnuplot process; if it fails, each in its own, so that one
/// bad script does not take the others along. Returns an empty string, `gnuplot_missing`, or a sentence naming each
/// script that failed with gnuplot's words. `pause` is asked ten times a second; when it throws, gnuplot is ended, all
/// pictures of the scripts are removed (some are half drawn) and the exception goes on.
std::string draw(const std::filesystem::path& directory, const std::vector<std::string>& scripts,
                 const Pause& pause = {});

}  // namespace protolith::report
