// What a reconstruction by simulated annealing is asked to do (Yeong & Torquato 1998, Phys. Rev. E 57, 495).
#pragma once

#include "anneal/terms/feature.hpp"
#include "volume/volume.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace protolith::anneal {

/// Which voxels a trial swaps.
enum class Selection {
    uniform,   ///< any voxel of either phase (the paper)
    interface  ///< voxels with a neighbour of the other phase
};

/// Descriptors that the energy can hold.
enum class TermKind {
    two_point,           ///< S2 along rows and columns (and planes' normals)
    two_point_diagonal,  ///< S2 along both diagonals; r counts diagonal steps of √2 pixels
    triangle_rows,       ///< P3H
    triangle_columns,    ///< P3V
    square,              ///< P4
    hexagon,             ///< P6
    lineal_path,         ///< L
    clusters             ///< C2
};
std::string_view to_string(TermKind kind);

struct TermSettings {
    TermKind kind = TermKind::two_point;
    double weight = 1.0;
    std::size_t range = 0;        ///< largest lag R, pixels; 0: half the shorter side
    FeatureOptions options = {};  ///< vertex rule of polygons, connectivity of clusters
};

/// Temperatures T_k = T0 α^k. The temperature has the unit of the energy.
struct Schedule {
    double initial_temperature = 1e-7;  ///< T0
    double cooling = 0.97;              ///< α
    std::uint32_t stages = 250;
    std::uint64_t trials_per_stage = 0;  ///< 0: two per voxel

    /// The paper's: T0 = 1e-7, α = 0.97, 250 stages (it does not give the trials per stage).
    static Schedule published();
    /// T0 = 1e-8 at 128², α = 0.9, 80 stages of four trials a voxel: with interface selection S2 of 128² is met to 1e-7
    /// in some 25 stages. T0 falls with the square of the voxels, as the energy of one swap does.
    static Schedule fast(const Extent& extent);
};

struct Settings {
    Extent extent{1, 128, 128};
    std::uint64_t seed = 1;
    std::vector<TermSettings> terms{TermSettings{}};
    Selection selection = Selection::uniform;
    Schedule schedule = Schedule::published();
    double energy_threshold = 1e-7;     ///< stop when the energy is below; 0: never
    double acceptance_threshold = 0.0;  ///< stop when a stage accepts a smaller share of its trials; 0: never
    /// S2 alone: below this acceptance candidates are evaluated in blocks, where trials share voxels and so are not
    /// independent; 0: never.
    double block_acceptance = 0.02;
    /// Multigrid start: levels of halved resolution, the finest included (Karsanina & Gerke 2018, Phys. Rev. Lett. 121,
    /// 265501); 1: none.
    std::uint32_t levels = 1;

    /// Extent of a level, 0 being the coarsest and levels − 1 the extent itself.
    Extent level_extent(std::uint32_t level) const;
    /// Largest lag of a term on an extent: its own, or half the shorter side.
    std::size_t range_of(const TermSettings& term, const Extent& on) const;
    /// Trials of a stage on an extent.
    std::uint64_t trials_on(const Extent& on) const;
    /// First temperature on a coarser extent: T0 times the square of the ratio of voxels, as the energy of one swap.
    double temperature_on(const Extent& on) const;
    /// Energy below which a coarser extent is done: the threshold times the ratio of voxels, as the scatter of S2.
    double threshold_on(const Extent& on) const;
};

/// Refuses settings that cannot be run, naming what was found and what is possible.
void validate(const Settings& settings);

}  // namespace protolith::anneal
