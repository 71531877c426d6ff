#include "flow_rock.hpp"

#include "io/image/source.hpp"
#include "segment/percolation.hpp"
#include "simulate/sphere_lattice.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace protolith::jobs {

namespace {

using Geometry = RockKeys::Geometry;

/// A reader of whatever `pore(z, y, x)` says.
template <class Pore>
flow::PhaseReader reader_from(Pore pore) {
    return [pore](const Block& block) {
        PhaseVolume part = PhaseVolume::unfilled(block.extent);
        std::size_t i = 0;
        for (std::size_t z = 0; z < block.extent.z; ++z)
            for (std::size_t y = 0; y < block.extent.y; ++y)
                for (std::size_t x = 0; x < block.extent.x; ++x)
                    part[i++] = pore(z + block.offset.z, y + block.offset.y, x + block.offset.x) ? 1 : 0;
        return part;
    };
}

/// "result.h5:/phase" of "/far/away/result.h5:/phase": what labels have room for.
std::string short_name(const std::string& name) {
    const std::size_t file_end = std::min(name.find(".h5:"), name.size()), slash = name.rfind('/', file_end);
    return slash == std::string::npos || slash + 1 == name.size() ? name : name.substr(slash + 1);
}

Rock file_rock(const RockKeys& keys) {
    require_input(!keys.volume.empty(), "rock.volume is not set: rock.geometry = 'file' needs a volume");
    const std::shared_ptr<io::ImageSource> source = io::open_image(keys.volume);
    const auto side = keys.voxel_size ? keys.voxel_size : source->info().voxel_size;
    require_input(side.has_value(),
                  "rock.voxel_size is not set, and {} does not tell: expected the side of a voxel in m",
                  source->info().name);
    Rock rock{short_name(source->info().name), source->extent(), source->extent(), {}, *side};
    const auto value = static_cast<float>(keys.pore_value);
    rock.read = [source, value](const Block& block) {
        std::vector<float> grey(block.count());
        source->read(block, grey.data());
        PhaseVolume part = PhaseVolume::unfilled(block.extent);
        for (std::size_t i = 0; i < grey.size(); ++i) part[i] = grey[i] == value ? 1 : 0;
        return part;
    };
    return rock;
}

Rock channel(std::size_t width) {
    Rock rock{fmt::format("channel of {} voxels", width), {3, width + 2, 3}, {3, width + 2, 3}};
    rock.read = reader_from([width](std::size_t, std::size_t y, std::size_t) { return y > 0 && y <= width; });
    const auto n = static_cast<double>(width);
    rock.known = (n * n / 12 + 1.0 / 24) * n / (n + 2);
    rock.source = "Poiseuille flow summed over voxels";
    return rock;
}

Rock duct(std::size_t width) {
    Rock rock{fmt::format("square duct of {} voxels", width), {3, width + 2, width + 2}, {3, width + 2, width + 2}};
    rock.read = reader_from(
        [width](std::size_t, std::size_t y, std::size_t x) { return y > 0 && y <= width && x > 0 && x <= width; });
    const auto n = static_cast<double>(width);
    rock.known = 0.0351443 * n * n * (n * n) / ((n + 2) * (n + 2));
    rock.source = "series solution of the square duct";
    return rock;
}

Rock tube(std::size_t width) {
    const std::size_t side = width + 2;
    Rock rock{fmt::format("tube of diameter {} voxels", width), {3, side, side}, {3, side, side}};
    const double radius = static_cast<double>(width) / 2, centre = (static_cast<double>(side) - 1) / 2;
    rock.read = reader_from([=](std::size_t, std::size_t y, std::size_t x) {
        return std::hypot(static_cast<double>(y) - centre, static_cast<double>(x) - centre) < radius;
    });
    rock.known = std::numbers::pi * std::pow(radius, 4) / 8 / static_cast<double>(side * side);
    rock.source = "Hagen-Poiseuille flow";
    return rock;
}

struct Drag {
    double chi, simple_cubic, body_centred;
};
// Force on a sphere over Stokes' 6πμaU, U the superficial velocity (Sangani & Acrivos 1982).
constexpr std::array<Drag, 7> drags{{{0.2, 1.3881, 1.4487},
                                     {0.4, 2.1518, 2.4234},
                                     {0.5, 2.8420, 3.3887},
                                     {0.6, 3.9738, 5.1083},
                                     {0.7, 6.0042, 8.5653},
                                     {0.8, 10.065, 16.851},
                                     {0.85, 13.71, 25.76}}};

Rock sphere_array(const RockKeys& keys, simulate::SphereLattice lattice, double chi) {
    const bool simple = lattice == simulate::SphereLattice::simple_cubic;
    const auto cell = static_cast<std::size_t>(keys.cell), side = cell * static_cast<std::size_t>(keys.repeat);
    Rock rock{fmt::format("{} spheres, χ = {}", simple ? "simple cubic" : "body-centred", chi),
              {side, side, side},
              {cell, cell, cell}};
    const auto length = static_cast<double>(cell);
    const double radius = chi * simulate::touching_radius(lattice, length);
    // Distances from the middle of the cell, and from its corners.
    rock.read = reader_from([=](std::size_t z, std::size_t y, std::size_t x) {
        double middle = 0, corner = 0;
        for (const std::size_t i : {z % cell, y % cell, x % cell}) {
            const double d = static_cast<double>(i) - (length - 1) / 2, e = length / 2 - std::abs(d);
            middle += d * d;
            corner += e * e;
        }
        return middle > radius * radius && (simple || corner > radius * radius);
    });
    rock.chi = chi;
    for (const auto& drag : drags)
        if (std::abs(drag.chi - chi) < 1e-9) {
            rock.known = length * length * length /
                         (6 * std::numbers::pi * radius * (simple ? drag.simple_cubic : 2 * drag.body_centred));
            rock.source = "Sangani & Acrivos 1982";
        }
    return rock;
}

}  // namespace

std::vector<Rock> list_rocks(const RockKeys& keys) {
    if (keys.geometry == Geometry::file) return {file_rock(keys)};
    const auto width = static_cast<std::size_t>(keys.width);
    std::vector<Rock> rocks;
    if (keys.geometry == Geometry::channel) rocks = {channel(width)};
    if (keys.geometry == Geometry::duct) rocks = {duct(width)};
    if (keys.geometry == Geometry::tube) rocks = {tube(width)};
    if (rocks.empty()) {
        require_input(!keys.chi.empty(), "rock.chi = []: expected at least one number");
        const auto lattice = keys.geometry == Geometry::simple_cubic ? simulate::SphereLattice::simple_cubic
                                                                     : simulate::SphereLattice::body_centred;
        for (const double chi : keys.chi) rocks.push_back(sphere_array(keys, lattice, chi));
    }
    for (auto& rock : rocks) rock.voxel_size = keys.voxel_size.value_or(1.0);
    return rocks;
}

namespace {

/// Faces between pore and solid around the voxels of this rank's slab; the volume repeats.
std::uint64_t count_faces(const Rock& rock, const Extent& extent, const PhaseSlab& slab) {
    const auto n = slab.voxels.extent();
    const PhaseVolume after = rock.read({{slab.planes.last % extent.z, 0, 0}, {1, n.y, n.x}});
    std::uint64_t faces = 0;
    for (std::size_t z = 0; z < n.z; ++z)
        for (std::size_t y = 0; y < n.y; ++y)
            for (std::size_t x = 0; x < n.x; ++x) {
                const int here = slab.voxels(z, y, x);
                faces += here != slab.voxels(z, y, x + 1 < n.x ? x + 1 : 0);
                faces += here != slab.voxels(z, y + 1 < n.y ? y + 1 : 0, x);
                faces += here != (z + 1 < n.z ? slab.voxels(z + 1, y, x) : after(0, y, x));
            }
    return faces;
}

}  // namespace

PoreFacts measure_pores(const Communicator& comm, const Rock& rock, const Extent& extent,
                        const std::vector<volume::Axis>& axes, bool repeats) {
    PhaseSlab slab(comm, extent);
    std::uint64_t faces = 0;
    collectively(comm, [&] {
        if (slab.empty()) return;
        slab.voxels = rock.read({{slab.planes.first, 0, 0}, slab.voxels.extent()});
        faces = count_faces(rock, extent, slab);
    });
    faces = comm.sum(faces);
    const auto voxels = static_cast<double>(extent.count());
    PoreFacts facts;
    facts.pores =
        static_cast<double>(segment::count_voxels(comm, slab)) * static_cast<double>(rock.extent.count()) / voxels;
    facts.porosity = facts.pores / static_cast<double>(rock.extent.count());
    collectively(comm, [&] {
        require_input(facts.pores > 0, "{}: all solid: none of {} voxels is a pore; expected pores", rock.name,
                      to_string(extent));
    });
    facts.walls = faces > 0;
    facts.width = static_cast<double>(std::max({extent.z, extent.y, extent.x}));
    if (faces > 0) facts.width = std::min(facts.width, 2 * facts.porosity * voxels / static_cast<double>(faces));
    PhaseSlab connected = slab;
    std::fill(connected.voxels.begin(), connected.voxels.end(), std::uint8_t{0});
    for (const auto axis : axes) {
        const auto components =
            descriptors::connect_slabs(comm, slab, descriptors::Connectivity::six,
                                       repeats ? descriptors::Wrap::sides_of(axis) : descriptors::Wrap{});
        const bool through = segment::percolates(comm, components, axis);
        const auto largest = largest_components(comm, components, 1);
        collectively(comm, [&] {
            require_input(through,
                          "{}: the pores do not reach from end to end along {}: porosity {:.4f} in {} components, the "
                          "largest of {} voxels; nothing can flow",
                          rock.name, segment::name_of(axis), facts.porosity, components.count, largest.front().voxels);
        });
        const auto kept = segment::connected_pores(slab, components, segment::Keep::along_axis, axis);
        for (std::size_t i = 0; i < connected.voxels.size(); ++i) connected.voxels[i] |= kept.voxels[i];
    }
    facts.connected_porosity = static_cast<double>(segment::count_voxels(comm, connected)) / voxels;
    return facts;
}

}  // namespace protolith::jobs
