// Keys of `protolith characterise`.
#pragma once

#include "descriptors/curve_counts.hpp"
#include "descriptors/polytope_vertices.hpp"
#include "settings/image_set.hpp"

namespace protolith::jobs {

/// How descriptors are measured; [measure] of characterise and reconstruct.
struct MeasureSettings {
    std::int64_t max_r = 0;
    descriptors::Boundary boundary = descriptors::Boundary::non_periodic;
    descriptors::VertexRule vertices = descriptors::VertexRule::nearest;
    std::int64_t connectivity = 0;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(
            Key("max_r").help("largest distance; 0: the largest that every image allows").units("pixel").at_least(0),
            max_r);
        v.choice(Key("boundary").help("how images end").source("specification of SMiCA's curves for 'companion'"),
                 boundary,
                 {{"non_periodic", descriptors::Boundary::non_periodic},
                  {"periodic", descriptors::Boundary::periodic},
                  {"companion", descriptors::Boundary::companion}});
        v.choice(Key("vertices").help("how polygon vertices are put on the lattice"), vertices,
                 {{"nearest", descriptors::VertexRule::nearest}, {"companion", descriptors::VertexRule::companion}});
        v.entry(Key("connectivity")
                    .help("neighbours that join a cluster: 4, 8 (images), 6, 18, 26 (volumes); 0: 4 or 6")
                    .at_least(0)
                    .at_most(26),
                connectivity);
    }
};

/// Representative elementary size; off while `sizes` is empty.
struct RepresentativeSizeSettings {
    std::vector<std::int64_t> sizes;
    std::int64_t windows = 10;
    double tolerance = 1e-4;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("sizes").help("window sides to compare; empty: not computed").units("pixel").at_least(2), sizes);
        v.entry(Key("windows").help("random windows of each size").at_least(1), windows);
        v.entry(Key("tolerance").help("largest mean square error of F2 against the largest size").above(0), tolerance);
    }
};

struct CharacteriseSettings {
    std::uint64_t seed = 1;
    std::string reference;
    std::vector<std::string> compare;
    MeasureSettings measure;
    RepresentativeSizeSettings representative_size;
    std::vector<ImageSetSettings> set;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("seed").help("seed of the random windows"), seed);
        v.entry(Key("reference").help("label of the set that the others are compared with; empty: the first"),
                reference);
        v.entry(Key("compare").help("labels of the sets in figures and tables, in this order; empty: all"), compare);
        v.section("measure", "how the descriptors are measured", measure);
        v.section("representative_size", "representative elementary size of the first set's first image",
                  representative_size);
        v.list(Key("set").help("a set of images").required(), set);
    }
};

}  // namespace protolith::jobs
