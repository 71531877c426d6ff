#include "prepare/window_reader.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace protolith::prepare {

namespace {

/// Phase fraction of a window; columns are added up in bytes first, many at a time.
double fraction_of(const PhaseVolume& window) {
    constexpr std::size_t most_rows = 255;
    const std::size_t rows = window.extent().y, columns = window.extent().x;
    std::vector<std::uint8_t> sums(columns);
    std::size_t ones = 0;
    for (std::size_t first = 0; first < rows; first += most_rows) {
        std::fill(sums.begin(), sums.end(), std::uint8_t{0});
        for (std::size_t y = first; y < std::min(first + most_rows, rows); ++y) {
            const std::uint8_t* row = window.data() + y * columns;
            for (std::size_t x = 0; x < columns; ++x) sums[x] = static_cast<std::uint8_t>(sums[x] + row[x]);
        }
        ones = std::accumulate(sums.begin(), sums.end(), ones);
    }
    return static_cast<double>(ones) / static_cast<double>(window.size());
}

}  // namespace

WindowReader::WindowReader(const ImageSeries& series, const WindowGrid& grid, const BilateralFilter* filter,
                           const PhaseRule& rule, std::size_t resized, volume::ResizeRule resize)
    : series_(series),
      grid_(grid),
      filter_(filter),
      rule_(rule),
      resized_{1, resized, resized},
      resize_(resize),
      open_(series.images().size()),
      window_({1, grid.size(), grid.size()}) {}

double WindowReader::memory(std::size_t width, std::size_t window, const BilateralFilter* filter) {
    return PhaseRows::memory(width, filter, window) + static_cast<double>(2 * window * window);
}

void WindowReader::cut(std::size_t window) {
    const WindowPlace place = grid_.place(window);
    if (place.image != open_) {
        rows_.reset();
        rows_ = std::make_unique<PhaseRows>(series_.image(place.image).name, filter_, rule_, grid_.size());
        open_ = place.image;
    }
    rows_->hold_from(place.row);
    for (std::size_t y = 0; y < grid_.size(); ++y)
        std::copy_n(rows_->row(place.row + y) + place.column, grid_.size(), window_.data() + y * grid_.size());
}

double WindowReader::fraction(std::size_t window) {
    cut(window);
    return fraction_of(window_);
}

double WindowReader::read(std::size_t window, std::uint8_t* out) {
    cut(window);
    const double before = fraction_of(window_);
    if (resized_ == window_.extent()) {
        std::copy(window_.begin(), window_.end(), out);
    } else {
        const PhaseVolume small = volume::resize(window_, resized_, resize_);
        std::copy(small.begin(), small.end(), out);
    }
    return before;
}

std::vector<double> window_fractions(const Communicator& comm, std::size_t windows, WindowReader& reader,
                                     const std::function<void()>& after_each) {
    const ItemRange share = comm.share(windows);
    std::vector<double> mine;
    collectively(comm, [&] {
        for (std::size_t w = share.first; w < share.last; ++w) {
            mine.push_back(reader.fraction(w));
            if (after_each) after_each();
        }
    });
    std::vector<double> all;
    for (const std::string& bytes :
         comm.all_gather({reinterpret_cast<const char*>(mine.data()), mine.size() * sizeof(double)})) {
        const std::size_t before = all.size();
        all.resize(before + bytes.size() / sizeof(double));
        std::memcpy(all.data() + before, bytes.data(), bytes.size());
    }
    return all;
}

std::vector<std::size_t> windows_between(const std::vector<double>& fractions, double low, double high) {
    std::vector<std::size_t> kept;
    for (std::size_t w = 0; w < fractions.size(); ++w)
        if (fractions[w] >= low && fractions[w] <= high) kept.push_back(w);
    const auto [least, most] = std::minmax_element(fractions.begin(), fractions.end());
    require_input(!kept.empty(),
                  "no window has a phase fraction from {} to {}; those of the {} windows lie between "
                  "{:.4g} and {:.4g}",
                  low, high, fractions.size(), *least, *most);
    return kept;
}

}  // namespace protolith::prepare
