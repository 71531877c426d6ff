#include "representative_size_report.hpp"

namespace protolith::jobs {

descriptors::RepresentativeSizeSettings size_settings(const CharacteriseSettings& keys) {
    descriptors::RepresentativeSizeSettings s;
    s.sizes.assign(keys.representative_size.sizes.begin(), keys.representative_size.sizes.end());
    s.windows = static_cast<std::size_t>(keys.representative_size.windows);
    s.tolerance = keys.representative_size.tolerance;
    s.seed = keys.seed;
    return s;
}

std::string verdict_text(const descriptors::RepresentativeSize& res) {
    if (!res.verdict)
        return fmt::format("No size below the largest ({} px) keeps the mean square error of F2 under {}.",
                           res.sizes.back().size, res.tolerance);
    return fmt::format(
        "Representative elementary size: {} px, the smallest from which on the mean square error of F2 stays under {}.",
        *res.verdict, res.tolerance);
}

void write_sizes(io::ResultFile& file, const descriptors::RepresentativeSize& res) {
    std::vector<double> sides, errors;
    for (const auto& size : res.sizes) {
        sides.push_back(static_cast<double>(size.size));
        errors.push_back(size.mse);
    }
    file.dimension("window_size", sides, "pixel", "side of the windows");
    file.write("representative_size_error", {"window_size"}, errors,
               {"1", "mean square error of F2 against the largest windows", {}});
    file.scalar("representative_size", res.verdict ? static_cast<std::int64_t>(*res.verdict) : std::int64_t{0},
                {"pixel", "representative elementary size; 0: none", {}});
}

report::Figure size_figure(const descriptors::RepresentativeSize& res, double tolerance) {
    report::Figure figure;
    figure.name = "representative_size";
    figure.title = "Representative elementary size";
    figure.x_label = "window side (px)";
    figure.y_label = "mean square error of F2";
    figure.log_y = true;
    figure.style = report::Style::points;
    report::Curve curve;
    for (const auto& size : res.sizes) {
        if (size.size == res.sizes.back().size) continue;  // the reference itself
        curve.x.push_back(static_cast<double>(size.size));
        curve.y.push_back(size.mse);
    }
    figure.curves = {curve};
    figure.guides = {{report::Guide::Direction::horizontal, tolerance, "tolerance"}};
    figure.caption = "Against the mean F2 of the largest windows, over the common distances.";
    return figure;
}

}  // namespace protolith::jobs
