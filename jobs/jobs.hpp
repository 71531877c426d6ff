// The jobs of the binary; each file of this folder defines one.
#pragma once

#include "run/job.hpp"

namespace protolith::jobs {

run::Job characterise();
run::Job convert();
run::Job flow();
run::Job generate();
run::Job homogenise();
run::Job invert();
run::Job prepare_windows();
run::Job reconstruct();
run::Job segment();
std::vector<run::Job> simulate();
run::Job train_wgan_gp();

/// `protolith inspect FILE`: what is in a file; exit code 2 if it is damaged, incomplete or not Protolith's.
int inspect(const std::vector<std::string>& files);

}  // namespace protolith::jobs
