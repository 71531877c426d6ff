// An inversion in one row of numbers: of the report's table, of result.h5, and of other runs that are laid beside.
#pragma once

#include "inversion.hpp"
#include "io/result_file.hpp"
#include "report/table.hpp"

#include <filesystem>

namespace protolith::jobs {

/// NaN: not known. Deviations, errors and distances are of pixels, whose values are 0 … 1.
struct InversionNumbers {
    std::string label;   ///< of the target
    std::string method;  ///< "pcn, 2 × 8 temperatures, six components"
    double wavelength = 0, mean_pixel_deviation = 0, error_of_mean = 0;
    double long_waves_found = 0, short_waves_found = 0;      ///< correlation of mean and target beyond and below λ0
    double exponent_of_samples = 0, exponent_of_target = 0;  ///< n of E(k) ∝ kⁿ
    double misfit_of_target = 0, misfit_of_mode = 0, misfit_of_mean = 0, misfit_of_samples = 0;  ///< χ² per datum
    double training_distance = 0;                                                                ///< D_min
    double largest_r_hat = 0, smallest_sample_size = 0, evaluations = 0;
    double log_evidence = 0, log_evidence_error = 0;
    double modes = 0;  ///< where climbs from the samples end
};

InversionNumbers numbers_of(const Inversion& inversion, const InvertSettings& keys);

/// Datasets over the dimension "inversion". Collective.
void write_numbers(io::ResultFile& file, const std::vector<InversionNumbers>& inversions);
/// Those of another run's result.h5; its labels begin with the name of its folder. InputError naming the file and the
/// dataset that is missing. Each rank by itself.
std::vector<InversionNumbers> read_numbers(const std::filesystem::path& result);

/// Inversions of this run and beside them of others, with what GJI 2024 found in the footnotes.
report::Table numbers_table(const std::vector<InversionNumbers>& inversions);

}  // namespace protolith::jobs
