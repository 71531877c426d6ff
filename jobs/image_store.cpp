#include "image_store.hpp"

#include "io/xdmf.hpp"

#include <algorithm>

namespace protolith::jobs {

ImageStore::ImageStore(const Communicator& comm, std::size_t total, Extent extent, std::size_t numbers_each)
    : total_(total),
      extent_(extent),
      numbers_each_(numbers_each),
      items_(comm.share(total)),
      voxels_(items_.size() * extent.count()),
      numbers_(items_.size() * numbers_each) {}

void ImageStore::add(const PhaseVolume& image, const std::vector<double>& numbers) {
    require(image.extent() == extent_, "an image of {} in a batch of {}", to_string(image.extent()),
            to_string(extent_));
    require(numbers.size() == numbers_each_ && !finished(), "the batch takes {} numbers with each of {} images",
            numbers_each_, items_.size());
    std::copy(image.begin(), image.end(), voxels_.begin() + static_cast<std::ptrdiff_t>(done_ * extent_.count()));
    std::copy(numbers.begin(), numbers.end(), numbers_.begin() + static_cast<std::ptrdiff_t>(done_ * numbers_each_));
    ++done_;
}

PhaseVolume ImageStore::image(std::size_t item) const {
    const auto* first = voxels_.data() + (item - items_.first) * extent_.count();
    return {extent_, std::vector<std::uint8_t>(first, first + extent_.count())};
}

std::vector<double> ImageStore::numbers(std::size_t which) const {
    std::vector<double> values;
    for (std::size_t i = items_.first; i < items_.last; ++i) values.push_back(number(i, which));
    return values;
}

void ImageStore::save(io::CheckpointWriter& writer) const {
    std::vector<std::uint8_t> there(items_.size(), 0);
    std::fill_n(there.begin(), done_, std::uint8_t{1});
    writer.items<std::uint8_t>("there", total_, items_, {}, there);
    writer.items<std::uint8_t>("images", total_, items_, {extent_.count()}, voxels_);
    writer.items<double>("numbers", total_, items_, {numbers_each_}, numbers_);
}

void ImageStore::load(const io::Checkpoint& checkpoint) {
    const auto there = checkpoint.items<std::uint8_t>("there", items_);
    voxels_ = checkpoint.items<std::uint8_t>("images", items_);
    numbers_ = checkpoint.items<double>("numbers", items_);
    // on another number of ranks a share may have gaps: what follows the first gap is made again, the same
    done_ = static_cast<std::size_t>(std::find(there.begin(), there.end(), 0) - there.begin());
}

void ImageStore::write(io::ResultFile& file, const std::string& name, const std::string& long_name) const {
    std::vector<std::string> dimensions{"image"};
    io::Shape shape{total_};
    for (const auto& [axis, length] :
         {std::pair{"z", extent_.z}, std::pair{"y", extent_.y}, std::pair{"x", extent_.x}}) {
        if (std::string(axis) == "z" && extent_.z == 1) continue;
        file.dimension(axis, length, std::string(axis) + " (pixel)");
        dimensions.emplace_back(axis);
    }
    auto images = file.dataset<std::uint8_t>(name, dimensions, {"1", long_name, {}});
    images.write_items(items_, voxels_);
}

void ImageStore::write_sidecar(const Communicator& comm, const std::filesystem::path& result,
                               const std::string& name) const {
    if (extent_.z == 1) return;
    constexpr std::size_t most = 16;
    on_root(comm, [&] {
        std::vector<io::XdmfField> fields;
        for (std::size_t item = 0; item < std::min(most, total_); ++item)
            fields.push_back({"/" + name, fmt::format("{} {}", name, item), static_cast<long>(item)});
        io::write_xdmf(result, fields, {1.0, 1.0, 1.0});
    });
}

std::vector<PhaseVolume> ImageStore::first_everywhere(const Communicator& comm, std::size_t count) const {
    std::vector<PhaseVolume> images(std::min(count, total_), PhaseVolume(extent_));
    std::size_t first = 0;  // of the rank in turn
    for (int rank = 0; rank < comm.size() && first < images.size(); ++rank) {
        std::uint64_t share = items_.size();
        comm.broadcast(&share, sizeof share, rank);
        for (std::size_t item = first; item < std::min(first + share, images.size()); ++item) {
            if (rank == comm.rank()) images[item] = image(item);
            comm.broadcast(images[item].data(), images[item].size(), rank);
        }
        first += share;
    }
    return images;
}

}  // namespace protolith::jobs
