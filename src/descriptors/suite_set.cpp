// The set half of the suite: images over ranks, statistics in image order.
#include "descriptors/scaled_function.hpp"
#include "descriptors/suite.hpp"
#include "descriptors/teams.hpp"

#include <cmath>
#include <limits>

namespace protolith::descriptors {

namespace {

/// Bands of the scaled function of one column of the table; empty where it is not defined.
Band scaled_band(const std::vector<Curve>& curves, int points) {
    if (points < 2) return {};
    const auto set = scaled_set(curves, points);
    return set.curves.empty() ? Band{} : confidence_band(set.curves);
}

Curve numbers_as_curve(const std::vector<double>& numbers) {
    Curve curve{"numbers", {}, numbers};
    for (std::size_t i = 0; i < numbers.size(); ++i) curve.r.push_back(static_cast<double>(i));
    return curve;
}

}  // namespace

SetDescriptors measure_set(const Communicator& comm, const std::string& label, std::size_t count,
                           const std::function<PhaseVolume(std::size_t)>& load, const SuiteSettings& settings,
                           const std::function<void()>& after_each, const Pause& pause) {
    const std::size_t functions = function_table().size();
    const Teams teams(comm, count);
    std::vector<std::vector<Curve>> mine(functions + 5);
    collectively(comm, [&] {
        for (std::size_t item = teams.items().first; item < teams.items().last; ++item) {
            if (pause) collectively(teams.mine(), pause);
            const auto d = measure(teams.mine(), load_once(teams.mine(), [&] { return load(item); }), settings, pause);
            if (after_each) after_each();
            if (!teams.mine().is_root()) continue;  // every rank of the team has the same
            for (std::size_t f = 0; f < functions; ++f) mine[f].push_back(d.functions[f]);
            mine[functions].push_back(d.chord_length_density);
            mine[functions + 1].push_back(d.pore_size_density);
            mine[functions + 2].push_back(d.power_spectrum);
            mine[functions + 3].push_back(d.thickness_density);
            mine[functions + 4].push_back(numbers_as_curve(d.numbers));
        }
    });
    std::vector<std::vector<Curve>> all;
    for (const auto& curves : mine) all.push_back(gather_curves(comm, curves));

    SetDescriptors set;
    set.label = label;
    set.images = count;
    for (std::size_t f = 0; f < functions; ++f) {
        set.functions.push_back(confidence_band(all[f]));
        set.scaled.push_back(scaled_band(all[f], function_table()[f].points));
    }
    set.chord_length_density = confidence_band(all[functions]);
    set.pore_size_density = confidence_band(all[functions + 1]);
    set.power_spectrum = confidence_band(all[functions + 2]);
    set.thickness_density = confidence_band(all[functions + 3]);
    for (std::size_t n = 0; n < number_table().size(); ++n) {
        auto& values = set.numbers.emplace_back();
        for (const auto& image : all[functions + 4]) values.push_back(image.value[n]);
    }
    if (set.scaled[0].images == 0) set.undefined_because = undefined_because(set.numbers[0][0]);
    return set;
}

std::vector<double> mean_square_errors(const SetDescriptors& a, const SetDescriptors& b) {
    std::vector<double> errors;
    for (std::size_t f = 0; f < function_table().size(); ++f) {
        const bool scaled = function_table()[f].points >= 2;
        const Band& x = scaled ? a.scaled[f] : a.functions[f];
        const Band& y = scaled ? b.scaled[f] : b.functions[f];
        errors.push_back(x.images == 0 || y.images == 0 ? std::numeric_limits<double>::quiet_NaN()
                                                        : mean_square_error(x.mean, y.mean));
    }
    return errors;
}

}  // namespace protolith::descriptors
