#include "descriptors/component_shape.hpp"

#include "descriptors/run_places.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace protolith::descriptors {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Sums over the voxels of a component, taken from a voxel of its own so that nothing large cancels.
struct Moments {
    bool begun = false;
    Vector3 origin{};
    double count = 0;
    Vector3 first{};
    Matrix3 second{};

    /// Adds voxels (z, y, x) … (z, y, x + length − 1).
    void add(const Vector3& start, double length) {
        if (!begun) origin = start;
        begun = true;
        const double z = start[0] - origin[0], y = start[1] - origin[1], x = start[2] - origin[2];
        // Σ x and Σ x² over the run in closed form.
        const double sum = length * x + length * (length - 1) / 2;
        const double squares =
            length * x * x + x * length * (length - 1) + (length - 1) * length * (2 * length - 1) / 6;
        count += length;
        first[0] += length * z;
        first[1] += length * y;
        first[2] += sum;
        second[0][0] += length * z * z;
        second[0][1] += length * z * y;
        second[1][1] += length * y * y;
        second[0][2] += z * sum;
        second[1][2] += y * sum;
        second[2][2] += squares;
    }

    Vector3 mean() const { return {first[0] / count, first[1] / count, first[2] / count}; }
    Matrix3 covariance() const {
        const Vector3 m = mean();
        Matrix3 c{};
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t j = i; j < 3; ++j) c[i][j] = c[j][i] = second[i][j] / count - m[i] * m[j];
        return c;
    }
};

/// Degrees in (−90, 90], counter-clockwise with row 0 on top; NaN for a shape without a longest direction.
double major_axis(const Matrix3& covariance) {
    const double across = covariance[2][2] - covariance[1][1], slope = -2 * covariance[1][2];
    const double trace = covariance[2][2] + covariance[1][1];
    if (std::hypot(across, slope) <= 1e-12 * trace) return not_a_number;
    const double angle = std::atan2(slope, across) * 90.0 / std::numbers::pi;
    return angle <= -90.0 ? 90.0 : angle;
}

void fill_axes(ComponentShape& shape, const Matrix3& covariance, bool planar) {
    const PrincipalAxes principal = principal_axes(covariance);
    const std::size_t dimensions = planar ? 2 : 3;
    for (std::size_t k = 0; k < dimensions; ++k) {
        shape.deviations[k] = std::sqrt(std::max(principal.values[k], 0.0));
        shape.axes[k] = principal.axes[k];
    }
    shape.aspect_ratio = shape.deviations[0] / shape.deviations[dimensions - 1];
    shape.orientation = planar ? major_axis(covariance) : not_a_number;
}

ComponentShape shape_of(const Moments& moments, const std::array<bool, 3>& endless, const Extent& extent,
                        bool periodic) {
    ComponentShape shape;
    shape.size = static_cast<std::uint64_t>(moments.count);
    shape.endless = endless;
    if (endless[0] || endless[1] || endless[2]) {
        shape.orientation = shape.aspect_ratio = not_a_number;
        shape.centroid = shape.deviations = {not_a_number, not_a_number, not_a_number};
        shape.axes = {shape.centroid, shape.centroid, shape.centroid};
        return shape;
    }
    const Vector3 side{static_cast<double>(extent.z), static_cast<double>(extent.y), static_cast<double>(extent.x)};
    for (std::size_t a = 0; a < 3; ++a) {
        shape.centroid[a] = moments.origin[a] + moments.mean()[a];
        if (periodic) shape.centroid[a] -= side[a] * std::floor((shape.centroid[a] + 0.5) / side[a]);
    }
    Matrix3 covariance = moments.covariance();
    const bool planar = extent.dimensions() == 2;
    // A voxel is a square, not a point: 1/12 along each axis that the image has.
    for (std::size_t a = planar ? 1 : 0; a < 3; ++a) covariance[a][a] += 1.0 / 12.0;
    fill_axes(shape, covariance, planar);
    return shape;
}

}  // namespace

std::vector<ComponentShape> component_shapes(const Components& components) {
    const PhaseRuns& image = components.image;
    const Extent n = image.extent;
    const bool periodic = components.boundary == Boundary::periodic;
    const RunPlaces places = periodic ? run_places(components) : RunPlaces{};
    std::vector<Moments> moments(components.count);
    for (std::size_t row = 0; row < image.rows(); ++row)
        for (std::uint32_t i = image.row_begin[row]; i < image.row_begin[row + 1]; ++i) {
            const Run run = image.runs[i];
            const Periods moved = periodic ? places.moved[i] : Periods{};
            moments[components.label[i] - 1].add({static_cast<double>(row / n.y) + moved[0] * static_cast<double>(n.z),
                                                  static_cast<double>(row % n.y) + moved[1] * static_cast<double>(n.y),
                                                  static_cast<double>(run.first) + moved[2] * static_cast<double>(n.x)},
                                                 static_cast<double>(run.last - run.first));
        }
    std::vector<ComponentShape> shapes;
    shapes.reserve(components.count);
    for (std::uint32_t c = 0; c < components.count; ++c)
        shapes.push_back(shape_of(moments[c], periodic ? places.endless[c] : std::array<bool, 3>{}, n, periodic));
    return shapes;
}

}  // namespace protolith::descriptors
