#include "homogenised_set.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace protolith::jobs {

namespace {

elastic::HomogeniserSettings as_a_whole(elastic::HomogeniserSettings settings) {
    settings.filter = {};
    settings.filter.wavelength =
        std::min(1.0, static_cast<double>(settings.image.y) / static_cast<double>(settings.image.x));
    settings.filter.pass = 0;
    settings.filter.stop = 1e-3;  // nothing but the mean passes
    settings.grid = {1, 1};
    return settings;
}

}  // namespace

HomogenisedSet::HomogenisedSet(const Communicator& comm, std::size_t total,
                               const elastic::HomogeniserSettings& settings)
    : total_(total), items_(comm.share(total)), fine_(settings), whole_(as_a_whole(settings)), done_(items_.size()) {}

std::size_t HomogenisedSet::done() const noexcept {
    return static_cast<std::size_t>(
        std::count_if(done_.begin(), done_.end(), [](const Homogenised& one) { return !one.tensors.empty(); }));
}

std::vector<std::size_t> HomogenisedSet::missing(std::size_t most) const {
    std::vector<std::size_t> items;
    for (std::size_t i = 0; i < done_.size() && items.size() < most; ++i)
        if (done_[i].tensors.empty()) items.push_back(items_.first + i);
    return items;
}

void HomogenisedSet::add(const std::vector<std::size_t>& items, std::vector<std::vector<double>> images) {
    std::vector<double> pixels;
    for (const auto& image : images) pixels.insert(pixels.end(), image.begin(), image.end());
    std::vector<double> tensors(items.size() * fine_.data_size()), whole(items.size() * elastic::tensor_components);
    const auto ended = fine_.tensors(pixels.data(), items.size(), tensors.data());
    whole_.tensors(pixels.data(), items.size(), whole.data());
    const auto& solver = settings().solver;
    for (const double value : tensors)
        require(std::isfinite(value), "image {}: its effective stiffness is not finite", items.front());
    require(solver.tolerance == 0 || ended.residual <= solver.tolerance,
            "images {} to {}: conjugate gradients have not converged: error {:.3g} after {} steps, {:.3g} asked for",
            items.front(), items.back(), ended.residual, ended.steps, solver.tolerance);
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto& one = done_[items[i] - items_.first];
        one.image = std::move(images[i]);
        const auto first = tensors.begin() + static_cast<std::ptrdiff_t>(i * fine_.data_size());
        one.tensors.assign(first, first + static_cast<std::ptrdiff_t>(fine_.data_size()));
        std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(i * elastic::tensor_components),
                    elastic::tensor_components, one.whole.begin());
        one.error = ended.residual;
    }
}

std::size_t HomogenisedSet::packed_size() const noexcept {
    return fine_.image_size() + fine_.data_size() + elastic::tensor_components + 1;
}

std::string HomogenisedSet::pack(const Homogenised& one) const {
    if (one.tensors.empty()) return {};
    std::vector<double> values(one.image);
    values.insert(values.end(), one.tensors.begin(), one.tensors.end());
    values.insert(values.end(), one.whole.begin(), one.whole.end());
    values.push_back(one.error);
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double)};
}

Homogenised HomogenisedSet::unpack(const std::string& bytes) const {
    if (bytes.empty()) return {};
    require(bytes.size() == packed_size() * sizeof(double), "{} bytes of a homogenized image; {} expected",
            bytes.size(), packed_size() * sizeof(double));
    std::vector<double> values(packed_size());
    std::memcpy(values.data(), bytes.data(), bytes.size());
    const auto pixels = values.begin() + static_cast<std::ptrdiff_t>(fine_.image_size());
    const auto data = pixels + static_cast<std::ptrdiff_t>(fine_.data_size());
    Homogenised one{{values.begin(), pixels}, {pixels, data}, {}, values.back()};
    std::copy_n(data, elastic::tensor_components, one.whole.begin());
    return one;
}

Homogenised HomogenisedSet::everywhere(const Communicator& comm, std::size_t item) const {
    const bool here = item >= items_.first && item < items_.last;
    for (const auto& bytes : comm.all_gather(here ? pack(this->item(item)) : std::string()))
        if (!bytes.empty()) return unpack(bytes);
    throw Error(fmt::format("image {} of {} is on no rank", item, total_));
}

double HomogenisedSet::worst_error(const Communicator& comm) const {
    double worst = 0;
    for (const auto& one : done_) worst = std::max(worst, one.error);
    return comm.max(worst);
}

void HomogenisedSet::save(io::CheckpointWriter& writer) const {
    std::vector<std::string> bytes;
    for (const auto& one : done_) bytes.push_back(pack(one));
    writer.blobs("homogenised", total_, items_, bytes);
}

void HomogenisedSet::load(const io::Checkpoint& checkpoint) {
    const auto bytes = checkpoint.blobs("homogenised", items_);
    for (std::size_t i = 0; i < done_.size(); ++i) done_[i] = unpack(bytes.at(i));
}

void HomogenisedSet::write(io::ResultFile& file) const {
    const std::vector<std::string> components(elastic::tensor_component_names.begin(),
                                              elastic::tensor_component_names.end());
    std::vector<float> images, tensors, anisotropy;
    std::vector<double> whole;
    const std::size_t points = grid().points();
    for (const auto& one : done_) {
        images.insert(images.end(), one.image.begin(), one.image.end());
        tensors.insert(tensors.end(), one.tensors.begin(), one.tensors.end());
        for (std::size_t p = 0; p < points; ++p)
            anisotropy.push_back(static_cast<float>(elastic::anisotropy(one.tensors.data() + p, points)));
        whole.insert(whole.end(), one.whole.begin(), one.whole.end());
    }
    file.dimension("item", total_, "number of the image");
    file.dimension("row", settings().image.y, "row of pixels");
    file.dimension("column", settings().image.x, "column of pixels");
    file.dimension("component", elastic::tensor_components, "C11, C22, C12, C33, C13, C23 in Kelvin notation");
    file.dimension("point_row", grid().rows, "row of points");
    file.dimension("point_column", grid().columns, "column of points");
    file.dataset<float>("images", {"item", "row", "column"}, {"1", "share of the rock of pixels 1", {}})
        .write_items(items_, images);
    file.dataset<float>("stiffness", {"item", "component", "point_row", "point_column"},
                        {"GPa", "effective stiffness C*(x), Kelvin notation", {}})
        .write_items(items_, tensors);
    file.dataset<float>("anisotropy", {"item", "point_row", "point_column"},
                        {"1", "xi = C22/C11 of the effective stiffness", {}})
        .write_items(items_, anisotropy);
    file.dataset<double>("whole_stiffness", {"item", "component"},
                         {"GPa", "effective stiffness of the whole image as one point", {}})
        .write_items(items_, whole);
    file.write_text("component_names", {"component"}, components, {"", "names of the components", {}});
}

}  // namespace protolith::jobs
