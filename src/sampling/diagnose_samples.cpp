// Diagnostics of all variables, shared among ranks.
#include "sampling/diagnostics.hpp"
#include "sampling/samples.hpp"

#include <algorithm>

namespace protolith::sampling {

namespace {

constexpr std::size_t numbers = 8;  // of a report without its curve

}  // namespace

std::vector<VariableReport> diagnose(const Samples& samples, std::size_t lags) {
    const Communicator& comm = samples.communicator();
    const std::size_t variables = samples.dimensions() + 1;
    const std::size_t kept = samples.draws() - std::min(samples.draws(), samples.burn_in_draws());
    const std::size_t curve = std::min(lags + 1, kept), row = numbers + curve;
    std::vector<double> table(variables * row);  // zero but in the rows of this rank
    for (std::size_t v = 0; v < variables; ++v) {
        const auto series = samples.series(v);
        if (v % static_cast<std::size_t>(comm.size()) != static_cast<std::size_t>(comm.rank())) continue;
        const VariableReport r = diagnose(series, samples.ladders(), lags);
        double* to = &table[v * row];
        for (double value : {r.mean, r.deviation, r.standard_error, r.r_hat, r.bulk_sample_size, r.tail_sample_size,
                             r.mean_of_first_third, r.mean_of_last_third})
            *to++ = value;
        std::copy(r.autocorrelation.begin(), r.autocorrelation.end(), to);
    }
    comm.sum_in_place(table.data(), table.size());
    std::vector<VariableReport> reports;
    for (std::size_t v = 0; v < variables; ++v) {
        const double* n = &table[v * row];
        reports.push_back({n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], {n + numbers, n + row}});
    }
    return reports;
}

}  // namespace protolith::sampling
