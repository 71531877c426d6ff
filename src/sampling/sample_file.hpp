// Samples into a job's result file as they come: datasets of the full size at first, filled block by block.
#pragma once

#include "io/result_file.hpp"
#include "sampling/samples.hpp"

namespace protolith::sampling {

/// Datasets of the group "posterior": "samples" (ladder, draw, latent), "log_likelihood" and "log_posterior" (ladder,
/// draw), all after the burn-in; and "burn_in_log_posterior" (ladder, burn_in_draw).
class SampleFile {
  public:
    /// Creates the datasets. `file` and `samples` must outlive this object. Collective.
    SampleFile(io::ResultFile& file, const Settings& settings, const Samples& samples);
    /// Writes what the samples hold and the file does not, in whole chunks unless all draws are there; cheap when there
    /// is nothing. After a restart a new file gets everything at the first call. Collective.
    void update();

  private:
    void write(std::size_t first, std::size_t last);
    void write_burn_in();

    const Samples& samples_;
    std::size_t all_draws_, burn_in_draws_, chunk_, written_ = 0;
    bool burn_in_written_ = false;
    io::Dataset<double> states_, log_likelihood_, log_posterior_;
    std::vector<io::Dataset<double>> burn_in_;  // none without burn-in
};

}  // namespace protolith::sampling
