#include "window_result.hpp"

#include "base/progress.hpp"
#include "io/result_file.hpp"

#include <algorithm>
#include <cstring>

namespace protolith::jobs {

namespace {

constexpr std::size_t batch_bytes = std::size_t{8} << 20, most_shown = 24;

/// The values of all ranks in rank order, on every rank. Collective.
template <class T>
std::vector<T> gathered(const Communicator& comm, const std::vector<T>& mine) {
    std::vector<T> all;
    for (const std::string& bytes :
         comm.all_gather({reinterpret_cast<const char*>(mine.data()), mine.size() * sizeof(T)})) {
        const std::size_t before = all.size();
        all.resize(before + bytes.size() / sizeof(T));
        if (!bytes.empty()) std::memcpy(all.data() + before, bytes.data(), bytes.size());
    }
    return all;
}

/// Where each window comes from, and the lengths that belong to all.
void write_origins(io::ResultFile& file, const Preparation& preparation, double threshold,
                   const std::vector<std::size_t>& windows) {
    std::vector<std::int64_t> source, row, column;
    for (const std::size_t window : windows) {
        const auto place = preparation.grid.place(window);
        source.push_back(static_cast<std::int64_t>(place.image));
        row.push_back(static_cast<std::int64_t>(place.row));
        column.push_back(static_cast<std::int64_t>(place.column));
    }
    file.write("row", {"image"}, row, {"pixel", "row of the window's upper left pixel in the source image", {}});
    file.write("column", {"image"}, column,
               {"pixel", "column of the window's upper left pixel in the source image", {}});
    file.write("source", {"image"}, source, {"1", "number of the source image", {}});
    std::vector<std::string> names;
    for (const auto& image : preparation.series.images()) names.push_back(image.name);
    file.dimension("source_image", names.size(), "number of the source image");
    file.write_text("source_name", {"source_image"}, names, {"", "source image", {}});
    file.scalar("threshold", threshold, {"1", "grey value above which the source is one phase", {}});
    file.scalar("window_size", static_cast<std::int64_t>(preparation.grid.size()),
                {"pixel", "side of a window in the source image", {}});
    if (!preparation.voxel_size) return;
    file.scalar("voxel_size", *preparation.voxel_size_after(), {"m", "side of a pixel of the images", {}});
    file.scalar("source_voxel_size", *preparation.voxel_size, {"m", "side of a pixel of the source", {}});
}

double mean_of(const std::uint8_t* pixels, std::size_t count) {
    std::size_t ones = 0;
    for (std::size_t i = 0; i < count; ++i) ones += pixels[i];
    return static_cast<double>(ones) / static_cast<double>(count);
}

/// This rank's share of the windows on its way into the file.
class Writing {
  public:
    Writing(const Communicator& comm, const Preparation& preparation, const std::vector<std::size_t>& chosen,
            prepare::WindowReader reader)
        : reader_(std::move(reader)),
          chosen_(chosen),
          pixels_(preparation.resized * preparation.resized),
          share_(comm.share(chosen.size())),
          next_(share_.first),
          buffer_(std::min(preparation.batch(), share_.size()) * pixels_) {
        for (std::size_t k = 0; k < std::min(most_shown, chosen.size()); ++k)
            shown_.push_back(k * chosen.size() / std::min(most_shown, chosen.size()));
    }

    bool finished() const noexcept { return next_ == share_.last; }
    std::size_t done() const noexcept { return next_ - share_.first; }
    const ItemRange& share() const noexcept { return share_; }

    /// Reads the next batch; `pause` is called after every window, and may throw.
    void read(const Pause& pause) {
        const ItemRange batch = next_batch();
        std::uint8_t* out = buffer_.data();
        for (std::size_t item = batch.first; item < batch.last; ++item, out += pixels_) {
            before.push_back(reader_.read(chosen_[item], out));
            after.push_back(mean_of(out, pixels_));
            if (std::binary_search(shown_.begin(), shown_.end(), item))
                pictures.insert(pictures.end(), out, out + pixels_);
            pause();
        }
    }
    /// Collective.
    void write(io::Dataset<std::uint8_t>& dataset) {
        const ItemRange batch = next_batch();
        dataset.write_items(batch, {buffer_.data(), batch.size() * pixels_});
        next_ = batch.last;
    }
    const std::vector<std::size_t>& shown() const noexcept { return shown_; }

    std::vector<double> before, after;
    std::vector<std::uint8_t> pictures;

  private:
    ItemRange next_batch() const noexcept {
        return {next_, std::min(next_ + (pixels_ > 0 ? buffer_.size() / pixels_ : 0), share_.last)};
    }

    prepare::WindowReader reader_;
    const std::vector<std::size_t>& chosen_;
    std::size_t pixels_;
    ItemRange share_;
    std::size_t next_;
    std::vector<std::uint8_t> buffer_;
    std::vector<std::size_t> shown_;
};

void write_batches(run::Run& run, Writing& writing, io::Dataset<std::uint8_t>& images, std::size_t total) {
    const auto& comm = run.context.comm;
    Progress progress(run.context.log, "Windows", static_cast<double>(total), "windows");
    const Pause pause = run.pause();
    for (bool more = true; more;) {
        collectively(comm, [&] { writing.read(pause); });
        writing.write(images);
        progress.update(comm.sum(static_cast<double>(writing.done())));
        more = comm.any(!writing.finished());
    }
}

}  // namespace

Preparation::Preparation(const PrepareWindowsSettings& keys)
    : series(keys.images),
      grid(series.images(), static_cast<std::size_t>(keys.window.size), static_cast<std::size_t>(keys.window.stride)),
      resized(static_cast<std::size_t>(keys.resize.size > 0 ? keys.resize.size : keys.window.size)),
      voxel_size(keys.voxel_size ? keys.voxel_size : series.voxel_size()) {
    if (keys.denoise.method == DenoiseKeys::Method::bilateral)
        filter.emplace(keys.denoise.sigma_space, keys.denoise.sigma_range * series.maximum(),
                       static_cast<std::size_t>(keys.denoise.radius));
    require_input(resized <= grid.size(), "resize.size = {}: larger than a window of {}", resized, grid.size());
    const bool given = keys.threshold.method == ThresholdKeys::Method::value;
    require_input(!given || keys.threshold.value.has_value(),
                  "threshold.value is not set: threshold.method = 'value' needs it");
    require_input(given || !keys.threshold.value.has_value(),
                  "threshold.value is set, but threshold.method is not 'value'");
    if (given && series.sample() != io::Sample::float32)
        require_input(*keys.threshold.value >= 0 && *keys.threshold.value < series.maximum(),
                      "threshold.value = {}: outside the grey values of {}, 0 … {}", *keys.threshold.value,
                      series.image(0).name, series.maximum());
}

std::optional<double> Preparation::voxel_size_after() const {
    if (!voxel_size) return std::nullopt;
    return *voxel_size * static_cast<double>(grid.size()) / static_cast<double>(resized);
}

std::size_t Preparation::widest() const {
    std::size_t width = 0;
    for (const auto& image : series.images()) width = std::max(width, image.extent.x);
    return width;
}

std::size_t Preparation::batch() const { return std::max<std::size_t>(1, batch_bytes / (resized * resized)); }

double Preparation::memory() const {
    // HDF5 copies a batch while it exchanges chunks with the other ranks.
    return prepare::WindowReader::memory(widest(), grid.size(), filter_or_null()) +
           3.0 * static_cast<double>(batch() * resized * resized) + 64.0 * static_cast<double>(grid.count());
}

WrittenWindows write_windows(run::Run& run, const PrepareWindowsSettings& keys, const Preparation& preparation,
                             double threshold, const std::vector<std::size_t>& chosen) {
    const auto timer = run.context.timers.phase("cut, resize and write");
    const auto& comm = run.context.comm;
    auto file = io::ResultFile::create(comm, run.directory().file("result.h5"), run.provenance());
    file.dimension("image", chosen.size(), "number of the window");
    file.dimension("y", preparation.resized, "y (pixel)");
    file.dimension("x", preparation.resized, "x (pixel)");
    auto images = file.dataset<std::uint8_t>("phase", {"image", "y", "x"}, {"1", "phase of interest", {}});
    auto fraction = file.dataset<double>("phase_fraction", {"image"}, {"1", "phase fraction of the image", {}});
    auto source_fraction = file.dataset<double>("source_phase_fraction", {"image"},
                                                {"1", "phase fraction of the window before the resize", {}});
    write_origins(file, preparation, threshold, chosen);

    Writing writing(comm, preparation, chosen,
                    {preparation.series,
                     preparation.grid,
                     preparation.filter_or_null(),
                     {threshold, keys.threshold.invert},
                     preparation.resized,
                     keys.resize.rule});
    write_batches(run, writing, images, chosen.size());
    fraction.write_items(writing.share(), writing.after);
    source_fraction.write_items(writing.share(), writing.before);
    file.complete();

    WrittenWindows written{chosen, gathered(comm, writing.before), gathered(comm, writing.after), writing.shown(), {}};
    const auto pixels = gathered(comm, writing.pictures);
    const Extent extent{1, preparation.resized, preparation.resized};
    for (std::size_t at = 0; at < pixels.size(); at += extent.count())
        written.pictures.emplace_back(
            extent, std::vector<std::uint8_t>(pixels.begin() + static_cast<std::ptrdiff_t>(at),
                                              pixels.begin() + static_cast<std::ptrdiff_t>(at + extent.count())));
    return written;
}

}  // namespace protolith::jobs
