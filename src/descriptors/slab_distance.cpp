#include "descriptors/slab_distance.hpp"

#include "descriptors/distance.hpp"
#include "descriptors/distance_passes.hpp"
#include "descriptors/local_thickness.hpp"
#include "descriptors/medial_balls.hpp"

#include <algorithm>
#include <climits>
#include <cmath>
#include <limits>
#include <numeric>

namespace protolith::descriptors {
namespace {

/// Counts and offsets, by rank, of one all-to-all exchange.
struct Counts {
    std::vector<int> count, offset;

    explicit Counts(int ranks) : count(static_cast<std::size_t>(ranks)), offset(static_cast<std::size_t>(ranks)) {}
    /// Offsets from counts; returns the sum.
    std::size_t place() {
        std::size_t sum = 0;
        for (std::size_t r = 0; r < count.size(); ++r) {
            require(sum < INT_MAX, "{} pieces are too many for one exchange", sum);
            offset[r] = static_cast<int>(sum);
            sum += static_cast<std::size_t>(count[r]);
        }
        require(sum < INT_MAX, "{} pieces are too many for one exchange", sum);
        return sum;
    }
};

/// An MPI type of `count` equal elements, by RAII.
class RunType {
  public:
    RunType(std::size_t count, MPI_Datatype element) {
        MPI_Type_contiguous(static_cast<int>(count), element, &type_);
        MPI_Type_commit(&type_);
    }
    ~RunType() { MPI_Type_free(&type_); }
    RunType(const RunType&) = delete;
    RunType& operator=(const RunType&) = delete;
    MPI_Datatype get() const noexcept { return type_; }

  private:
    MPI_Datatype type_ = MPI_DATATYPE_NULL;
};

ItemRange share_of(int rank, int ranks, std::size_t count) {
    const auto r = static_cast<std::size_t>(rank), all = static_cast<std::size_t>(ranks);
    const std::size_t base = count / all, extra = count % all, first = r * base + std::min(r, extra);
    return {first, first + base + (r < extra ? 1 : 0)};
}

/// A volume in slabs of planes, turned into slabs of rows (all planes of some rows) and back.
class Turned {
  public:
    Turned(const Communicator& comm, const Slab<std::uint32_t>& slab)
        : comm_(comm), whole_(slab.whole), planes_(slab.planes), out_(comm.size()), in_(comm.size()) {
        const auto mine = comm.share(whole_.y);
        rows_here_ = mine.size();
        for (int r = 0; r < comm.size(); ++r) {
            const auto rows = share_of(r, comm.size(), whole_.y), planes = share_of(r, comm.size(), whole_.z);
            out_.count[static_cast<std::size_t>(r)] = static_cast<int>(planes_.size() * rows.size());
            in_.count[static_cast<std::size_t>(r)] = static_cast<int>(planes.size() * rows_here_);
        }
        out_.place();
        in_.place();
    }

    std::size_t rows_here() const noexcept { return rows_here_; }

    /// (planes, rows, X) of this rank to (Z, rows_here, X).
    LargeArray<std::uint32_t> forth(const Volume<std::uint32_t>& slab) const {
        LargeArray<std::uint32_t> packed(slab.size()), turned(whole_.z * rows_here_ * whole_.x);
        move_rows([&](std::size_t at, std::size_t row) {
            std::copy_n(slab.data() + row * whole_.x, whole_.x, packed.data() + at * whole_.x);
        });
        const RunType row(whole_.x, MPI_UINT32_T);
        MPI_Alltoallv(packed.data(), out_.count.data(), out_.offset.data(), row.get(), turned.data(), in_.count.data(),
                      in_.offset.data(), row.get(), comm_.handle());
        return turned;
    }
    void back(const LargeArray<std::uint32_t>& turned, Volume<std::uint32_t>& slab) const {
        LargeArray<std::uint32_t> packed(slab.size());
        const RunType row(whole_.x, MPI_UINT32_T);
        MPI_Alltoallv(turned.data(), in_.count.data(), in_.offset.data(), row.get(), packed.data(), out_.count.data(),
                      out_.offset.data(), row.get(), comm_.handle());
        move_rows([&](std::size_t at, std::size_t row_of_slab) {
            std::copy_n(packed.data() + at * whole_.x, whole_.x, slab.data() + row_of_slab * whole_.x);
        });
    }

  private:
    /// Calls move(place in the packed array, row of the slab) for every row, ordered by the rank that takes it.
    template <class Move>
    void move_rows(const Move& move) const {
        std::size_t at = 0;
        for (int r = 0; r < comm_.size(); ++r) {
            const auto rows = share_of(r, comm_.size(), whole_.y);
            for (std::size_t z = 0; z < planes_.size(); ++z)
                for (std::size_t y = rows.first; y < rows.last; ++y) move(at++, z * whole_.y + y);
        }
    }

    const Communicator& comm_;
    Extent whole_;
    ItemRange planes_;
    std::size_t rows_here_ = 0;
    Counts out_, in_;
};

/// The slab with the plane on either side of it, where there is one: (below + planes + above, Y, X). Collective.
struct Extended {
    Volume<std::uint32_t> values;
    std::size_t below = 0;  ///< planes before the slab's own: 0 or 1
};

Extended with_neighbours(const Communicator& comm, const Slab<std::uint32_t>& slab) {
    const std::size_t plane = slab.whole.y * slab.whole.x, own = slab.planes.size();
    const bool before = own > 0 && slab.planes.first > 0, after = own > 0 && slab.planes.last < slab.whole.z;
    Extended extended;
    extended.below = before ? 1 : 0;
    extended.values =
        Volume<std::uint32_t>::unfilled({own + (before ? 1 : 0) + (after ? 1 : 0), slab.whole.y, slab.whole.x});
    std::uint32_t* first = extended.values.data() + extended.below * plane;
    std::copy(slab.voxels.begin(), slab.voxels.end(), first);
    const int previous = before ? comm.rank() - 1 : MPI_PROC_NULL, next = after ? comm.rank() + 1 : MPI_PROC_NULL;
    const RunType row(slab.whole.x, MPI_UINT32_T);
    const auto rows = static_cast<int>(slab.whole.y);
    MPI_Sendrecv(first, previous == MPI_PROC_NULL ? 0 : rows, row.get(), previous, 0, first + own * plane,
                 next == MPI_PROC_NULL ? 0 : rows, row.get(), next, 0, comm.handle(), MPI_STATUS_IGNORE);
    MPI_Sendrecv(own > 0 ? first + (own - 1) * plane : first, next == MPI_PROC_NULL ? 0 : rows, row.get(), next, 1,
                 extended.values.data(), previous == MPI_PROC_NULL ? 0 : rows, row.get(), previous, 1, comm.handle(),
                 MPI_STATUS_IGNORE);
    return extended;
}

/// Balls of this rank's planes that no neighbouring ball contains, numbered in the whole volume. Across the periodic
/// edges none is compared: what is kept too much changes nothing.
std::vector<Ball> balls_here(const Communicator& comm, const Slab<std::uint32_t>& squared) {
    const Extended extended = with_neighbours(comm, squared);
    if (squared.empty()) return {};
    const std::size_t plane = squared.whole.y * squared.whole.x;
    std::vector<Ball> balls;
    for (Ball ball : medial_balls(extended.values, Boundary::non_periodic)) {
        const std::size_t z = ball.centre / plane;
        if (z < extended.below || z >= extended.below + squared.planes.size()) continue;
        ball.centre += (squared.planes.first - extended.below) * plane;
        balls.push_back(ball);
    }
    return balls;
}

/// Whether a ball has voxels in some planes.
bool reaches(const Ball& ball, const ItemRange& planes, const Extent& whole, bool periodic) {
    const auto n = static_cast<std::int64_t>(whole.z);
    const auto z = static_cast<std::int64_t>(ball.centre / (whole.y * whole.x));
    const auto reach = static_cast<std::int64_t>(std::ceil(std::sqrt(static_cast<double>(ball.squared_radius))));
    const auto meets = [&](std::int64_t at) {
        return at + reach >= static_cast<std::int64_t>(planes.first) &&
               at - reach < static_cast<std::int64_t>(planes.last);
    };
    return planes.size() > 0 && (meets(z) || (periodic && (2 * reach >= n || meets(z - n) || meets(z + n))));
}

/// All balls of the volume that reach into this rank's planes. Collective.
std::vector<Ball> balls_reaching(const Communicator& comm, const Slab<std::uint32_t>& squared, bool periodic) {
    static_assert(sizeof(Ball) == 2 * sizeof(std::uint64_t));
    const auto mine = balls_here(comm, squared);
    Counts out(comm.size()), in(comm.size());
    std::vector<Ball> sent;
    for (int r = 0; r < comm.size(); ++r) {
        const auto planes = share_of(r, comm.size(), squared.whole.z);
        const std::size_t before = sent.size();
        for (const Ball& ball : mine)
            if (reaches(ball, planes, squared.whole, periodic)) sent.push_back(ball);
        require(sent.size() < INT_MAX, "{} balls are too many for one exchange", sent.size());
        out.count[static_cast<std::size_t>(r)] = static_cast<int>(sent.size() - before);
    }
    MPI_Alltoall(out.count.data(), 1, MPI_INT, in.count.data(), 1, MPI_INT, comm.handle());
    out.place();
    std::vector<Ball> received(in.place());
    const RunType ball(2, MPI_UINT64_T);
    MPI_Alltoallv(sent.data(), out.count.data(), out.offset.data(), ball.get(), received.data(), in.count.data(),
                  in.offset.data(), ball.get(), comm.handle());
    sort_largest_first(received);
    return received;
}

}  // namespace

Slab<std::uint32_t> squared_distance(const Communicator& comm, const PhaseSlab& slab, Boundary boundary) {
    Slab<std::uint32_t> squared(comm, slab.whole);
    collectively(comm, [&] { require_distances_defined(slab.whole, boundary); });
    const bool periodic = boundary == Boundary::periodic;
    const Extent& n = slab.whole;
    for (std::size_t row = 0; row < slab.planes.size() * n.y; ++row)
        distances_along_row(slab.voxels.data() + row * n.x, n.x, periodic, squared.voxels.data() + row * n.x);
    if (n.y > 1)
        for (std::size_t z = 0; z < slab.planes.size(); ++z)
            distances_along_axis(squared.voxels.data() + z * n.y * n.x, n.y, n.x, periodic);
    if (n.z == 1) return squared;
    const Turned turned(comm, squared);
    auto rows = turned.forth(squared.voxels);
    if (turned.rows_here() > 0) distances_along_axis(rows.data(), n.z, turned.rows_here() * n.x, periodic);
    turned.back(rows, squared.voxels);
    return squared;
}

Slab<float> pore_diameter(const Communicator& comm, const PhaseSlab& slab, Boundary boundary, const Pause& pause) {
    const auto squared = squared_distance(comm, slab, boundary);
    Slab<float> diameter(comm, slab.whole);
    if (comm.any(std::find(squared.voxels.begin(), squared.voxels.end(), infinite_distance) != squared.voxels.end())) {
        std::fill(diameter.voxels.begin(), diameter.voxels.end(), std::numeric_limits<float>::infinity());
        return diameter;
    }
    const auto balls = balls_reaching(comm, squared, boundary == Boundary::periodic);
    collectively(comm, [&] {
        const auto covering = covering_ball(slab.whole, balls, boundary,
                                            {slab.planes.first * slab.whole.y, slab.planes.last * slab.whole.y}, pause);
        for (std::size_t i = 0; i < diameter.voxels.size(); ++i)
            diameter.voxels[i] =
                covering[i] == 0 ? 0.0f
                                 : static_cast<float>(thickness_of_radius(std::sqrt(static_cast<double>(covering[i]))));
    });
    return diameter;
}

}  // namespace protolith::descriptors
