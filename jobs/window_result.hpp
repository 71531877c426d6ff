// The window data set of `prepare windows`: read, resized and written batch by batch, so that a rank never holds more
// than one batch whatever the images' size.
#pragma once

#include "prepare/window_reader.hpp"
#include "run/run.hpp"
#include "settings/prepare.hpp"

#include <optional>

namespace protolith::jobs {

/// What the keys and the images' sizes decide, before a pixel is read.
struct Preparation {
    explicit Preparation(const PrepareWindowsSettings& keys);

    prepare::ImageSeries series;
    prepare::WindowGrid grid;
    std::optional<prepare::BilateralFilter> filter;
    std::size_t resized;               ///< side of the images written
    std::optional<double> voxel_size;  ///< of the source, metres

    const prepare::BilateralFilter* filter_or_null() const { return filter ? &*filter : nullptr; }
    /// Of the images written, metres.
    std::optional<double> voxel_size_after() const;
    std::size_t widest() const;
    /// Windows that one rank reads before they are written.
    std::size_t batch() const;
    /// Bytes a rank needs while windows are written, those of the program itself aside.
    double memory() const;
};

/// What was written, on every rank.
struct WrittenWindows {
    std::vector<std::size_t> windows;   ///< numbers in the grid, in the order of the file
    std::vector<double> before, after;  ///< phase fraction before and after the resize
    std::vector<std::size_t> shown;     ///< places in `windows` of the pictures
    std::vector<PhaseVolume> pictures;
};

/// Writes result.h5 with the windows `chosen`. Stops the run when it is asked to. Collective.
WrittenWindows write_windows(run::Run& run, const PrepareWindowsSettings& keys, const Preparation& preparation,
                             double threshold, const std::vector<std::size_t>& chosen);

}  // namespace protolith::jobs
