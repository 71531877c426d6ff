#include "invert_report.hpp"

#include "inversion_figures.hpp"
#include "inversion_line.hpp"
#include "inversion_numbers.hpp"
#include "report_frame.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>

namespace protolith::jobs {

namespace {

/// This run's inversions, then those of the deck's `beside`.
report::Table inversions_table(const InvertSettings& keys, const std::vector<Inversion>& inversions) {
    std::vector<InversionNumbers> rows;
    for (const auto& i : inversions) rows.push_back(numbers_of(i, keys));
    for (const auto& result : keys.beside)
        for (const auto& other : read_numbers(result)) rows.push_back(other);
    return numbers_table(rows);
}

/// The modes that stand in the picture, and how many climbs came to each.
report::Table modes_table(const Inversion& i) {
    report::Table table{"Modes of the posterior",
                        {{"mode"}, {"log posterior"}, {"log L"}, {"climbs"}, {"|Δz| to the best"}}};
    double all = 0;
    for (const auto& mode : i.modes) all += static_cast<double>(mode.from.size());
    for (std::size_t k = 0; k < i.modes.size() && k < 10; ++k) {
        const auto& mode = i.modes[k];
        double square = 0;
        for (std::size_t d = 0; d < mode.latent.size(); ++d)
            square += std::pow(mode.latent[d] - i.modes[0].latent[d], 2);
        table.add({k, mode.log_posterior, mode.log_likelihood, mode.from.size(), std::sqrt(square)});
    }
    table.footnotes = {fmt::format("{} modes, where {:.0f} climbs from evenly spaced samples end; the best ten.",
                                   i.modes.size(), all)};
    return table;
}

report::Table errors_table(const Inversion& i) {
    report::Table table{"Errors of the data",
                        {{"component"},
                         {"variability", "GPa"},
                         {"σ_o", "GPa"},
                         {"σ_G", "GPa"},
                         {"σ_G / variability"},
                         {"closest fits leave", "GPa"},
                         {"that / variability"}}};
    for (std::size_t c = 0; c < elastic::tensor_components; ++c)
        table.add({std::string(elastic::tensor_component_names[c]), i.target.variability[c],
                   i.target.error.observation[c], i.target.error.generator[c],
                   i.target.error.generator[c] / i.target.variability[c], i.target.fitted[c],
                   i.target.fitted[c] / i.target.variability[c]});
    if (!std::isnan(i.target.closest_fit))
        table.footnotes = {fmt::format("Closest fits of the generator to unseen cakes: rms pixel difference {:.3f}.",
                                       i.target.closest_fit)};
    return table;
}

report::Table latents_table(const Inversion& i) {
    report::Table table{"Convergence of each latent variable",
                        {{"variable"},
                         {"mean"},
                         {"deviation"},
                         {"standard error"},
                         {"R-hat"},
                         {"bulk ESS"},
                         {"tail ESS"},
                         {"mean, first third"},
                         {"mean, last third"}}};
    for (std::size_t d = 0; d < i.variables.size(); ++d) {
        const auto& v = i.variables[d];
        table.add({d + 1 < i.variables.size() ? fmt::format("z{}", d) : std::string("log L"), v.mean, v.deviation,
                   v.standard_error, v.r_hat, v.bulk_sample_size, v.tail_sample_size, v.mean_of_first_third,
                   v.mean_of_last_third});
    }
    return table;
}

report::Table levels_table(const Inversion& i) {
    report::Table table{"Levels of the ladders", {{"β"}, {"step"}, {"accepted"}, {"swaps refused"}, {"mean log L"}}};
    for (const auto& level : i.report.levels)
        table.add({level.beta, level.step, level.acceptance, level.swap_rejection, level.mean_log_likelihood});
    std::uint64_t trips = 0, refused = 0;
    for (const auto count : i.report.round_trips) trips += count;
    for (const auto count : i.report.refused) refused += count;
    table.footnotes = {fmt::format("{} round trips, {:.3g} per sweep and ladder; levels that mix perfectly: {:.3g}.",
                                   trips, i.report.round_trip_rate, i.report.expected_round_trip_rate),
                       fmt::format("{} evaluations gave no number and were rejected.", refused)};
    return table;
}

std::string title(const Inversion& i) { return fmt::format("{}, λ0 = {:.3g} L", i.target.label, i.wavelength); }

/// What has not converged and by how much; empty where every R-hat is known and below the limit.
std::string in_doubt(std::span<const Inversion> inversions) {
    std::string names;
    for (const auto& i : inversions)
        if (!i.converged())
            names += fmt::format("{}R-hat {:.4f} of {}", names.empty() ? "" : "; ", i.largest_r_hat(), title(i));
    return names.empty() ? "" : fmt::format("NOT CONVERGED: {}. Below {} expected: more sweeps", names, r_hat_limit);
}

void describe(Papers& papers, const Inversion& i, const Extent& extent, const std::string& suffix) {
    papers.text([&](report::Report& r) {
        r.section(title(i));
        if (const auto doubt = in_doubt({&i, 1}); !doubt.empty()) r.paragraph(doubt + '.');
        r.paragraph(
            fmt::format("{} × {} points, λ0/2 apart. The mean of the pixels keeps what the data resolve; each "
                        "sample is one fine structure that explains them.",
                        i.grid.rows, i.grid.columns));
    });
    papers.figure(estimates(i, extent, suffix));
    papers.figure(sample_sheet(i, extent, suffix));
    papers.figure(data_fit(i, suffix));
    papers.figure(spectra(i, suffix));
    papers.table("errors" + suffix, errors_table(i));
    papers.figure(marginals(i, suffix));
    papers.figure(pair_marginals(i, suffix));
    papers.figure(traces(i, suffix));
    papers.figure(autocorrelations(i, suffix));
    if (!i.modes.empty()) {
        papers.figure(mode_sheet(i, extent, suffix));
        papers.table("modes" + suffix, modes_table(i));
    }
    papers.table("levels" + suffix, levels_table(i));
    papers.table("latents" + suffix, latents_table(i));
    if (!i.lines) return;
    papers.figure(line_figure(*i.lines, suffix));
    papers.figure(line_strip(*i.lines, extent, suffix));
    papers.table("line" + suffix, line_table(*i.lines));
}

}  // namespace

void report_inversions(run::Run& run, const Surroundings& all, const std::vector<Inversion>& inversions) {
    const Extent extent{1, all.generator.rows(), all.generator.columns()};
    double worst = 0;
    for (const auto& i : inversions)
        worst = std::isnan(i.largest_r_hat()) ? i.largest_r_hat() : std::max(worst, i.largest_r_hat());
    Papers papers(
        run, "Inversion in a generator's latent space",
        fmt::format("Which fine structures explain a smooth tomographic image? Chains in the latent space of a "
                    "generator of {} × {} images sample exp(−|z|²/2) · exp(−½ Σ r²/σ²), r being what the "
                    "homogenized image of z leaves of the data (GJI 2024, doi 10.1093/gji/ggae240). {} "
                    "inversion{}; largest R-hat {:.4f}.",
                    extent.y, extent.x, inversions.size(), inversions.size() == 1 ? "" : "s", worst));
    if (const auto doubt = in_doubt(inversions); !doubt.empty()) run.context.log.warning("{}", doubt);
    papers.put_together([&] {
        papers.text([](report::Report& r) { r.section("What came out"); });
        papers.table("inversions", inversions_table(all.keys, inversions));
        for (std::size_t k = 0; k < inversions.size(); ++k)
            describe(papers, inversions[k], extent, fmt::format("_{:02}", k));
    });
}

}  // namespace protolith::jobs
