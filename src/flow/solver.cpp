#include "flow/solver.hpp"

#include "flow/collision_rates.hpp"
#include "flow/device_array.hpp"
#include "flow/halo.hpp"
#include "flow/measure.hpp"
#include "flow/pressure_ends.hpp"
#include "flow/site_update.hpp"
#include "flow/slip_walls.hpp"
#include "flow/update.hpp"
#include "flow/wall_packs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace protolith::flow {
namespace {

enum class Step { even, odd };

Sites checked_sites(const Communicator& comm, const Decomposition& decomposition, const PhaseReader& read,
                    const Settings& settings, std::size_t lanes) {
    require(Kokkos::is_initialized(), "a KokkosScope must live before the first flow::Solver");
    check(settings);
    if (settings.ends != Ends::periodic) {
        const Extent& e = decomposition.volume;
        const std::size_t length = settings.end_axis == 0 ? e.x : settings.end_axis == 1 ? e.y : e.z;
        require_input(length >= 3, "{} voxels between pressure ends; expected 3 or more", length);
    }
    Sites sites;
    collectively(comm, [&] { sites = list_sites(comm.rank(), decomposition, read, settings, lanes); });
    return sites;
}

}  // namespace

double Totals::mach() const noexcept { return fastest / std::sqrt(sound_squared); }

template <class T>
struct Solver<T>::State {
    State(const Communicator& communicator, const Decomposition& decomposition, const PhaseReader& read,
          const Settings& s, Kernel kernel)
        : comm(communicator),
          settings(s),
          sites(checked_sites(comm, decomposition, read, s, pack_lanes<T>)),
          rates(collision_rates<T>(s)),
          populations(unfilled<T>("flow populations", sites.slots)),
          halo(comm, sites, populations) {
        fill_at_rest();
        if (settings.ends != Ends::periodic) {
            ends.emplace(sites, settings, populations);
        }
        const bool by_packs = on_host && kernel == Kernel::packs;
        if (by_packs && settings.wall == Wall::diffuse) {
            walls = wall_packs(sites);
            lattice.wall_first = walls.first.data();
            lattice.wall_masks = walls.masks.data();
            lattice.bounce = static_cast<T>(settings.bounce_fraction);
        } else if (settings.wall != Wall::bounce_back) {
            slip.emplace(sites, settings, populations);
        }
        if (by_packs) {
            lattice.populations = populations.data();
            lattice.stride = sites.stride;
            lattice.kinds = sites.kinds.data();
            lattice.addresses = sites.addresses.data();
            lattice.lines = sites.touched.slots.data();
            lattice.line_starts = sites.touched.starts.data();
        } else {
            by_site.emplace(SiteLattice<T>{populations, sites.stride, expand_addresses(sites), {}, {}});
        }
    }

    // At rest: Σ c f = −F/2, so that u = 0 (else closed voxels would swing for ever). Between pressure ends the density
    // is linear.
    void fill_at_rest() {
        std::vector<T> f(sites.slots, T(0));
        const Extent& e = sites.block.extent;
        const std::array<std::size_t, 3> length{sites.volume.x, sites.volume.y, sites.volume.z};
        const auto axis = static_cast<std::size_t>(settings.end_axis);
        for (std::size_t n = 0; n < sites.voxel.size(); ++n) {
            const std::uint32_t v = sites.voxel[n];
            if (v == Sites::no_voxel) continue;
            for (std::size_t k = 0; k < pairs; ++k) {
                f[(2 * k + 1) * sites.stride + n] = T(-0.5) * rates.force.of_pair[k];
                f[(2 * k + 2) * sites.stride + n] = T(0.5) * rates.force.of_pair[k];
            }
            if (settings.ends == Ends::periodic) continue;
            const std::array<std::size_t, 3> at{v % e.x + sites.block.offset.x, v / e.x % e.y + sites.block.offset.y,
                                                v / (e.y * e.x) + sites.block.offset.z};
            const double share = static_cast<double>(at[axis]) / static_cast<double>(length[axis] - 1);
            const double density =
                settings.inlet_density - 1 + share * (settings.outlet_density - settings.inlet_density);
            for (std::size_t q = 0; q < directions; ++q)
                f[q * sites.stride + n] += static_cast<T>(weight(static_cast<int>(q)) * density);
        }
        set(f);
    }

    void set(const std::vector<T>& values) {
        using Host = Kokkos::View<const T*, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>;
        Kokkos::deep_copy(populations, Host(values.data(), values.size()));
    }

    void update(Step step, const Group& group) const {
        if (by_site) {
            const std::size_t first = group.first_pack * sites.lanes, last = group.last_pack * sites.lanes;
            step == Step::even ? even_sites(*by_site, rates, first, last) : odd_sites(*by_site, rates, first, last);
            return;
        }
        const auto chunk = [this, step, &group](std::size_t k) {
            const std::size_t first = group.first_pack + k * Sites::chunk_packs;
            const std::size_t last = std::min(first + Sites::chunk_packs, group.last_pack);
            if (step == Step::even)
                even_step(lattice, rates, first, last);
            else
                odd_step(lattice, rates, first, last, group.starts[k]);
        };
        Kokkos::parallel_for("flow packs",
                             Kokkos::RangePolicy<Kokkos::DefaultHostExecutionSpace>(0, group.starts.size()), chunk);
    }

    // The rim's populations leave as soon as they are there, and come back while the interior is updated.
    void two_steps() {
        update(Step::even, sites.interior);
        halo.finish_return();
        if (ends) ends->before_even();
        update(Step::even, sites.rim);
        halo.start_forward();
        if (slip) slip->blend();
        update(Step::odd, sites.interior);
        halo.finish_forward();
        if (ends) ends->before_odd();
        update(Step::odd, sites.rim);
        halo.start_return();
        if (slip) slip->blend();
        steps += 2;
    }

    const Communicator& comm;
    Settings settings;
    Sites sites;
    CollisionRates<T> rates;
    DeviceArray<T> populations;
    Halo<T> halo;
    std::optional<PressureEnds<T>> ends;
    std::optional<SlipWalls<T>> slip;  // walls blended apart from the collision
    WallPacks walls;                   // walls blended with it
    Lattice<T> lattice;
    LargeArray<T> half_even, half_odd;  // what `lattice` points to
    std::optional<SiteLattice<T>> by_site;
    std::uint64_t steps = 0;
};

template <class T>
Solver<T>::Solver(const Communicator& comm, const Decomposition& decomposition, const PhaseReader& read,
                  const Settings& settings, Kernel kernel)
    : state_(std::make_unique<State>(comm, decomposition, read, settings, kernel)) {}
template <class T>
Solver<T>::~Solver() = default;
template <class T>
Solver<T>::Solver(Solver&&) noexcept = default;

template <class T>
void Solver<T>::advance(std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) state_->two_steps();
    state_->halo.finish_return();
    if (state_->ends) state_->ends->before_even();  // what enters is part of what is measured; once more is the same
}

template <class T>
std::uint64_t Solver<T>::steps() const noexcept {
    return state_->steps;
}

template <class T>
Totals Solver<T>::totals() const {
    const State& s = *state_;
    std::array<double, 4> sums{};
    double fastest = 0;
    for (const Group* group : {&s.sites.rim, &s.sites.interior}) {
        const Totals part =
            sum_sites(s.populations, s.sites.stride, s.rates.force, group->first_pack * s.sites.lanes, group->sites);
        sums[0] += part.density;
        for (std::size_t i = 0; i < 3; ++i) sums[i + 1] += part.momentum[i];
        if (!std::isnan(fastest) && !(part.fastest <= fastest)) fastest = part.fastest;
    }
    s.comm.sum_in_place(sums.data(), sums.size());
    const bool broken = s.comm.any(std::isnan(fastest));
    Totals totals{sums[0], {sums[1], sums[2], sums[3]}, 0};
    totals.fastest = broken ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(s.comm.max(broken ? 0 : fastest));
    return totals;
}

template <class T>
typename Solver<T>::Fields Solver<T>::fields() const {
    const State& s = *state_;
    Fields fields{Volume<T>(s.sites.block.extent), {}};
    fields.speed.fill(fields.density);
    const std::vector<T> f = to_host(s.populations);
    for (std::size_t n = 0; n < s.sites.voxel.size(); ++n) {
        const std::uint32_t v = s.sites.voxel[n];
        if (v == Sites::no_voxel) continue;
        T site[4];
        measure_site(f.data() + n, s.sites.stride, s.rates.force, site);
        fields.density[v] = site[0];
        for (std::size_t i = 0; i < 3; ++i) fields.speed[i][v] = site[i + 1];
    }
    return fields;
}

template <class T>
void Solver<T>::relax_locally(const LocalRelaxation& times) {
    State& s = *state_;
    require(times.even.size() == s.sites.count() && times.odd.size() == s.sites.count(),
            "{} and {} local relaxation times for {} sites", times.even.size(), times.odd.size(), s.sites.count());
    require(!s.rates.many, "local relaxation times with many relaxation times are not implemented");
    s.half_even.assign(s.sites.stride, T(0.5));  // fill-ups: any rate
    s.half_odd.assign(s.sites.stride, T(0.5));
    std::size_t k = 0;
    for (std::size_t n = 0; n < s.sites.voxel.size(); ++n) {
        if (s.sites.voxel[n] == Sites::no_voxel) continue;
        s.half_even[n] = static_cast<T>(0.5 / times.even[k]);
        s.half_odd[n] = static_cast<T>(0.5 / times.odd[k++]);
    }
    if (s.by_site) {
        s.by_site->half_even = to_device("flow even rates", s.half_even);
        s.by_site->half_odd = to_device("flow odd rates", s.half_odd);
    }
    s.lattice.half_even = s.half_even.data();
    s.lattice.half_odd = s.half_odd.data();
}

template <class T>
std::vector<T> Solver<T>::populations() const {
    return to_host(state_->populations);
}

template <class T>
void Solver<T>::restore(const std::vector<T>& populations, std::uint64_t steps) {
    require(populations.size() == state_->sites.slots, "{} populations to restore, {} expected", populations.size(),
            state_->sites.slots);
    state_->set(populations);
    state_->steps = steps;
}

template <class T>
const Sites& Solver<T>::sites() const noexcept {
    return state_->sites;
}
template <class T>
const Settings& Solver<T>::settings() const noexcept {
    return state_->settings;
}
template <class T>
const Communicator& Solver<T>::comm() const noexcept {
    return state_->comm;
}
template <class T>
std::size_t Solver<T>::crossing() const noexcept {
    return state_->halo.crossing();
}

template <class T>
std::size_t Solver<T>::bytes() const noexcept {
    const Sites& s = state_->sites;
    return s.slots * sizeof(T) + s.list_bytes() + s.voxel.size() * sizeof(std::uint32_t) +
           2 * state_->half_even.size() * sizeof(T) + state_->walls.first.size() * sizeof(std::int32_t) +
           state_->walls.masks.size() * sizeof(std::uint16_t);
}

template class Solver<double>;
template class Solver<float>;

}  // namespace protolith::flow
