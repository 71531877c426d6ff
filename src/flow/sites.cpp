#include "flow/sites.hpp"

#include "flow/pack_addresses.hpp"
#include "flow/surroundings.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace protolith::flow {
namespace {

// A link to another rank as this one sees it. Sorted by the site and direction on the side of the lower rank, it
// stands at the same place in both ranks' lists.
struct Link {
    std::uint64_t site_key = 0;
    int direction_key = 0;
    std::int32_t site = 0;
    int direction = 0;
    bool operator<(const Link& other) const noexcept {
        return std::tie(site_key, direction_key) < std::tie(other.site_key, other.direction_key);
    }
};

class Builder {
  public:
    Builder(int rank, const Decomposition& decomposition, const PhaseReader& read, const Settings& settings,
            std::size_t lanes)
        : rank_(rank), around_(rank, decomposition, read, settings), end_axis_(settings.end_axis) {
        sites_.volume = decomposition.volume;
        sites_.block = around_.block();
        sites_.lanes = lanes;
        for (const auto pores : decomposition.pores) sites_.volume_sites += pores;
    }

    Sites build() {
        number_sites();
        find_links();
        LineList lines(sites_.slots, lanes());
        compress(sites_.rim, lines);
        compress(sites_.interior, lines);
        sites_.touched = lines.finish();
        return std::move(sites_);
    }

  private:
    std::size_t lanes() const noexcept { return sites_.lanes; }
    Position voxel_position(std::uint32_t v) const noexcept {
        const Extent& e = sites_.block.extent;
        return {v / (e.y * e.x), v / e.x % e.y, v % e.x};
    }
    Surroundings::Neighbour upstream(std::size_t site, int q) const {
        const Position p = voxel_position(sites_.voxel[site]);
        return around_.upstream(p.z, p.y, p.x, q);
    }
    std::int32_t slot(int q, std::size_t site) const noexcept {
        return static_cast<std::int32_t>(static_cast<std::size_t>(q) * sites_.stride + site);
    }

    bool on_rim(const Position& p) const {
        const Extent& e = sites_.block.extent;
        if (p.z > 0 && p.y > 0 && p.x > 0 && p.z + 1 < e.z && p.y + 1 < e.y && p.x + 1 < e.x) return false;
        for (int q = 1; q < directions; ++q) {
            const auto kind = around_.upstream(p.z, p.y, p.x, q).kind;
            if (kind == Surroundings::Kind::other_rank || kind == Surroundings::Kind::end) return true;
        }
        return false;
    }

    // Rim first, both in the order of the voxels and filled up to whole packs.
    void number_sites() {
        const Extent& e = sites_.block.extent;
        require(e.count() < Sites::no_voxel, "block {} has too many voxels for 32 bits", to_string(sites_.block));
        std::vector<std::uint32_t> interior;
        for (std::uint32_t v = 0; v < e.count(); ++v) {
            const Position p = voxel_position(v);
            if (!around_.pore(p.z, p.y, p.x)) continue;
            (on_rim(p) ? sites_.voxel : interior).push_back(v);
        }
        const auto fill_up = [&](Group& group, std::size_t first, std::size_t sites) {
            group.sites = sites;
            group.first_pack = first / lanes();
            group.last_pack = group.first_pack + (sites + lanes() - 1) / lanes();
            sites_.voxel.resize(group.last_pack * lanes(), Sites::no_voxel);
        };
        fill_up(sites_.rim, 0, sites_.voxel.size());
        const std::size_t first = sites_.voxel.size();
        sites_.voxel.insert(sites_.voxel.end(), interior.begin(), interior.end());
        fill_up(sites_.interior, first, interior.size());
        // The 19 streams must not fall on the same sets of the cache: an odd number of cache lines, and not one.
        sites_.stride = (sites_.voxel.size() + 64 * lanes() - 1) / (64 * lanes()) * 64 * lanes() + 13 * lanes();
        require_addresses(directions * sites_.stride);
        site_of_.assign(e.count(), -1);
        for (std::size_t s = 0; s < sites_.voxel.size(); ++s)
            if (sites_.voxel[s] != Sites::no_voxel) site_of_[sites_.voxel[s]] = static_cast<std::int32_t>(s);
    }

    void require_addresses(std::size_t slots) const {
        require_input(slots + lanes() < std::size_t{std::numeric_limits<std::int32_t>::max()},
                      "{} pore voxels on rank {}; expected at most 113 million a rank: use more ranks", sites_.count(),
                      rank_);
    }

    std::int32_t site_at(const Position& p) const {
        const Block& b = sites_.block;
        return site_of_[((p.z - b.offset.z) * b.extent.y + p.y - b.offset.y) * b.extent.x + p.x - b.offset.x];
    }

    void find_links() {
        std::map<int, std::vector<Link>> links;
        for (std::size_t s = 0; s < sites_.rim.sites; ++s) {
            const Position p = voxel_position(sites_.voxel[s]);
            const Block& b = sites_.block;
            const std::uint64_t here = around_.index({p.z + b.offset.z, p.y + b.offset.y, p.x + b.offset.x});
            bool at_end = false;
            for (int q = 1; q < directions; ++q) {
                const auto n = upstream(s, q);
                at_end = at_end || n.kind == Surroundings::Kind::end;
                if (n.kind != Surroundings::Kind::other_rank) continue;
                const bool low = rank_ < n.rank;
                links[n.rank].push_back(
                    {low ? here : around_.index(n.at), low ? q : opposite(q), static_cast<std::int32_t>(s), q});
            }
            if (at_end) add_end(s, p);
        }
        halo_of_.assign(sites_.rim.last_pack * lanes() * directions, -1);
        std::size_t next = directions * sites_.stride;
        for (auto& [other, list] : links) {
            std::sort(list.begin(), list.end());
            Crossing crossing{other, {}, next};
            require_addresses(next + list.size());
            for (const Link& link : list) {
                crossing.slots.push_back(slot(link.direction, static_cast<std::size_t>(link.site)));
                halo_of_[static_cast<std::size_t>(link.site * directions + link.direction)] =
                    static_cast<std::int32_t>(next++);
            }
            sites_.crossings.push_back(std::move(crossing));
        }
        sites_.slots = next + lanes();
    }

    void add_end(std::size_t s, const Position& p) {
        const std::array<std::size_t, 3> at{p.x + sites_.block.offset.x, p.y + sites_.block.offset.y,
                                            p.z + sites_.block.offset.z};
        sites_.ends.push_back({static_cast<std::int32_t>(s), at[static_cast<std::size_t>(end_axis_)] == 0});
    }

    std::int32_t address(std::size_t site, int q) const {
        if (sites_.voxel[site] == Sites::no_voxel) return slot(q, site);
        const auto n = upstream(site, q);
        switch (n.kind) {
            case Surroundings::Kind::mine:
                return slot(opposite(q), static_cast<std::size_t>(site_at(n.at)));
            case Surroundings::Kind::other_rank:
                return halo_of_[site * directions + static_cast<std::size_t>(q)];
            default:
                return slot(q, site);
        }
    }

    void compress(Group& group, LineList& lines) {
        std::vector<std::int32_t> at(directions * lanes());
        for (std::size_t pack = group.first_pack; pack < group.last_pack; ++pack) {
            if ((pack - group.first_pack) % Sites::chunk_packs == 0) group.starts.push_back(sites_.addresses.size());
            const std::size_t first = pack * lanes();
            for (int q = 1; q < directions; ++q)
                for (std::size_t l = 0; l < lanes(); ++l)
                    at[static_cast<std::size_t>(q - 1) * lanes() + l] = address(first + l, q);
            at[links * lanes()] = slot(0, first);
            lines.add(at.data(), links * lanes() + 1);
            sites_.kinds.push_back(static_cast<std::uint8_t>(
                append_pack(at.data(), lanes(), slot(0, first), sites_.stride, sites_.addresses)));
        }
    }

    int rank_;
    Surroundings around_;
    int end_axis_;
    Sites sites_;
    std::vector<std::int32_t> site_of_;  // of each voxel of the block; -1 if solid
    std::vector<std::int32_t> halo_of_;  // of each rim site and direction
};

}  // namespace

double Sites::run_share() const noexcept {
    const auto runs = std::count(kinds.begin(), kinds.end(), std::uint8_t{0});
    return kinds.empty() ? 1 : static_cast<double>(runs) / static_cast<double>(kinds.size());
}

std::size_t Sites::list_bytes() const noexcept {
    return kinds.size() + sizeof(std::int32_t) * (addresses.size() + touched.slots.size() + touched.starts.size());
}

Sites list_sites(int rank, const Decomposition& decomposition, const PhaseReader& read, const Settings& settings,
                 std::size_t lanes) {
    return Builder(rank, decomposition, read, settings, lanes).build();
}

Addresses::Addresses(const Sites& sites) : sites_(sites) {
    std::size_t at = 0;
    for (const auto kind : sites.kinds) {
        pack_start_.push_back(at);
        at += words_of(kind, sites.lanes);
    }
}

std::int32_t Addresses::operator()(std::size_t site, int q) const noexcept {
    const std::size_t pack = site / sites_.lanes, lane = site % sites_.lanes;
    return address_in(sites_.addresses.data() + pack_start_[pack], sites_.kinds[pack], sites_.lanes,
                      static_cast<std::int32_t>(pack * sites_.lanes), sites_.stride, q, lane);
}

}  // namespace protolith::flow
