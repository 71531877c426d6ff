#include "training_set.hpp"

#include "load_images.hpp"
#include "prepare/window_set.hpp"
#include "train/phase_quality.hpp"

#include <algorithm>
#include <memory>

namespace protolith::jobs {

namespace {

TrainingSet window_set(const TrainingSetKeys& keys, std::int64_t size) {
    prepare::WindowSetOptions options;
    options.dataset = keys.dataset;
    const auto set = std::make_shared<const prepare::WindowSet>(keys.file, options);
    set->require_shape(static_cast<std::size_t>(size), static_cast<std::size_t>(size), 1);
    TrainingSet training;
    training.samples = {set->count(), Shape{size, size, 1},
                        [set](std::size_t k, float* image) { set->read(k, image); }};
    training.name = set->name();
    training.memory = set->in_memory() ? static_cast<double>(set->count() * set->item_size()) : 0.0;
    return training;
}

/// Every window of each image, row by row: image i holds the samples before[i] … before[i + 1] − 1.
class Windows {
  public:
    Windows(std::vector<PhaseVolume> images, const std::vector<std::string>& names, std::size_t size)
        : images_(std::move(images)), size_(size) {
        for (std::size_t i = 0; i < images_.size(); ++i) {
            const Extent& e = images_[i].extent();
            require_input(e.z == 1 && e.y >= size && e.x >= size, "{}: an image of {}; at least {} × {} expected",
                          names[std::min(i, names.size() - 1)], to_string(e), size, size);
            before_.push_back(before_.back() + (e.y - size + 1) * (e.x - size + 1));
        }
    }

    std::size_t count() const noexcept { return before_.back(); }
    double bytes() const noexcept {
        double all = 0;
        for (const auto& image : images_) all += static_cast<double>(image.size());
        return all;
    }
    void read(std::size_t k, float* window) const {
        const auto next = std::upper_bound(before_.begin(), before_.end(), k);
        const auto i = static_cast<std::size_t>(next - before_.begin()) - 1;
        const PhaseVolume& image = images_[i];
        const std::size_t across = image.extent().x - size_ + 1, place = k - before_[i];
        for (std::size_t y = 0; y < size_; ++y)
            for (std::size_t x = 0; x < size_; ++x)
                *window++ = image(place / across + y, place % across + x) != 0 ? 1.0F : -1.0F;
    }

  private:
    std::vector<PhaseVolume> images_;
    std::vector<std::size_t> before_{0};
    std::size_t size_;
};

TrainingSet windows_of_images(const TrainingSetKeys& keys, std::int64_t size) {
    ImageSetSettings source;
    source.images = keys.images;
    source.threshold = keys.threshold;
    source.invert = keys.invert;
    source.stack_of_images = true;
    const auto windows = std::make_shared<const Windows>(load_set(source), keys.images, static_cast<std::size_t>(size));
    TrainingSet training;
    training.samples = {windows->count(), Shape{size, size, 1},
                        [windows](std::size_t k, float* image) { windows->read(k, image); }};
    training.name = fmt::format("every window of {}", fmt::join(keys.images, ", "));
    training.memory = windows->bytes();
    return training;
}

}  // namespace

TrainingSet open_training_set(const TrainingSetKeys& keys, std::int64_t size) {
    require_input(keys.file.empty() != keys.images.empty(),
                  "[data]: expected either 'file' (a set of windows) or 'images' (large images), found {}",
                  keys.file.empty() ? "neither" : "both");
    return keys.file.empty() ? windows_of_images(keys, size) : window_set(keys, size);
}

std::vector<PhaseVolume> phases_of(const train::Samples& samples, std::size_t count, std::size_t offset,
                                   ItemRange items) {
    const Extent extent{1, static_cast<std::size_t>(samples.shape[0]), static_cast<std::size_t>(samples.shape[1])};
    std::vector<PhaseVolume> phases;
    std::vector<float> values(extent.count());
    for (std::size_t k = items.first; k < items.last; ++k) {
        samples.load((k * samples.count / count + offset) % samples.count, values.data());
        phases.push_back(train::to_phases(values, extent, 0).front());
    }
    return phases;
}

}  // namespace protolith::jobs
