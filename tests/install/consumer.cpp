// Reconstructs a small image with the installed library alone; exit code 0 if the energy asked for was reached.
#include "anneal/reconstruction.hpp"
#include "anneal/target.hpp"

#include <cstdio>

int main() {
    using namespace protolith;
    anneal::Settings settings;
    settings.extent = {1, 32, 32};
    settings.terms = {{.kind = anneal::TermKind::two_point, .range = 8}};
    settings.schedule = anneal::Schedule::fast(settings.extent);
    settings.energy_threshold = 1e-4;

    PhaseVolume stripes(settings.extent);
    for (std::size_t y = 0; y < 32; ++y)
        for (std::size_t x = 0; x < 32; ++x) stripes(y, x) = (x + y) / 8 % 2 == 0 ? 1 : 0;
    const anneal::Problem problem(settings, anneal::measure_target({&stripes, 1}, settings));
    anneal::Reconstruction reconstruction(problem, 0);
    double energy = 1;
    while (!reconstruction.finished()) energy = reconstruction.run_stage().energy;
    std::printf("energy %.3e, asked for %.0e\n", energy, settings.energy_threshold);
    return energy < settings.energy_threshold ? 0 : 1;
}
