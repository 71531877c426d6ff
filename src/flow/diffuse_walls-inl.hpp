// What a pack's diffuse walls give back, in registers. Compiled once per SIMD target.
#include "flow/some_lanes-inl.hpp"
#include "flow/unroll.hpp"

#if defined(PROTOLITH_FLOW_DIFFUSE_WALLS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_FLOW_DIFFUSE_WALLS_INL
#undef PROTOLITH_FLOW_DIFFUSE_WALLS_INL
#else
#define PROTOLITH_FLOW_DIFFUSE_WALLS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace protolith::flow {
namespace HWY_NAMESPACE {

/// Of what a site sends into its walls the part `bounce` comes back as it went, the rest is shared by the weights of
/// the directions that come back (flow/slip_walls.hpp). masks[q − 1]: lanes to which direction q comes from a wall;
/// what was sent there is f[opposite q].
template <class T>
HWY_NOINLINE void blend_diffuse(const std::uint16_t* masks, T bounce, Pack<T>* f) {
    using V = Pack<T>;
    V sum = V{}, weights = V{} + T(1e-30);  // no division by zero in lanes without walls
    PROTOLITH_UNROLL(18)
    for (int q = 1; q < directions; ++q) {
        sum += keep_some<T>(f[opposite(q)], masks[q - 1]);
        weights += keep_some<T>(V{} + T(weight(q)), masks[q - 1]);
    }
    const V shared = ((T(1) - bounce) * sum) / weights;
    PROTOLITH_UNROLL(18)
    for (int q = 1; q < directions; ++q) {
        const V back = bounce * f[opposite(q)] + T(weight(q)) * shared;
        f[opposite(q)] += keep_some<T>(back - f[opposite(q)], masks[q - 1]);
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace protolith::flow
HWY_AFTER_NAMESPACE();

#endif
