// The annealing terms of this folder by name, and the same descriptors measured on a whole volume.
#pragma once

#include "anneal/term.hpp"
#include "descriptors/polytope_vertices.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace protolith::anneal {

/// Descriptors whose terms stand in this folder.
enum class Feature { p3h, p3v, p4, p6, lineal_path, clusters };

/// "P3H", "P3V", "P4", "P6", "L" or "C2".
std::string_view name(Feature feature);

/// Choices within a descriptor's definition.
struct FeatureOptions {
    descriptors::VertexRule vertices = descriptors::VertexRule::nearest;  ///< P3H, P3V, P4, P6
    int connectivity = 0;                                                 ///< C2: 4 or 8; 6, 18 or 26 in 3-D; 0: 4 or 6
};

/// The term with target f_r, r = 0 … R, of an empty volume; recount() gives it an image. InputError for a target,
/// weight or connectivity that cannot be.
std::unique_ptr<Term> make_feature_term(Feature feature, const Extent& extent, std::vector<double> target,
                                        double weight, const FeatureOptions& options = {});

/// C_r / M, r = 0 … reach, of a whole periodic volume, with the definitions of the terms: a target that a volume of the
/// same size meets exactly. 0 where the vertex rule does not define r. Keeps nothing of what a term keeps.
std::vector<double> measure_feature(Feature feature, const PhaseVolume& volume, std::size_t reach,
                                    const FeatureOptions& options = {});

/// Bytes that a term keeps, but for some ten thousand, without building it.
std::size_t feature_memory(Feature feature, const Extent& extent, std::size_t reach,
                           const FeatureOptions& options = {});

}  // namespace protolith::anneal
