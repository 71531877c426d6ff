// protolith simulate KIND: images with known statistics, for training and for tests.
#include "jobs.hpp"
#include "simulated_batch.hpp"

namespace protolith::jobs {

namespace {

void marble_cake(const MarbleCakeKeys& keys, run::Run& run) {
    collectively(run.context.comm, [&] { simulate::validate(keys.cake); });
    Simulator simulator;
    simulator.title = "Marble cakes";
    simulator.long_name = "inside the stirred anomaly";
    simulator.method =
        "A circular anomaly of area ½ in the unit square is stirred by a time-dependent stream function; its contour is advected by "
        "fourth-order Runge–Kutta, refined where it stretches, and rasterised by the even-odd rule (GJI 2024, doi 10.1093/gji/ggae240).";
    simulator.extent = {1, keys.cake.size, keys.cake.size};
    for (const auto& name : simulate::marble_cake_input_names)
        simulator.numbers.push_back({std::string(name), "1", "input of the stirring flow: " + std::string(name)});
    simulator.numbers.push_back({"contour_length", "1", "length of the contour, in sides of the square"});
    simulator.numbers.push_back({"contour_area", "1", "area inside the contour, in units of the square"});
    simulator.spectrum = true;
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

}  // namespace

std::vector<run::Job> simulate() {
    return {run::make_job("simulate marble-cake", "stirred binary mixtures like those of the mantle", marble_cake)};
}

}  // namespace protolith::jobs
