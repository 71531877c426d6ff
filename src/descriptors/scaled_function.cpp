// Fn from Pn; an image of one phase has none.
#include "descriptors/scaled_function.hpp"

#include <cmath>

namespace protolith::descriptors {

std::string undefined_because(double phase_fraction) {
    if (phase_fraction > 0 && phase_fraction < 1) return {};
    return fmt::format("Fn is undefined: the phase fraction is {}, so φ − φⁿ = 0", phase_fraction);
}

std::optional<Curve> scaled_function(const Curve& pn, int points) {
    require(points >= 2, "Fn of {} points; expected 2 or more", points);
    require(!pn.r.empty() && pn.r.front() == 0, "{} does not begin at r = 0, so its phase fraction is unknown",
            pn.name);
    const double phi = pn.value.front();
    if (!undefined_because(phi).empty()) return std::nullopt;
    const double power = std::pow(phi, points);
    Curve fn{fmt::format("F{}", pn.name.substr(1)), pn.r, {}};
    for (const double p : pn.value) fn.value.push_back((p - power) / (phi - power));
    return fn;
}

ScaledSet scaled_set(const std::vector<Curve>& pn, int points) {
    ScaledSet set;
    for (const Curve& curve : pn) {
        auto fn = scaled_function(curve, points);
        if (fn)
            set.curves.push_back(std::move(*fn));
        else
            ++set.undefined;
    }
    return set;
}

}  // namespace protolith::descriptors
