// The fluid sites of one rank and where each finds its neighbours' populations.
//
// Populations lie by direction, site n of direction q at q·stride + n. Between the steps of a pair they lie as the AA
// pattern leaves them (Bailey et al. 2009, ICPP, 550): the even step reads and writes the site itself, with the
// directions exchanged; the odd step reads direction q where the upstream neighbour left it and writes there what
// leaves in the opposite direction. The address is then
//     (opposite q, n − c_q)   if that neighbour is fluid,
//     (q, n)                  if it is solid: half-way bounce-back, or lies beyond a pressure end,
//     a slot of the halo      if it belongs to another rank.
// Sites that see another rank or an end come first (the rim), so that the others need not wait. Rim and interior each
// fill whole packs; sites that fill up keep to themselves.
#pragma once

#include "flow/decomposition.hpp"
#include "flow/lattice.hpp"
#include "flow/settings.hpp"
#include "flow/touched_lines.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace protolith::flow {

/// Packs [first, last) of a group of sites, cut into chunks for threads; addresses of chunk k begin at starts[k].
struct Group {
    std::size_t first_pack = 0, last_pack = 0;
    std::size_t sites = 0;
    std::vector<std::size_t> starts;
};

/// Populations that cross to one rank: slots of its own that the other reads and fills in odd steps, and the range of
/// the halo that stands for the other's slots. Both ranks list the same links in the same order.
struct Crossing {
    int rank = 0;
    std::vector<std::int32_t> slots;
    std::size_t halo_first = 0;
};

/// A site at a pressure end; `inlet` or outlet.
struct EndSite {
    std::int32_t site = 0;
    bool inlet = true;
};

struct Sites {
    static constexpr std::size_t chunk_packs = 128;

    Extent volume;
    Block block;
    std::size_t lanes = 8;           ///< sites in a pack
    std::size_t stride = 0;          ///< from one direction to the next
    std::size_t slots = 0;           ///< populations and halo
    std::uint64_t volume_sites = 0;  ///< of all ranks
    Group rim, interior;
    /// Voxel in the block (x fastest) of each site, filled-up packs included: no_voxel there.
    std::vector<std::uint32_t> voxel;
    static constexpr std::uint32_t no_voxel = ~std::uint32_t{0};
    /// Of each pack, how its addresses are listed (flow/pack_addresses.hpp), and the lists one after the other.
    std::vector<std::uint8_t> kinds;
    std::vector<std::int32_t> addresses;
    TouchedLines touched;
    std::vector<Crossing> crossings;
    std::vector<EndSite> ends;

    std::size_t packs() const noexcept { return interior.last_pack; }
    std::size_t count() const noexcept { return rim.sites + interior.sites; }
    /// Share of packs whose every direction is one run.
    double run_share() const noexcept;
    /// Of the lists that the update reads.
    std::size_t list_bytes() const noexcept;
};

/// The sites of this rank. `lanes`: sites in a pack. InputError if a rank has more sites than 31-bit addresses reach
/// (113 million). Not collective, but every rank must call it with the same decomposition.
Sites list_sites(int rank, const Decomposition& decomposition, const PhaseReader& read, const Settings& settings,
                 std::size_t lanes);

/// The address of direction q (1 to 18) of a site, from the compressed list: for tests and for what visits few sites.
class Addresses {
  public:
    explicit Addresses(const Sites& sites);
    std::int32_t operator()(std::size_t site, int q) const noexcept;

  private:
    const Sites& sites_;
    std::vector<std::size_t> pack_start_;  // in sites_.addresses
};

}  // namespace protolith::flow
