#include "anneal/terms/feature.hpp"

#include "anneal/terms/cluster_term.hpp"
#include "anneal/terms/lineal_path_term.hpp"
#include "anneal/terms/polytope_term.hpp"

namespace protolith::anneal {

namespace {

descriptors::Polytope polytope_of(Feature feature) {
    switch (feature) {
        case Feature::p3h:
            return descriptors::Polytope::p3h;
        case Feature::p3v:
            return descriptors::Polytope::p3v;
        case Feature::p4:
            return descriptors::Polytope::p4;
        case Feature::p6:
            return descriptors::Polytope::p6;
        default:
            throw Error(fmt::format("{} is not a polytope function", name(feature)));
    }
}

std::vector<double> divided(const std::vector<std::int64_t>& counts, std::size_t placements) {
    std::vector<double> values;
    for (const std::int64_t c : counts) values.push_back(static_cast<double>(c) / static_cast<double>(placements));
    return values;
}

}  // namespace

std::string_view name(Feature feature) {
    switch (feature) {
        case Feature::lineal_path:
            return "L";
        case Feature::clusters:
            return "C2";
        default:
            return descriptors::name(polytope_of(feature));
    }
}

std::unique_ptr<Term> make_feature_term(Feature feature, const Extent& extent, std::vector<double> target,
                                        double weight, const FeatureOptions& options) {
    switch (feature) {
        case Feature::lineal_path:
            return std::make_unique<LinealPathTerm>(extent, std::move(target), weight);
        case Feature::clusters:
            return std::make_unique<ClusterTerm>(extent, options.connectivity, std::move(target), weight);
        default:
            return std::make_unique<PolytopeTerm>(extent, polytope_of(feature), options.vertices, std::move(target),
                                                  weight);
    }
}

std::vector<double> measure_feature(Feature feature, const PhaseVolume& volume, std::size_t reach,
                                    const FeatureOptions& options) {
    require_reach(volume.extent(), reach + 1, name(feature));
    const std::size_t axes = volume.extent().dimensions() == 3 ? 3 : 2;
    switch (feature) {
        case Feature::lineal_path:
            return divided(count_lineal_path(volume, reach), axes * volume.size());
        case Feature::clusters:
            return divided(count_clusters(volume, reach, options.connectivity), axes * volume.size());
        default: {
            const auto planes = polytope_planes(volume.extent(), polytope_of(feature), options.vertices, reach);
            return divided(count_polytope(volume, planes), planes.size() * volume.size());
        }
    }
}

std::size_t feature_memory(Feature feature, const Extent& extent, std::size_t reach, const FeatureOptions& options) {
    require_reach(extent, reach + 1, name(feature));
    switch (feature) {
        case Feature::lineal_path:
            return LinealPathTerm::estimate_memory(extent, reach);
        case Feature::clusters:
            return ClusterTerm::estimate_memory(extent);
        default: {
            const auto planes = polytope_planes(extent, polytope_of(feature), options.vertices, reach);
            return PolytopeTerm::estimate_memory(extent, planes);
        }
    }
}

}  // namespace protolith::anneal
