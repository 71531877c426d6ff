// Keys that jobs with elastic homogenization share: the two rocks, the low-pass filter.
#pragma once

#include "base/deck/visitor.hpp"
#include "elastic/homogeniser.hpp"

namespace protolith::jobs {

/// [medium]: what pixels 0 and 1 are made of.
struct MediumKeys {
    double vs_zero = 3.38, vs_one = 4.13, vp_over_vs = 1.8, density = 3.0;

    void visit(deck::Visitor& v) {
        using deck::Key;
        constexpr const char* paper = "GJI 2024, ggae240";
        v.entry(Key("vs_zero").help("shear velocity where the image is 0").units("km/s").above(0).source(paper),
                vs_zero);
        v.entry(Key("vs_one").help("shear velocity where the image is 1").units("km/s").above(0).source(paper), vs_one);
        v.entry(Key("vp_over_vs").help("ratio of the velocities of both rocks").above(1).source(paper), vp_over_vs);
        v.entry(Key("density").help("of both rocks").units("g/cm3").above(0).source(paper), density);
    }
    elastic::Medium medium() const {
        const auto phase = [&](double vs) { return elastic::Phase{vp_over_vs * vs, vs, density}.moduli(); };
        return {phase(vs_zero), phase(vs_one)};
    }
};

/// [filter]: what tomography resolves.
struct FilterKeys {
    elastic::LowPass filter;

    void visit(deck::Visitor& v) {
        using deck::Key;
        using elastic::FilterShape;
        v.choice(Key("shape").help("cosine: a taper between pass and stop; gaussian: half at 1/λ0"), filter.shape,
                 {{"cosine", FilterShape::cosine}, {"gaussian", FilterShape::gaussian}});
        v.entry(Key("wavelength")
                    .help("λ0, the shortest wavelength that the smooth medium keeps, in widths L of the image")
                    .units("L")
                    .source("GJI 2024, ggae240: 1/5, 1/2, 1"),
                filter.wavelength);
        v.entry(Key("pass").help("wave numbers up to it pass whole").units("1/λ0").at_least(0), filter.pass);
        v.entry(Key("stop").help("from it on nothing passes").units("1/λ0").above(0), filter.stop);
    }
};

}  // namespace protolith::jobs
