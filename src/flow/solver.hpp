// Lattice Boltzmann flow through the pores of a segmented volume, over ranks. Units are the lattice's: voxel, step,
// density 1.
#pragma once

#include "base/communicator.hpp"
#include "flow/settings.hpp"
#include "flow/sites.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace protolith::flow {

/// Sums over all pore voxels of all ranks. Speeds hold half the body force.
struct Totals {
    double density = 0;                ///< Σ (ρ − 1)
    std::array<double, 3> momentum{};  ///< Σ u along x, y, z
    double fastest = 0;                ///< largest |u|; not a number if any population is not
    /// Largest speed over the speed of sound.
    double mach() const noexcept;
};

/// Which kernels update the sites: `packs` (the host's SIMD, where the host may), or `sites` one by one in Kokkos'
/// default execution space (GPUs; elsewhere for tests).
enum class Kernel { packs, sites };

/// Relaxation times of each site of this rank: τ of the stress and of the odd part.
struct LocalRelaxation {
    std::vector<double> even, odd;
};

/// T: float or double. Every member function is collective.
template <class T>
class Solver {
  public:
    /// Starts at rest (pressure ends: with the density between them). `comm` must outlive the solver.
    /// InputError for settings that cannot be used.
    Solver(const Communicator& comm, const Decomposition& decomposition, const PhaseReader& read,
           const Settings& settings, Kernel kernel = Kernel::packs);
    ~Solver();
    Solver(Solver&&) noexcept;

    /// Steps are done in pairs: 2·`count` of them.
    void advance(std::size_t count);
    /// Steps done.
    std::uint64_t steps() const noexcept;
    Totals totals() const;

    /// Of every voxel of this rank's block (x fastest), 0 in solid.
    struct Fields {
        Volume<T> density;               ///< ρ − 1
        std::array<Volume<T>, 3> speed;  ///< along x, y, z
    };
    Fields fields() const;

    /// Pores' relaxation times from now on; in the order of Sites::voxel without fill-ups. TRT or BGK alone.
    void relax_locally(const LocalRelaxation& times);

    /// All populations of this rank, to be kept in a checkpoint, and taken from one; bit for bit at equal ranks.
    std::vector<T> populations() const;
    void restore(const std::vector<T>& populations, std::uint64_t steps);

    const Sites& sites() const noexcept;
    const Settings& settings() const noexcept;
    const Communicator& comm() const noexcept;
    /// Bytes of populations, addresses and voxels of this rank.
    std::size_t bytes() const noexcept;
    /// Numbers that this rank sends in one message to all neighbours.
    std::size_t crossing() const noexcept;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

extern template class Solver<double>;
extern template class Solver<float>;

}  // namespace protolith::flow
