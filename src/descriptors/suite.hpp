// Every descriptor of one image, and of a set of images over ranks, in one call: what reports and tables are made of.
#pragma once

#include "base/stop.hpp"
#include "descriptors/components.hpp"
#include "descriptors/curve_statistics.hpp"
#include "descriptors/function_table.hpp"
#include "descriptors/polytope_vertices.hpp"

#include <functional>

namespace protolith::descriptors {

struct SuiteSettings {
    int max_r = 0;              ///< largest distance of the functions, pixels
    std::size_t max_chord = 0;  ///< longest chord that the density shows, pixels
    std::size_t max_pore = 0;   ///< largest distance to the other phase that the pore-size density shows, pixels
    Boundary boundary = Boundary::non_periodic;
    VertexRule vertices = VertexRule::nearest;
    Connectivity connectivity = Connectivity::four;
};

/// A single number of an image.
struct NumberInfo {
    const char* name;  // in files and tables
    const char* units;
    const char* long_name;
};
std::span<const NumberInfo> number_table();

/// Descriptors of one image. Entries follow function_table() and number_table(); undefined values are NaN.
struct ImageDescriptors {
    std::vector<Curve> functions;
    Curve chord_length_density, pore_size_density, thickness_density, power_spectrum;
    std::vector<double> numbers;
};

/// Largest max_r that `extents` and the boundary allow for every function.
int largest_common_distance(std::span<const Extent> extents, Boundary boundary);

/// Measures one image (or volume) that is not empty and that every rank of `team` holds. The ranks share the work of
/// everything that is counted; components are labelled on each rank, and the last one makes the spectrum. The same
/// bytes on every rank and for any number of ranks. `pause` is asked between the descriptors. Collective over `team`.
ImageDescriptors measure(const Communicator& team, const PhaseVolume& image, const SuiteSettings& settings,
                         const Pause& pause = {});

/// A set's curves: mean with 95 % band over its images.
struct SetDescriptors {
    std::string label;
    std::size_t images = 0;
    std::vector<Band> functions,
        scaled;  // by function_table(); `scaled` is empty where Fn is undefined or there is none
    Band chord_length_density, pore_size_density, thickness_density, power_spectrum;
    std::vector<std::vector<double>> numbers;  // by number_table(), one value an image
    std::string undefined_because;             // why Fn is undefined, or empty
};

/// Measures `count` images over ranks: in contiguous shares, or, when there are fewer images than ranks, each by a team
/// of ranks. `load` gives image k, on one rank alone. The same bytes on any number of ranks. `after_each` is called
/// after every image of this rank. What `pause` throws on one rank is thrown on all. Collective.
SetDescriptors measure_set(const Communicator& comm, const std::string& label, std::size_t count,
                           const std::function<PhaseVolume(std::size_t)>& load, const SuiteSettings& settings,
                           const std::function<void()>& after_each = {}, const Pause& pause = {});

/// MSE of the scaled functions (of L and C2: the functions themselves) of two sets, by function_table(); NaN where
/// undefined.
std::vector<double> mean_square_errors(const SetDescriptors& a, const SetDescriptors& b);

}  // namespace protolith::descriptors
