// Keys of `protolith simulate disks|gaussian|debye|checkerboard|spheres`.
#pragma once

#include "settings/simulate.hpp"
#include "simulate/checkerboard.hpp"
#include "simulate/debye.hpp"
#include "simulate/disks.hpp"
#include "simulate/gaussian.hpp"
#include "simulate/spheres.hpp"

namespace protolith::jobs {

/// `extent`: rows, columns or planes, rows, columns.
inline void visit_extent(deck::Visitor& v, Extent& extent) {
    std::vector<std::int64_t> sides;
    for (std::size_t side : {extent.z, extent.y, extent.x})
        if (side != extent.z || extent.z > 1 || !sides.empty()) sides.push_back(static_cast<std::int64_t>(side));
    v.entry(deck::Key("extent").help("rows, columns; or planes, rows, columns").units("pixel").at_least(1), sides);
    require_input(sides.size() == 2 || sides.size() == 3,
                  "extent holds {} numbers: expected rows, columns or planes, rows, columns", sides.size());
    const auto side = [&](std::size_t i) { return static_cast<std::size_t>(sides[i]); };
    extent = sides.size() == 2 ? Extent{1, side(0), side(1)} : Extent{side(0), side(1), side(2)};
}

struct DisksKeys : SetKeys {
    simulate::DisksSettings medium;
    std::optional<double> phase_fraction;

    void visit(deck::Visitor& v) {
        using deck::Key;
        SetKeys::visit(v);
        visit_extent(v, medium.extent);
        v.entry(Key("radius").help("of every disk (ball in 3-D)").units("pixel").above(0), medium.radius);
        v.entry(Key("density").help("expected centres per pixel").units("1/pixel").at_least(0), medium.density);
        v.entry(Key("phase_fraction").help("sets the density instead").above(0).below(1), phase_fraction);
        v.choice(Key("phase").help("which side is the phase"), medium.phase,
                 {{"outside", simulate::DiskPhase::outside}, {"inside", simulate::DiskPhase::inside}});
        v.entry(Key("periodic").help("opposite sides join"), medium.periodic);
    }
};

struct SpheresKeys : SetKeys {
    simulate::SpheresSettings medium;
    std::optional<double> radius, chi, porosity;

    SpheresKeys() { count = 1; }

    void visit(deck::Visitor& v) {
        using deck::Key;
        using simulate::SphereArrangement;
        SetKeys::visit(v);
        visit_extent(v, medium.extent);
        v.choice(Key("arrangement").help("packed: random and without overlaps; overlapping: independent; or a lattice"),
                 medium.arrangement,
                 {{"packed", SphereArrangement::packed},
                  {"overlapping", SphereArrangement::overlapping},
                  {"simple_cubic", SphereArrangement::simple_cubic},
                  {"body_centred", SphereArrangement::body_centred}});
        v.entry(
            Key("radius").help("of every sphere; not set: 8, or of a lattice what chi says").units("voxel").above(0),
            radius);
        v.entry(Key("porosity")
                    .help("fraction outside the spheres, for packed (at least 0.38) and overlapping ones; not set: 0.4")
                    .above(0)
                    .below(1),
                porosity);
        v.entry(Key("cell").help("side of a lattice's cubic cell; divides every side").units("voxel").at_least(1),
                medium.cell);
        v.entry(Key("chi")
                    .help("(c/c_max)^(1/3) of a lattice, 1 where spheres touch; sets the radius")
                    .above(0)
                    .at_most(1)
                    .source("Sangani & Acrivos 1982"),
                chi);
        v.choice(Key("phase").help("which side is the phase"), medium.phase,
                 {{"outside", simulate::DiskPhase::outside}, {"inside", simulate::DiskPhase::inside}});
    }

    /// The medium with radius and porosity as set. InputError for keys that contradict the arrangement.
    simulate::SpheresSettings resolved() const {
        using simulate::SphereArrangement;
        auto s = medium;
        const bool cubic = s.arrangement == SphereArrangement::simple_cubic,
                   lattice = cubic || s.arrangement == SphereArrangement::body_centred;
        require_input(lattice || !chi, "chi = {}: a lattice's; packed and overlapping spheres have radius and porosity",
                      chi.value_or(0));
        require_input(!lattice || !porosity, "porosity = {}: not of a lattice, whose radius or chi says it",
                      porosity.value_or(0));
        require_input(!lattice || radius.has_value() != chi.has_value(),
                      "{} of radius and chi {} set: a lattice of spheres needs one of them", chi ? "both" : "none",
                      chi ? "are" : "is");
        if (chi)
            s.radius = *chi * simulate::touching_radius(
                                  cubic ? simulate::SphereLattice::simple_cubic : simulate::SphereLattice::body_centred,
                                  static_cast<double>(s.cell));
        s.radius = radius.value_or(s.radius);
        s.porosity = porosity.value_or(s.porosity);
        return s;
    }
};

struct GaussianKeys : SetKeys {
    simulate::GaussianSettings medium;

    void visit(deck::Visitor& v) {
        using deck::Key;
        using simulate::FieldCorrelation;
        using simulate::FieldThreshold;
        SetKeys::visit(v);
        visit_extent(v, medium.extent);
        v.choice(Key("correlation")
                     .help("of the field at distance r: exp(-(r/a)^2), exp(-r/a), or of white noise averaged over "
                           "boxes of a pixels"),
                 medium.correlation,
                 {{"gaussian", FieldCorrelation::gaussian},
                  {"exponential", FieldCorrelation::exponential},
                  {"box", FieldCorrelation::box}});
        v.entry(Key("correlation_length").help("a").units("pixel").above(0), medium.correlation_length);
        v.entry(Key("phase_fraction").help("the phase is where the field is highest").above(0).below(1),
                medium.phase_fraction);
        v.choice(Key("threshold").help("exact: every image has this fraction; nominal: the level is the law's"),
                 medium.threshold, {{"exact", FieldThreshold::exact}, {"nominal", FieldThreshold::nominal}});
    }
};

struct DebyeKeys : SetKeys {
    simulate::DebyeSettings medium;

    void visit(deck::Visitor& v) {
        using deck::Key;
        SetKeys::visit(v);
        visit_extent(v, medium.extent);
        v.entry(Key("correlation_length")
                    .help("a: lines cross a segment of length r with probability 1 - exp(-r/a)")
                    .units("pixel")
                    .above(0),
                medium.correlation_length);
        v.entry(Key("phase_fraction").help("probability of a cell to be in the phase").above(0).below(1),
                medium.phase_fraction);
    }
};

struct CheckerboardKeys : SetKeys {
    simulate::CheckerboardSettings medium;

    void visit(deck::Visitor& v) {
        using deck::Key;
        SetKeys::visit(v);
        visit_extent(v, medium.extent);
        v.entry(Key("cell").help("side of a cell").units("pixel").at_least(1), medium.cell);
        v.entry(Key("random_offset").help("shift every image by its own random number of pixels"),
                medium.random_offset);
    }
};

}  // namespace protolith::jobs
