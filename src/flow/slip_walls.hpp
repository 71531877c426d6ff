// Walls that slip: what comes back from a wall is bounce-back blended with diffuse or specular reflection. A population
// that came back lies in the site's own slot between any two steps, so that the blend needs no neighbour.
#pragma once

#include "flow/device_array.hpp"
#include "flow/sites.hpp"

namespace protolith::flow {

/// Diffuse: the populations that come back to a site share their sum by their weights. Specular: directions that mirror
/// each other in a flat wall exchange theirs; corners and edges, where the wall has no one normal, bounce back. Both
/// conserve mass at every site.
template <class T>
class SlipWalls {
  public:
    SlipWalls(const Sites& sites, const Settings& settings, DeviceArray<T> populations);
    /// After every step, before anyone reads.
    void blend() const;

  private:
    void blend_diffuse() const;
    void blend_specular() const;

    DeviceArray<T> populations_;
    std::size_t stride_;
    T bounce_;
    bool diffuse_;
    // Diffuse: slots that come from a wall, those of site i from starts_(i) on, and their share of the site's sum.
    DeviceArray<std::int32_t> starts_, slots_;
    DeviceArray<T> shares_;
    DeviceArray<std::int32_t> pairs_;  // slots that mirror each other, one after the other (specular)
};

extern template class SlipWalls<double>;
extern template class SlipWalls<float>;

/// Of each site, bits q − 1 of the directions that come to it from a wall that slips: none of a fill-up, nor in the
/// layer at a pressure end, which bounces back.
std::vector<std::uint32_t> slipping_directions(const Sites& sites);
/// Pairs of directions that mirror each other in the flat walls among `walls`.
std::vector<std::array<int, 2>> mirrored_pairs(std::uint32_t walls);

}  // namespace protolith::flow
