#include "descriptors/teams.hpp"

namespace protolith::descriptors {
namespace {

int team_of(const Communicator& comm, std::size_t items) {
    const bool enough = items == 0 || items >= static_cast<std::size_t>(comm.size());
    return enough ? comm.rank() : comm.rank() % static_cast<int>(items);
}

ItemRange items_of(const Communicator& comm, std::size_t items) {
    if (items == 0 || items >= static_cast<std::size_t>(comm.size())) return comm.share(items);
    const auto team = static_cast<std::size_t>(team_of(comm, items));
    return {team, team + 1};
}

}  // namespace

Teams::Teams(const Communicator& comm, std::size_t items)
    : mine_(Communicator::split(comm, team_of(comm, items))), items_(items_of(comm, items)) {}

PhaseVolume load_once(const Communicator& team, const std::function<PhaseVolume()>& load) {
    PhaseVolume image;
    on_root(team, [&] { image = load(); });
    if (team.size() == 1) return image;
    Extent extent = image.extent();
    team.broadcast(&extent, sizeof extent);
    collectively(team, [&] {
        if (!team.is_root()) image = PhaseVolume::unfilled(extent);
    });
    team.broadcast(image.data(), image.size());
    return image;
}

}  // namespace protolith::descriptors
