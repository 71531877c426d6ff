#include "elastic/medium.hpp"

#include "base/error.hpp"

namespace protolith::elastic {

Moduli Phase::moduli() const noexcept { return {density * (vp * vp - 2 * vs * vs), density * vs * vs}; }

Medium marble_cake_medium() noexcept {
    constexpr double ratio = 1.8, density = 3;
    const auto phase = [](double vs) { return Phase{ratio * vs, vs, density}.moduli(); };
    return {phase(3.38), phase(4.13)};
}

void check(const Medium& medium) {
    for (const auto& [name, m] : {std::pair{"0", medium.zero}, std::pair{"1", medium.one}})
        require_input(m.mu > 0 && m.bulk_2d() > 0,
                      "elastic phase {} has λ = {} GPa and μ = {} GPa; a stable medium needs μ > 0 and λ + μ > 0", name,
                      m.lambda, m.mu);
}

void check(const Phase& phase, const char* key) {
    require_input(phase.vs > 0, "{}.vs is {} km/s; expected a positive velocity", key, phase.vs);
    require_input(phase.density > 0, "{}.density is {} g/cm³; expected a positive density", key, phase.density);
    require_input(phase.vp > phase.vs, "{}.vp is {} km/s; expected more than vs, {} km/s", key, phase.vp, phase.vs);
}

}  // namespace protolith::elastic
