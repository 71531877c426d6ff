#include "homogenised_volume.hpp"

#include "io/image/source.hpp"
#include "io/result_file.hpp"

#include <algorithm>
#include <numeric>

namespace protolith::jobs {

namespace {

using elastic::volume_tensor_components;

elastic::VolumeHomogeniserSettings volume_settings(const HomogeniseSettings& keys, const Extent& extent) {
    require_input(keys.images.images.empty(), "images.images and volume.file are both set; expected one of them");
    require_input(extent.z >= 2, "volume.file = {}: {} is an image; expected a volume, or the image in images.images",
                  keys.volume.file, to_string(extent));
    elastic::VolumeHomogeniserSettings s;
    s.volume = extent;
    s.medium = keys.medium.medium();
    s.filter = keys.filter.filter;
    s.solver = keys.solver();
    if (keys.grid == HomogeniseSettings::Grid::pixels) s.grid = extent;
    elastic::check(s);
    return s;
}

run::Plan plan_of(const run::Run& run, const HomogeniseSettings& keys, const std::string& name,
                  const elastic::VolumeHomogeniserSettings& s) {
    const auto ranks = static_cast<double>(run.context.comm.size());
    const auto voxels = static_cast<double>(s.volume.count());
    const double spacing = s.filter.wavelength / 2 * static_cast<double>(s.volume.x);
    const double points =
        s.grid.count() > 0 ? static_cast<double>(s.grid.count()) : voxels / (spacing * spacing * spacing);
    run::Plan plan;
    plan.add("volume", fmt::format("{}, {} voxels, periodic, in slabs along z", name, to_string(s.volume)));
    plan.add("filter", fmt::format("{}, λ0 = {:.4g} of the width along x ({:.4g} voxels)",
                                   elastic::name(s.filter.shape), s.filter.wavelength, 2 * spacing));
    plan.add("written",
             fmt::format("C*(x), 21 components, at {}", s.grid.count() > 0 ? "every voxel" : "points λ0/2 apart"));
    keys.add_to(plan);
    // Displacements, directions, residuals and work (3 each), grey values and transforms; tensors and filtered fields.
    plan.memory_per_rank = (8.0 * 18 * voxels + 8.0 * (21 + 72) * points) / ranks + 64e6;
    plan.files = {"result.h5",  "report.html",  "volume.png",  "maps.png", "stiffness.csv",
                  "moduli.csv", "summary.json", "status.json", "log.txt",  "input.toml"};
    return plan;
}

/// This rank's planes, values 0 … 1.
GreyVolume read_planes(io::ImageSource& source, const HomogeniseVolumeKeys& keys, ItemRange planes) {
    const Extent& n = source.extent();
    GreyVolume grey({planes.size(), n.y, n.x});
    if (planes.size() == 0) return grey;
    source.read({{planes.first, 0, 0}, grey.extent()}, grey.data());
    for (float& value : grey) {
        if (!keys.grey) {
            value = value == static_cast<float>(keys.one) ? 1 : 0;
            continue;
        }
        value /= static_cast<float>(source.info().maximum);
        require_input(value >= 0 && value <= 1, "{}: a grey value of {}; expected 0 to {}, the largest of its type",
                      source.info().name, value * static_cast<float>(source.info().maximum), source.info().maximum);
    }
    return grey;
}

void write_result(run::Run& run, const HomogenisedVolume& volume, ItemRange planes,
                  const std::vector<double>& tensors) {
    const auto timer = run.context.timers.phase("write result");
    const Extent& grid = volume.settings.grid;
    auto file = io::ResultFile::create(run.context.comm, run.directory().file("result.h5"), run.provenance());
    file.dimension("component", volume_tensor_components,
                   "C11, C12, ..., C66: upper triangle row by row, Kelvin notation; 4, 5, 6 are yz, xz, xy");
    file.dimension("point_plane", grid.z, "plane of points");
    file.dimension("point_row", grid.y, "row of points");
    file.dimension("point_column", grid.x, "column of points");
    auto stiffness = file.dataset<double>("stiffness", {"component", "point_plane", "point_row", "point_column"},
                                          {"GPa", "effective stiffness", {}});
    stiffness.write({0, planes.first, 0, 0}, {volume_tensor_components, planes.size(), grid.y, grid.x}, tensors.data());
    file.write("whole_stiffness", {"component"}, std::vector<double>(volume.whole.begin(), volume.whole.end()),
               {"GPa", "effective stiffness of the volume as one point", {}});
    file.complete();
}

/// Maps of the diagonal components in the middle plane of the grid.
void add_maps(const Communicator& comm, const elastic::VolumeHomogeniser& homogeniser,
              const std::vector<double>& tensors, HomogenisedVolume& volume) {
    Slab<float> points;
    points.whole = homogeniser.settings().grid;
    points.planes = homogeniser.grid_planes();
    const std::size_t here = points.planes.size() * points.whole.y * points.whole.x;
    for (std::size_t component = 0; component < volume_tensor_components; ++component) {
        const std::string name(elastic::volume_tensor_component_names[component]);
        if (name[1] != name[2]) continue;
        const auto middle = middle_slices<float>(
            comm, points, [&](std::size_t i) { return static_cast<float>(tensors[component * here + i]); });
        volume.maps.emplace_back(name, middle.front());
    }
}

}  // namespace

void homogenise_volume(const HomogeniseSettings& keys, run::Run& run) {
    const auto& comm = run.context.comm;
    HomogenisedVolume volume;
    std::unique_ptr<io::ImageSource> source;
    collectively(comm, [&] {
        source = io::open_image(keys.volume.file);
        volume.name = source->info().name;
        volume.settings = volume_settings(keys, source->extent());
    });
    if (run.only_planned(plan_of(run, keys, volume.name, volume.settings))) return;
    const elastic::VolumeHomogeniser homogeniser(comm, volume.settings);
    volume.settings = homogeniser.settings();
    Slab<float> slab;
    slab.whole = volume.settings.volume;
    slab.planes = homogeniser.planes();
    {
        const auto timer = run.context.timers.phase("read");
        collectively(comm, [&] { slab.voxels = read_planes(*source, keys.volume, slab.planes); });
    }
    volume.fraction = comm.sum(std::accumulate(slab.voxels.begin(), slab.voxels.end(), 0.0)) /
                      static_cast<double>(slab.whole.count());
    require_input(keys.volume.grey || volume.fraction > 0,
                  "volume.one = {}: no voxel of {} has this value; expected the value of rock 1", keys.volume.one,
                  volume.name);
    run.open_directory();  // a volume that is refused leaves none
    if (run.already_done()) return;

    const ItemRange planes = homogeniser.grid_planes();
    std::vector<double> tensors(volume_tensor_components * planes.size() * volume.settings.grid.y *
                                volume.settings.grid.x);
    const Clock clock;
    {
        const auto timer = run.context.timers.phase("homogenize");
        volume.convergence = homogeniser.tensors(slab.voxels.data(), tensors.data(), volume.whole.data());
    }
    const double seconds = comm.max(clock.seconds());
    write_result(run, volume, planes, tensors);
    volume.rock = middle_slices<float>(comm, slab, [&](std::size_t i) { return slab.voxels[i]; });
    add_maps(comm, homogeniser, tensors, volume);
    run.interruptible([&] { report_volume(run, volume); }, [] { return 1.0; }, 1);

    run::Summary summary;
    summary.add("voxels per second", static_cast<double>(slab.whole.count()) / seconds, "1/s");
    summary.add("steps of conjugate gradients", static_cast<double>(volume.convergence.steps), "1");
    summary.add("estimated error of the strain", volume.convergence.residual, "1");
    run.finish(summary, 1);
}

}  // namespace protolith::jobs
