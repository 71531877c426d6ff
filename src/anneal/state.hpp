// What one reconstruction is between two stages. A reconstruction goes on from its state exactly as if it had not been
// interrupted, on any rank.
#pragma once

#include "volume/volume.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace protolith::anneal {

enum class Outcome : std::uint32_t { running, energy_reached, stages_done, acceptance_low };
std::string_view to_string(Outcome outcome);

/// One line of the history.
struct StageRecord {
    std::uint32_t level = 0, stage = 0;
    double temperature = 0;  ///< of the stage
    double energy = 0;       ///< at its end, from counts
    double acceptance = 0;   ///< accepted share of the trials
    std::uint64_t trials = 0;
    bool operator==(const StageRecord&) const = default;
};

/// The lists of candidates are in raster order between stages, so the volume gives them; counts follow from it too, and
/// are checked against the energy when a reconstruction goes on.
struct State {
    std::uint32_t item = 0;
    Outcome outcome = Outcome::running;
    std::uint32_t level = 0, stage = 0;  ///< the next to run
    double temperature = 0;              ///< of the next stage
    std::uint64_t random_position = 0;   ///< words drawn from the item's stream
    double energy = 0;                   ///< of `volume`
    PhaseVolume volume;                  ///< at the present level
    double best_energy = 0;              ///< of `best`
    PhaseVolume best;                    ///< lowest energy at the end of a stage of the finest level; empty before
    std::vector<StageRecord> history;

    bool finished() const noexcept { return outcome != Outcome::running; }
    bool operator==(const State&) const = default;
};

/// The state as bytes, the same on every rank: voxels as bits, numbers as they are in memory.
std::vector<std::byte> pack(const State& state);
/// Throws Error when the bytes are not those of a whole state.
State unpack(std::span<const std::byte> bytes);

}  // namespace protolith::anneal
