// Weights of every configuration, found by walking through the cells of the 2 × 2 (× 2) block.
// Euler numbers: the open complex (4, 6 neighbours) has a cell where all its voxels are set, the closed one (8, 26)
// where any voxel around the lattice cell is: χ = Σ (−1)^dimension · cells / windows that share the cell.
#include "descriptors/minkowski.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

namespace protolith::descriptors {
namespace {

using std::numbers::pi;
using std::numbers::sqrt2;
using std::numbers::sqrt3;

int bit(unsigned state, int corner) { return static_cast<int>((state >> corner) & 1u); }
bool all(unsigned state, unsigned corners) { return (state & corners) == corners; }
bool any(unsigned state, unsigned corners) { return (state & corners) != 0; }

// The edges of the block along an axis: 2 of 4 in the plane, 4 of 12 in space; corner = x + 2 y + 4 z.
std::vector<unsigned> edges(int dimensions, int axis) {
    std::vector<unsigned> out;
    for (int corner = 0; corner < 1 << dimensions; ++corner) {
        if (((corner >> axis) & 1) == 0) out.push_back((1u << corner) | (1u << (corner + (1 << axis))));
    }
    return out;
}

// The two faces of the cube whose normal is `axis`.
std::array<unsigned, 2> faces(int axis) {
    std::array<unsigned, 2> out{};
    for (int corner = 0; corner < 8; ++corner) out.at(static_cast<std::size_t>((corner >> axis) & 1)) |= 1u << corner;
    return out;
}

// Four times the Euler contributions of a 2 × 2 state given by its four corners in cyclic order.
struct SquareEuler {
    int four, eight;
};
SquareEuler square_euler(int a, int b, int c, int d) {
    const int points = a + b + c + d;
    const int edges_all = (a & b) + (b & c) + (c & d) + (d & a), edges_any = (a | b) + (b | c) + (c | d) + (d | a);
    return {points - 2 * edges_all + 4 * (a & b & c & d), 4 * (a | b | c | d) - 2 * edges_any + points};
}

// Eight times the Euler contributions of a 2 × 2 × 2 state.
struct CubeEuler {
    int six, twenty_six;
};
CubeEuler cube_euler(unsigned state) {
    int points = 0, edges_all = 0, edges_any = 0, faces_all = 0, faces_any = 0;
    for (int corner = 0; corner < 8; ++corner) points += bit(state, corner);
    for (int axis = 0; axis < 3; ++axis) {
        for (const unsigned e : edges(3, axis)) edges_all += all(state, e), edges_any += any(state, e);
        for (const unsigned f : faces(axis)) faces_all += all(state, f), faces_any += any(state, f);
    }
    return {points - 2 * edges_all + 4 * faces_all - 8 * (state == 255),
            8 * (state != 0) - 4 * faces_any + 2 * edges_any - points};
}

int differing(unsigned state, unsigned pair) { return any(state, pair) && !all(state, pair); }

// Voronoi weights of the 13 directions on the sphere: axes, face diagonals, space diagonals (Legland et al. 2007, Table
// 1).
constexpr double axis_weight = 0.04577789120476 * 2;
constexpr double face_weight = 0.03698062787608 * 2;
constexpr double space_weight = 0.03519563978232 * 2;

unsigned pair_of(int a, int b) { return (1u << a) | (1u << b); }

// The two face diagonals across each of the cube's faces with this normal; four pairs, two of each direction.
std::vector<unsigned> face_diagonals(int normal) {
    const int u = 1 << ((normal + 1) % 3), v = 1 << ((normal + 2) % 3), n = 1 << normal;
    return {pair_of(0, u + v), pair_of(u, v), pair_of(n, n + u + v), pair_of(n + u, n + v)};
}

// Σ c P of one state: crossings a length, each direction averaged over the pairs of the block that lie along it.
double crossings(unsigned state) {
    double sum = 0;
    for (int axis = 0; axis < 3; ++axis) {
        for (const unsigned e : edges(3, axis)) sum += axis_weight * differing(state, e) / 4;
        for (const unsigned d : face_diagonals(axis)) sum += face_weight * differing(state, d) / 2 / sqrt2;
    }
    for (const unsigned d : {pair_of(0, 7), pair_of(1, 6), pair_of(2, 5), pair_of(3, 4)}) {
        sum += space_weight * differing(state, d) / sqrt3;
    }
    return sum;
}

// Euler number a lattice point of a section, mean of the 4- and 8-neighbour rules so that both phases are treated
// alike.
double section_euler(unsigned state, int a, int b, int c, int d) {
    const SquareEuler e = square_euler(bit(state, a), bit(state, b), bit(state, c), bit(state, d));
    return (e.four + e.eight) / 8.0;
}

double triangle_euler(unsigned state, int a, int b, int c) {
    const int i = bit(state, a), j = bit(state, b), k = bit(state, c);
    return (i + j + k) / 6.0 - ((i & j) + (j & k) + (k & i)) / 2.0 + (i & j & k);
}

// Σ c χ_A of one state: sections normal to the axes (squares), face diagonals (1 × √2) and space diagonals (triangles);
// a section's lattice points have the areas 1, √2, √3.
double sections(unsigned state) {
    double sum = 0;
    for (int axis = 0; axis < 3; ++axis) {
        const int u = 1 << ((axis + 1) % 3), v = 1 << ((axis + 2) % 3), n = 1 << axis;
        sum +=
            axis_weight * (section_euler(state, 0, u, u + v, v) + section_euler(state, n, n + u, n + u + v, n + v)) / 2;
        sum += face_weight / sqrt2 *
               (section_euler(state, u, v, v + n, u + n) + section_euler(state, 0, u + v, u + v + n, n));
    }
    for (int corner = 0; corner < 4; ++corner) {  // the planes that cut off this corner and the opposite one
        const int far = 7 - corner;
        sum += space_weight / sqrt3 *
               (triangle_euler(state, corner ^ 1, corner ^ 2, corner ^ 4) +
                triangle_euler(state, far ^ 1, far ^ 2, far ^ 4));
    }
    return sum;
}

template <class Counts>
double divisor(const Counts& counts, std::uint64_t voxels, Frame frame) {
    const auto windows = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    require(windows > 0, "an image one voxel wide has no windows inside its frame");
    return static_cast<double>(frame == Frame::inside ? windows : voxels);
}

}  // namespace

Minkowski2 minkowski(const Configurations2& configurations, Frame frame) {
    std::int64_t area = 0, four = 0, eight = 0, axes = 0, diagonals = 0;
    for (unsigned state = 0; state < 16; ++state) {
        const auto n = static_cast<std::int64_t>(configurations.counts[state]);
        const SquareEuler euler = square_euler(bit(state, 0), bit(state, 1), bit(state, 3), bit(state, 2));
        four += n * euler.four, eight += n * euler.eight;
        for (int corner = 0; corner < 4; ++corner) area += n * bit(state, corner);
        for (const int axis : {0, 1}) {
            for (const unsigned e : edges(2, axis)) axes += n * differing(state, e);
        }
        diagonals += n * (differing(state, pair_of(0, 3)) + differing(state, pair_of(1, 2)));
    }
    const double total = divisor(configurations.counts, configurations.pixels, frame);
    Minkowski2 m;
    m.area = static_cast<double>(area) / 4 / total;
    m.euler_4 = static_cast<double>(four) / 4 / total;
    m.euler_8 = static_cast<double>(eight) / 4 / total;
    const double along_axes = static_cast<double>(axes) / 2 / total;  // P_rows + P_columns: a pair lies in two windows
    m.perimeter_axes = pi / 4 * along_axes;
    m.perimeter = pi / 8 * (along_axes + static_cast<double>(diagonals) / sqrt2 / total);
    m.pixels = static_cast<double>(configurations.pixels);
    return m;
}

Minkowski3 minkowski(const Configurations3& configurations, Frame frame) {
    std::int64_t volume = 0, six = 0, twenty_six = 0;
    double crossed = 0, sectioned = 0;
    for (unsigned state = 0; state < 256; ++state) {
        const auto n = static_cast<std::int64_t>(configurations.counts[state]);
        const CubeEuler euler = cube_euler(state);
        six += n * euler.six, twenty_six += n * euler.twenty_six;
        for (int corner = 0; corner < 8; ++corner) volume += n * bit(state, corner);
        crossed += static_cast<double>(n) * crossings(state);
        sectioned += static_cast<double>(n) * sections(state);
    }
    const double total = divisor(configurations.counts, configurations.voxels, frame);
    Minkowski3 m;
    m.volume = static_cast<double>(volume) / 8 / total;
    m.euler_6 = static_cast<double>(six) / 8 / total;
    m.euler_26 = static_cast<double>(twenty_six) / 8 / total;
    m.surface = 2 * crossed / total;
    m.mean_curvature = 2 * pi * sectioned / total;
    m.voxels = static_cast<double>(configurations.voxels);
    return m;
}

}  // namespace protolith::descriptors
