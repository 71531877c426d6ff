// Pressure ends of an axis: what enters the first and the last layer of sites, given the density there. The speed along
// the axis follows from the populations that are known (Zou & He 1997, Phys. Fluids 9, 1591; in three dimensions Hecht
// & Harting 2010, J. Stat. Mech. P01018); across it is zero.
#pragma once

#include "flow/device_array.hpp"
#include "flow/sites.hpp"

namespace protolith::flow {

template <class T>
class PressureEnds {
  public:
    PressureEnds(const Sites& sites, const Settings& settings, DeviceArray<T> populations);

    /// Writes what enters before an even (odd) step; the end sites' other populations must have arrived.
    void before_even() const { apply(even_); }
    void before_odd() const { apply(odd_); }

  private:
    void apply(const DeviceArray<std::int32_t>& addresses) const;

    DeviceArray<T> populations_;
    // Address of direction q at end site i: q·count + i. Directions are turned so that the axis is z and inwards is up.
    DeviceArray<std::int32_t> even_, odd_;
    DeviceArray<T> density_;  // less 1, of each end site
    std::size_t count_ = 0;
    bool equilibrium_ = false;
};

extern template class PressureEnds<double>;
extern template class PressureEnds<float>;

}  // namespace protolith::flow
