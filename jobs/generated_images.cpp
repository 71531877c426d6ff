#include "generated_images.hpp"

#include "train/phase_quality.hpp"

#include <algorithm>

namespace protolith::jobs {

GeneratedImages::GeneratedImages(const Communicator& comm, std::size_t total, Extent extent)
    : total_(total), extent_(extent), items_(comm.share(total)), grey_(items_.size() * extent.count()) {}

void GeneratedImages::add(const std::vector<float>& values) {
    const std::size_t size = extent_.count(), images = values.size() / size;
    require(values.size() % size == 0 && done_ + images <= items_.size(), "{} values for {} images of {}",
            values.size(), items_.size() - done_, to_string(extent_));
    std::copy(values.begin(), values.end(), grey_.begin() + static_cast<std::ptrdiff_t>(done_ * size));
    done_ += images;
}

PhaseVolume GeneratedImages::phase(std::size_t item) const {
    require(item >= items_.first && item < items_.first + done_, "image {} is not of this rank's {} to {}", item,
            items_.first, items_.last);
    const std::span<const float> all(grey_);
    return train::to_phases(all.subspan((item - items_.first) * extent_.count(), extent_.count()), extent_, threshold_)
        .front();
}

std::vector<PhaseVolume> GeneratedImages::first_everywhere(const Communicator& comm, std::size_t count) const {
    std::string mine;
    for (std::size_t item = items_.first; item < std::min(items_.last, count); ++item) {
        const auto image = phase(item);
        mine.append(image.begin(), image.end());
    }
    std::vector<PhaseVolume> images;
    for (const auto& bytes : comm.all_gather(mine))
        for (std::size_t at = 0; at < bytes.size(); at += extent_.count())
            images.emplace_back(
                extent_, std::vector<std::uint8_t>(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                                   bytes.begin() + static_cast<std::ptrdiff_t>(at + extent_.count())));
    return images;
}

void GeneratedImages::save(io::CheckpointWriter& writer) const {
    std::vector<std::uint8_t> there(items_.size(), 0);
    std::fill_n(there.begin(), done_, std::uint8_t{1});
    writer.items<std::uint8_t>("there", total_, items_, {}, there);
    writer.items<float>("grey", total_, items_, {extent_.count()}, grey_);
}

void GeneratedImages::load(const io::Checkpoint& checkpoint) {
    const auto there = checkpoint.items<std::uint8_t>("there", items_);
    grey_ = checkpoint.items<float>("grey", items_);
    // on another number of ranks a share may have gaps: what follows the first gap is drawn again, the same
    done_ = static_cast<std::size_t>(std::find(there.begin(), there.end(), 0) - there.begin());
}

void GeneratedImages::write(io::ResultFile& file, bool with_grey) const {
    file.dimension("image", total_, "number of the image");
    file.dimension("y", extent_.y, "y (pixel)");
    file.dimension("x", extent_.x, "x (pixel)");
    auto phases = file.dataset<std::uint8_t>("phase", {"image", "y", "x"}, {"1", "phase of interest", {}});
    std::vector<std::uint8_t> voxels;
    std::vector<double> fractions;
    for (std::size_t item = items_.first; item < items_.last; ++item) {
        const auto image = phase(item);
        voxels.insert(voxels.end(), image.begin(), image.end());
        fractions.push_back(phase_fraction(image));
    }
    phases.write_items(items_, voxels);
    auto fraction = file.dataset<double>("phase_fraction", {"image"}, {"1", "phase fraction", {}});
    fraction.write_items(items_, fractions);
    file.scalar("threshold", threshold_, {"1", "grey values above it are the phase", {}});
    if (!with_grey) return;
    auto grey = file.dataset<float>("grey", {"image", "y", "x"},
                                    {"1", "generator's output", {{"valid_range", std::vector<double>{-1, 1}}}});
    grey.write_items(items_, grey_);
}

}  // namespace protolith::jobs
