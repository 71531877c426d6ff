// The two steps of the AA pattern over packs of sites, with the widest SIMD of the machine, and their plain twin.
#pragma once

#include "flow/rates.hpp"

#include <cstddef>
#include <cstdint>

namespace protolith::flow {

/// Sites in a pack: 64 bytes.
template <class T>
inline constexpr std::size_t pack_lanes = 64 / sizeof(T);

/// What the kernels read and write (flow/sites.hpp and flow/wall_packs.hpp say how it lies).
template <class T>
struct Lattice {
    T* populations = nullptr;
    std::size_t stride = 0;
    const std::uint8_t* kinds = nullptr;
    const std::int32_t* addresses = nullptr;
    const std::int32_t* lines = nullptr;
    const std::uint32_t* line_starts = nullptr;
    /// ω/2 of the even and of the odd part of each site; null where all share one.
    const T* half_even = nullptr;
    const T* half_odd = nullptr;
    /// Diffuse walls; null where all bounce back. `bounce`: the part that bounces back all the same.
    const std::int32_t* wall_first = nullptr;
    const std::uint16_t* wall_masks = nullptr;
    T bounce = 1;
};

/// Even step of packs [first, last): collides each site's own populations and leaves them with directions exchanged.
void even_step(const Lattice<double>& lattice, const CollisionRates<double>& rates, std::size_t first,
               std::size_t last);
void even_step(const Lattice<float>& lattice, const CollisionRates<float>& rates, std::size_t first, std::size_t last);

/// Odd step of packs [first, last): gathers from the neighbours, collides, scatters to them. `start`: where in
/// `addresses` those of pack `first` begin.
void odd_step(const Lattice<double>& lattice, const CollisionRates<double>& rates, std::size_t first, std::size_t last,
              std::size_t start);
void odd_step(const Lattice<float>& lattice, const CollisionRates<float>& rates, std::size_t first, std::size_t last,
              std::size_t start);

}  // namespace protolith::flow
