// protolith simulate KIND: images with known statistics, for training and for tests.
#include "jobs.hpp"
#include "settings/simulate_media.hpp"
#include "simulated_batch.hpp"

namespace protolith::jobs {

namespace {

void marble_cake(const MarbleCakeKeys& keys, run::Run& run) {
    collectively(run.context.comm, [&] { simulate::validate(keys.cake); });
    Simulator simulator;
    simulator.title = "Marble cakes";
    simulator.long_name = "inside the stirred anomaly";
    simulator.method =
        "A circular anomaly of area ½ in the unit square is stirred by a time-dependent stream function; its contour "
        "is advected by "
        "fourth-order Runge–Kutta, refined where it stretches, and rasterised by the even-odd rule (GJI 2024, doi "
        "10.1093/gji/ggae240).";
    simulator.extent = {1, keys.cake.size, keys.cake.size};
    for (const auto& name : simulate::marble_cake_input_names)
        simulator.numbers.push_back({std::string(name), "1", "input of the stirring flow: " + std::string(name)});
    simulator.numbers.push_back({"contour_length", "1", "length of the contour, in sides of the square"});
    simulator.numbers.push_back({"contour_area", "1", "area inside the contour, in units of the square"});
    simulator.inverse_wavenumber = true;
    simulator.draw = [&keys](std::uint32_t item) {
        auto cake = simulate::marble_cake(keys.cake, keys.seed, item);
        const auto inputs = cake.inputs.values();
        Sample sample{std::move(cake.image), {inputs.begin(), inputs.end()}};
        sample.numbers.push_back(cake.contour_length);
        sample.numbers.push_back(cake.contour_area);
        return sample;
    };
    simulate_batch(run, keys, simulator);
}

/// A medium whose statistics are known: settings, drawing function and the words about it.
template <class Settings>
void medium(run::Run& run, const SetKeys& keys, const Settings& settings,
            PhaseVolume (*draw)(const Settings&, std::uint64_t, std::uint32_t), const std::string& title,
            const std::string& method) {
    collectively(run.context.comm, [&] { simulate::validate(settings); });
    const auto known = simulate::known_statistics(settings);
    Simulator simulator;
    simulator.title = title;
    simulator.long_name = "phase of interest";
    simulator.method = method;
    simulator.extent = settings.extent;
    simulator.numbers = {{"phase_fraction", "1", "phase fraction of the image"}};
    simulator.two_point = known.two_point;
    simulator.lineal_path = known.lineal_path;
    simulator.draw = [&, draw](std::uint32_t item) {
        auto image = draw(settings, keys.seed, item);
        const double fraction = phase_fraction(image);
        return Sample{std::move(image), {fraction}};
    };
    simulate_batch(run, keys, simulator);
}

void disks(const DisksKeys& keys, run::Run& run) {
    auto settings = keys.medium;
    collectively(run.context.comm, [&] {
        if (keys.phase_fraction)
            settings.density = simulate::disk_density(*keys.phase_fraction, settings.radius,
                                                      settings.extent.dimensions(), settings.phase);
    });
    medium(run, keys, settings, simulate::overlapping_disks, "Overlapping disks",
           "Fully penetrable disks (balls in 3-D) with independent uniform centres (Torquato 2002, Random "
           "Heterogeneous Materials, § 5.1.3).");
}

void gaussian(const GaussianKeys& keys, run::Run& run) {
    medium(
        run, keys, keys.medium, simulate::thresholded_gaussian_field, "Thresholded Gaussian fields",
        "White noise filtered to the chosen correlation and cut at a level (Teubner 1991, Europhys. Lett. 14, 403).");
}

void debye(const DebyeKeys& keys, run::Run& run) {
    medium(run, keys, keys.medium, simulate::debye_medium, "Debye random media",
           "Cells of isotropic Poisson lines (planes in 3-D), each in the phase with the same probability (Debye, "
           "Anderson & Brumberger 1957, J. Appl. Phys. 28, 679).");
}

void checkerboard(const CheckerboardKeys& keys, run::Run& run) {
    medium(run, keys, keys.medium, simulate::checkerboard, "Checkerboards",
           "Square (cubic) cells in turn; every statistic is known exactly.");
}

void spheres(const SpheresKeys& keys, run::Run& run) {
    simulate::SpheresSettings settings;
    collectively(run.context.comm, [&] { settings = keys.resolved(); });
    medium(run, keys, settings, simulate::spheres, "Spheres",
           "Equal spheres in a periodic volume: cubic lattices (Sangani & Acrivos 1982, Int. J. Multiphase Flow 8, "
           "343), random packings in which spheres push each other apart (Jodrey & Tory 1985, Phys. Rev. A 32, 2347), "
           "or independent, overlapping ones.");
}

}  // namespace

std::vector<run::Job> simulate() {
    return {run::make_job("simulate marble-cake", "stirred binary mixtures like those of the mantle", marble_cake),
            run::make_job("simulate disks", "overlapping disks or balls", disks),
            run::make_job("simulate gaussian", "thresholded Gaussian random fields", gaussian),
            run::make_job("simulate debye", "Debye random media: randomly coloured cells of Poisson lines", debye),
            run::make_job("simulate checkerboard", "checkerboards", checkerboard),
            run::make_job("simulate spheres", "packings and cubic lattices of spheres, volumes for flow", spheres)};
}

}  // namespace protolith::jobs
