// Windows of the images as small phase images: cut, measured, resized. A rank reads its windows in ascending order and
// holds the rows of one row of windows.
#pragma once

#include "base/communicator.hpp"
#include "prepare/image_series.hpp"
#include "prepare/phase_rows.hpp"
#include "prepare/window_grid.hpp"
#include "volume/resample.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace protolith::prepare {

class WindowReader {
  public:
    /// Windows of `grid`, resized to `resized` pixels a side. What is passed by reference or pointer must outlive this
    /// object.
    WindowReader(const ImageSeries& series, const WindowGrid& grid, const BilateralFilter* filter,
                 const PhaseRule& rule, std::size_t resized, volume::ResizeRule resize);

    /// Phase fraction of a window before the resize, which is not made.
    double fraction(std::size_t window);
    /// The window resized, (resized, resized), in `out`; its phase fraction before the resize.
    double read(std::size_t window, std::uint8_t* out);

    /// Bytes for images up to `width` columns, without what the file's reader holds.
    static double memory(std::size_t width, std::size_t window, const BilateralFilter* filter);

  private:
    void cut(std::size_t window);

    const ImageSeries& series_;
    const WindowGrid& grid_;
    const BilateralFilter* filter_;
    PhaseRule rule_;
    Extent resized_;
    volume::ResizeRule resize_;
    std::size_t open_;  // the image in rows_
    std::unique_ptr<PhaseRows> rows_;
    PhaseVolume window_;
};

/// Phase fraction before the resize of every window, on every rank; ranks share the windows. `after_each` is called
/// after every window of this rank, and may throw. Collective.
std::vector<double> window_fractions(const Communicator& comm, std::size_t windows, WindowReader& reader,
                                     const std::function<void()>& after_each = {});

/// The windows whose fraction lies in [low, high]. Errors (InputError): none, with the range in which all lie.
std::vector<std::size_t> windows_between(const std::vector<double>& fractions, double low, double high);

}  // namespace protolith::prepare
