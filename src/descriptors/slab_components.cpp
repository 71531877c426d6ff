#include "descriptors/slab_components.hpp"

#include <algorithm>
#include <bit>
#include <climits>
#include <cstring>
#include <numeric>

namespace protolith::descriptors {
namespace {

/// In a slab of one plane neighbours are those of an image.
Connectivity connectivity_of(const Extent& extent, Connectivity connectivity) {
    if (extent.z > 1) return connectivity;
    return connectivity == Connectivity::six ? Connectivity::four : Connectivity::eight;
}

std::vector<ComponentFacts> facts_of(const PhaseSlab& slab, const Components& local) {
    std::vector<ComponentFacts> facts(local.count);
    const Extent& whole = slab.whole;
    for (std::size_t row = 0; row < local.image.rows(); ++row) {
        const std::size_t z = slab.planes.first + row / whole.y, y = row % whole.y;
        const std::uint64_t faces_of_row =
            (z == 0 ? 1u : 0u) | (y == 0 ? 2u : 0u) | (z + 1 == whole.z ? 8u : 0u) | (y + 1 == whole.y ? 16u : 0u);
        for (std::uint32_t i = local.image.row_begin[row]; i < local.image.row_begin[row + 1]; ++i) {
            const Run run = local.image.runs[i];
            ComponentFacts& of = facts[local.label[i] - 1];
            of.voxels += run.last - run.first;
            of.faces |= faces_of_row | (run.first == 0 ? 4u : 0u) | (run.last == whole.x ? 32u : 0u);
        }
    }
    return facts;
}

/// A run of a slab's outermost plane, as the neighbour hears of it.
struct FaceRun {
    std::uint32_t row, first, last, label;
};

std::vector<FaceRun> face_runs(const Components& local, std::size_t plane) {
    std::vector<FaceRun> runs;
    const std::size_t rows = local.image.extent.y;
    for (std::size_t y = 0; y < rows; ++y)
        for (std::uint32_t i = local.image.row_begin[plane * rows + y]; i < local.image.row_begin[plane * rows + y + 1];
             ++i)
            runs.push_back(
                {static_cast<std::uint32_t>(y), local.image.runs[i].first, local.image.runs[i].last, local.label[i]});
    return runs;
}

/// The last plane of the slab before this rank's one; nothing if there is none. Collective.
std::vector<FaceRun> runs_before(const Communicator& comm, const PhaseSlab& slab, const Components& local) {
    const bool sends = !slab.empty() && slab.planes.last < slab.whole.z,
               receives = !slab.empty() && slab.planes.first > 0;
    std::vector<FaceRun> mine, theirs;
    if (sends) mine = face_runs(local, slab.voxels.extent().z - 1);
    const int after = sends ? comm.rank() + 1 : MPI_PROC_NULL, before = receives ? comm.rank() - 1 : MPI_PROC_NULL;
    std::uint64_t count = mine.size(), expected = 0;
    MPI_Sendrecv(&count, 1, MPI_UINT64_T, after, 0, &expected, 1, MPI_UINT64_T, before, 0, comm.handle(),
                 MPI_STATUS_IGNORE);
    theirs.resize(expected);
    static_assert(sizeof(FaceRun) == 4 * sizeof(std::uint32_t));
    require(4 * std::max(count, expected) < INT_MAX, "{} runs in a face are too many for one message",
            std::max(count, expected));
    MPI_Sendrecv(mine.data(), static_cast<int>(4 * count), MPI_UINT32_T, after, 1, theirs.data(),
                 static_cast<int>(4 * expected), MPI_UINT32_T, before, 1, comm.handle(), MPI_STATUS_IGNORE);
    return theirs;
}

/// A component of the slab before, and one of this slab that touches it, by their labels.
using Contact = std::array<std::uint64_t, 2>;

void add_contacts(const std::vector<FaceRun>& before, const std::vector<FaceRun>& here, int dy, bool diagonal,
                  std::vector<Contact>& contacts) {
    const std::uint32_t reach = diagonal ? 1 : 0;
    std::size_t k = 0;
    for (const FaceRun& run : here) {
        const std::int64_t row = static_cast<std::int64_t>(run.row) + dy;
        const auto earlier = [&](const FaceRun& other) {
            return static_cast<std::int64_t>(other.row) < row ||
                   (static_cast<std::int64_t>(other.row) == row && other.last + reach <= run.first);
        };
        while (k < before.size() && earlier(before[k])) ++k;
        for (std::size_t i = k;
             i < before.size() && static_cast<std::int64_t>(before[i].row) == row && before[i].first < run.last + reach;
             ++i)
            contacts.push_back({before[i].label, run.label});
    }
}

/// Contacts across the face to the slab before, each once. Collective.
std::vector<Contact> contacts_before(const Communicator& comm, const PhaseSlab& slab, const Components& local,
                                     Connectivity connectivity) {
    const auto before = runs_before(comm, slab, local);
    if (slab.empty() || before.empty()) return {};
    const auto here = face_runs(local, 0);
    std::vector<Contact> contacts;
    for (const auto& step : detail::earlier_rows(connectivity))
        if (step.dz == -1) add_contacts(before, here, step.dy, step.diagonal, contacts);
    std::sort(contacts.begin(), contacts.end());
    contacts.erase(std::unique(contacts.begin(), contacts.end()), contacts.end());
    return contacts;
}

/// Runs of the volume's last plane, on rank 0; nothing elsewhere. Collective.
std::vector<FaceRun> runs_of_last_plane(const Communicator& comm, const PhaseSlab& slab, const Components& local) {
    const int last = static_cast<int>(std::min(static_cast<std::size_t>(comm.size()), slab.whole.z)) - 1;
    std::vector<FaceRun> runs;
    if (comm.rank() == last) runs = face_runs(local, slab.voxels.extent().z - 1);
    if (last == 0) return comm.is_root() ? runs : std::vector<FaceRun>{};
    if (comm.rank() == last) {
        require(4 * runs.size() < INT_MAX, "{} runs in a face are too many for one message", runs.size());
        MPI_Send(runs.data(), static_cast<int>(4 * runs.size()), MPI_UINT32_T, 0, 2, comm.handle());
        return {};
    }
    if (!comm.is_root()) return {};
    MPI_Status status;
    int numbers = 0;
    MPI_Probe(last, 2, comm.handle(), &status);
    MPI_Get_count(&status, MPI_UINT32_T, &numbers);
    runs.resize(static_cast<std::size_t>(numbers) / 4);
    MPI_Recv(runs.data(), numbers, MPI_UINT32_T, last, 2, comm.handle(), MPI_STATUS_IGNORE);
    return runs;
}

/// Contacts of a slab with itself across the edges of rows and columns, by its labels.
std::vector<Contact> contacts_around(const PhaseSlab& slab, const Components& local, const Wrap& wrap) {
    std::vector<Contact> contacts;
    const auto& image = local.image;
    const auto runs_of = [&](std::size_t row) {
        std::vector<FaceRun> runs;
        for (std::uint32_t i = image.row_begin[row]; i < image.row_begin[row + 1]; ++i)
            runs.push_back({0, image.runs[i].first, image.runs[i].last, local.label[i]});
        return runs;
    };
    const std::size_t ny = slab.whole.y;
    for (std::size_t row = 0; wrap.x && row < image.rows(); ++row) {
        const std::uint32_t first = image.row_begin[row], end = image.row_begin[row + 1];
        if (first < end && image.runs[first].first == 0 && image.runs[end - 1].last == slab.whole.x)
            contacts.push_back({local.label[end - 1], local.label[first]});
    }
    for (std::size_t z = 0; wrap.y && z < slab.planes.size(); ++z)
        add_contacts(runs_of(z * ny + ny - 1), runs_of(z * ny), 0, false, contacts);
    return contacts;
}

/// The values of all ranks in rank order, on every rank. Collective.
template <class T>
std::vector<T> gathered(const Communicator& comm, const std::vector<T>& mine) {
    std::vector<T> all;
    for (const std::string& bytes :
         comm.all_gather({reinterpret_cast<const char*>(mine.data()), mine.size() * sizeof(T)})) {
        const std::size_t before = all.size();
        all.resize(before + bytes.size() / sizeof(T));
        if (!bytes.empty()) std::memcpy(all.data() + before, bytes.data(), bytes.size());
    }
    return all;
}

/// The components that touch a face between slabs, and to which of them each belongs.
class Joined {
  public:
    explicit Joined(const std::vector<Contact>& contacts) {
        for (const Contact& c : contacts) ids_.insert(ids_.end(), c.begin(), c.end());
        std::sort(ids_.begin(), ids_.end());
        ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
        parent_.resize(ids_.size());
        std::iota(parent_.begin(), parent_.end(), std::size_t{0});
        for (const Contact& c : contacts) {
            const std::size_t a = root(index(c[0])), b = root(index(c[1]));
            parent_[std::max(a, b)] = std::min(a, b);
        }
        for (std::size_t i = 0; i < parent_.size(); ++i) parent_[i] = parent_[parent_[i]];  // parents come first
    }

    std::size_t size() const noexcept { return ids_.size(); }
    std::size_t roots() const {
        std::size_t count = 0;
        for (std::size_t i = 0; i < parent_.size(); ++i) count += parent_[i] == i ? 1 : 0;
        return count;
    }
    std::uint64_t id(std::size_t i) const { return ids_[i]; }
    std::size_t parent(std::size_t i) const { return parent_[i]; }
    /// First index whose id is not below.
    std::size_t from(std::uint64_t id) const {
        return static_cast<std::size_t>(std::lower_bound(ids_.begin(), ids_.end(), id) - ids_.begin());
    }

  private:
    std::size_t index(std::uint64_t id) const { return from(id); }
    std::size_t root(std::size_t i) {
        while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
        return i;
    }

    std::vector<std::uint64_t> ids_;
    std::vector<std::size_t> parent_;
};

/// Puts the parts of joined components together: facts of the whole to every label. Collective.
void unite(const Communicator& comm, const Joined& joined, std::uint64_t offset, SlabComponents& result) {
    std::vector<std::uint64_t> voxels(joined.size(), 0), faces(joined.size(), 0);
    const std::size_t begin = joined.from(offset), end = joined.from(offset + result.local.count);
    for (std::size_t i = begin; i < end; ++i) {
        const ComponentFacts& part = result.facts[joined.id(i) - offset];
        voxels[joined.parent(i)] += part.voxels;
        faces[joined.parent(i)] |= part.faces;
    }
    comm.sum_in_place(voxels.data(), voxels.size());
    require(faces.size() < INT_MAX, "{} components touch faces: too many", faces.size());
    MPI_Allreduce(MPI_IN_PLACE, faces.data(), static_cast<int>(faces.size()), MPI_UINT64_T, MPI_BOR, comm.handle());
    for (std::size_t i = begin; i < end; ++i) {
        const std::size_t label = joined.id(i) - offset;
        result.facts[label] = {voxels[joined.parent(i)], faces[joined.parent(i)]};
        result.first[label] = joined.parent(i) == i ? 1 : 0;
    }
}

}  // namespace

SlabComponents connect_slabs(const Communicator& comm, const PhaseSlab& slab, Connectivity connectivity,
                             const Wrap& wrap) {
    SlabComponents result;
    collectively(comm, [&] {
        require_input(connectivity == Connectivity::six || connectivity == Connectivity::eighteen ||
                          connectivity == Connectivity::twenty_six,
                      "connectivity {} does not suit a volume: expected 6, 18 or 26", static_cast<int>(connectivity));
        require_input(!wrap.any() || connectivity == Connectivity::six,
                      "connectivity {} of a volume that repeats: expected 6, faces alone",
                      static_cast<int>(connectivity));
        if (slab.empty()) return;
        result.local = label_components(slab.voxels, connectivity_of(slab.voxels.extent(), connectivity));
        result.facts = facts_of(slab, result.local);
        result.first.assign(result.local.count, 1);
    });
    auto contacts = contacts_before(comm, slab, result.local, connectivity);
    std::vector<std::uint64_t> counts = gathered(comm, std::vector<std::uint64_t>{result.local.count});
    const auto me = static_cast<std::size_t>(comm.rank());
    const std::uint64_t offset =
        std::accumulate(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(me), std::uint64_t{0});
    for (Contact& c : contacts) c = {offset - counts[me - 1] + c[0] - 1, offset + c[1] - 1};
    if (!slab.empty())
        for (const Contact& c : contacts_around(slab, result.local, wrap))
            contacts.push_back({offset + c[0] - 1, offset + c[1] - 1});
    if (wrap.z) {
        const auto last_plane = runs_of_last_plane(comm, slab, result.local);
        std::vector<Contact> across;
        if (!last_plane.empty()) add_contacts(last_plane, face_runs(result.local, 0), 0, false, across);
        const std::size_t last = std::min(counts.size(), slab.whole.z) - 1;  // the rank that holds the last plane
        const std::uint64_t before =
            std::accumulate(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(last), std::uint64_t{0});
        for (const Contact& c : across) contacts.push_back({before + c[0] - 1, c[1] - 1});
    }
    std::sort(contacts.begin(), contacts.end());
    contacts.erase(std::unique(contacts.begin(), contacts.end()), contacts.end());
    const Joined joined(gathered(comm, contacts));
    unite(comm, joined, offset, result);
    result.count = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) - (joined.size() - joined.roots());
    return result;
}

std::vector<ComponentFacts> largest_components(const Communicator& comm, const SlabComponents& components,
                                               std::size_t most) {
    const auto larger = [](const ComponentFacts& a, const ComponentFacts& b) {
        return a.voxels != b.voxels ? a.voxels > b.voxels : a.faces > b.faces;
    };
    std::vector<ComponentFacts> mine;
    for (std::size_t i = 0; i < components.facts.size(); ++i)
        if (components.first[i]) mine.push_back(components.facts[i]);
    const auto cut = [&](std::vector<ComponentFacts>& facts) {
        const auto kept = static_cast<std::ptrdiff_t>(std::min(most, facts.size()));
        std::partial_sort(facts.begin(), facts.begin() + kept, facts.end(), larger);
        facts.resize(static_cast<std::size_t>(kept));
    };
    cut(mine);
    auto all = gathered(comm, mine);
    cut(all);
    return all;
}

std::vector<std::uint64_t> size_classes(const Communicator& comm, const SlabComponents& components) {
    std::vector<std::uint64_t> classes(64, 0);
    for (std::size_t i = 0; i < components.facts.size(); ++i)
        if (components.first[i]) ++classes[static_cast<std::size_t>(std::bit_width(components.facts[i].voxels)) - 1];
    comm.sum_in_place(classes.data(), classes.size());
    while (!classes.empty() && classes.back() == 0) classes.pop_back();
    return classes;
}

}  // namespace protolith::descriptors
