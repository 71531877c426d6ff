// Keys of `protolith segment`.
#pragma once

#include "base/deck/visitor.hpp"
#include "descriptors/boundary.hpp"
#include "segment/pore_space.hpp"
#include "segment/read_slab.hpp"

#include <optional>
#include <string>

namespace protolith::jobs {

/// [threshold]: from grey values to pores.
struct SegmentThresholdKeys {
    enum class Method { percolation, otsu, value, two_valued };

    Method method = Method::percolation;
    std::optional<double> value;
    std::int64_t levels = 4096;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("method")
                     .help("percolation: the smallest pore space that reaches from end to end; otsu; value: the one "
                           "given; two_valued: the volume is segmented already")
                     .source("Otsu 1979"),
                 method,
                 {{"percolation", Method::percolation},
                  {"otsu", Method::otsu},
                  {"value", Method::value},
                  {"two_valued", Method::two_valued}});
        v.entry(Key("value").help("in the file's own grey values; for method = 'value'"), value);
        v.entry(Key("levels")
                    .help("percolation of real grey values: equal steps between the smallest and the largest that are "
                          "told apart; whole grey values are searched one by one")
                    .between(2, 1048576),
                levels);
    }
};

struct SegmentSettings {
    static constexpr std::uint64_t seed = 0;  // nothing is drawn

    std::string volume;
    std::optional<double> voxel_size;
    segment::Filter filter = segment::Filter::none;
    segment::Pores pores = segment::Pores::dark;
    volume::Axis axis = volume::Axis::z;
    std::int64_t connectivity = 6;
    segment::Keep keep = segment::Keep::along_axis;
    descriptors::Boundary boundary = descriptors::Boundary::non_periodic;
    bool pore_diameter = false;
    SegmentThresholdKeys threshold;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("volume")
                    .help("PNG or TIFF stack, raw with a sidecar, HDF5 (file.h5:/dataset, file.h5:/dataset[k])")
                    .required()
                    .input_path(),
                volume);
        v.entry(Key("voxel_size").help("side of a voxel; not set: what the file says").units("m").above(0), voxel_size);
        v.choice(Key("filter").help("median_z: every voxel the median of itself and its two neighbours along z"),
                 filter, {{"none", segment::Filter::none}, {"median_z", segment::Filter::median_z}});
        v.choice(Key("pores").help("dark: value ≤ threshold; bright: value > threshold"), pores,
                 {{"dark", segment::Pores::dark}, {"bright", segment::Pores::bright}});
        v.choice(Key("axis").help("along which the pores are to reach from end to end"), axis,
                 {{"z", volume::Axis::z}, {"y", volume::Axis::y}, {"x", volume::Axis::x}});
        v.entry(Key("connectivity").help("neighbours that join: 6 (faces), 18 (and edges), 26 (and corners)"),
                connectivity);
        require_input(connectivity == 6 || connectivity == 18 || connectivity == 26,
                      "connectivity = {}: expected 6, 18 or 26", connectivity);
        v.choice(Key("keep").help("components that stay: those from end to end along the axis, or along any axis"),
                 keep, {{"along_axis", segment::Keep::along_axis}, {"along_any_axis", segment::Keep::along_any_axis}});
        v.choice(
            Key("boundary")
                .help("periodic: the volume repeats; pores that leave through a side come in on the other, though "
                      "not along `axis`, and spheres reach over the edges"),
            boundary,
            {{"non_periodic", descriptors::Boundary::non_periodic}, {"periodic", descriptors::Boundary::periodic}});
        v.entry(Key("pore_diameter")
                    .help("also the diameter of the largest sphere in the kept pores that covers each voxel")
                    .source("Hildebrand & Rüegsegger 1997"),
                pore_diameter);
        v.section("threshold", "from grey values to pores", threshold);
    }
};

}  // namespace protolith::jobs
