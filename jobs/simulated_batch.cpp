#include "simulated_batch.hpp"

#include "image_store.hpp"
#include "run/supervisor.hpp"
#include "simulation_report.hpp"

namespace protolith::jobs {

namespace {

run::Plan plan_of(const run::Run& run, const SetKeys& keys, const Simulator& simulator) {
    run::Plan plan;
    const auto ranks = static_cast<std::size_t>(run.context.comm.size());
    const std::size_t share = (static_cast<std::size_t>(keys.count) + ranks - 1) / ranks;
    plan.add("images", fmt::format("{} of {}", keys.count, to_string(simulator.extent)));
    plan.add("a rank", fmt::format("{} images", share));
    plan.memory_per_rank =
        static_cast<double>(share) * static_cast<double>(simulator.extent.count() + 8 * simulator.numbers.size()) +
        16.0 * static_cast<double>(simulator.extent.count()) + 64e6;
    plan.files = {"result.h5", "images.png", "two_point_correlation.png", "report.html", "summary.json", "status.json",
                  "log.txt",   "input.toml"};
    return plan;
}

void write_result(run::Run& run, const ImageStore& store, const Simulator& simulator) {
    const auto timer = run.context.timers.phase("write result");
    auto file = io::ResultFile::create(run.context.comm, run.directory().file("result.h5"), run.provenance());
    file.dimension("image", store.total(), "number of the image");
    store.write(file, "phase", simulator.long_name);
    for (std::size_t i = 0; i < simulator.numbers.size(); ++i) {
        const auto& number = simulator.numbers[i];
        auto dataset = file.dataset<double>(number.name, {"image"}, {number.units, number.long_name, {}});
        dataset.write_items(store.items(), store.numbers(i));
    }
    file.complete();
    store.write_sidecar(run.context.comm, run.directory().file("result.h5"), "phase");
}

}  // namespace

void simulate_batch(run::Run& run, const SetKeys& keys, const Simulator& simulator) {
    auto& context = run.context;
    if (run.only_planned(plan_of(run, keys, simulator))) return;
    auto& directory = run.open_directory();
    if (run.already_done()) return;

    ImageStore store(context.comm, static_cast<std::size_t>(keys.count), simulator.extent, simulator.numbers.size());
    if (const auto checkpoint = run.load_checkpoint()) store.load(*checkpoint);
    const auto save = [&] {
        io::CheckpointWriter writer(context.comm, directory.checkpoint(), run.provenance(), run.identity(),
                                    store.done());
        store.save(writer);
        writer.commit();
    };
    const std::size_t before = store.done();
    const Clock clock;
    {
        const auto timer = context.timers.phase("simulate");
        run::Supervisor supervisor(run, simulator.title, static_cast<double>(keys.count), "images",
                                   keys.checkpoint_interval, save);
        supervisor.work(
            [&] {
                if (store.finished()) return false;
                auto sample = simulator.draw(static_cast<std::uint32_t>(store.next()));
                store.add(sample.image, sample.numbers);
                return true;
            },
            [&] { return static_cast<double>(store.done()); });
    }
    const double made = context.comm.sum(static_cast<double>(store.done() - before)),
                 seconds = context.comm.max(clock.seconds());
    write_result(run, store, simulator);
    const auto total = static_cast<double>(keys.count);
    run.interruptible([&] { report_simulation(run, store, simulator); }, [=] { return total; }, total, save);
    io::remove_checkpoints(context.comm, directory.checkpoint());

    run::Summary summary;
    summary.add("images per second", made / seconds, "1/s");
    summary.add("time per image and rank", 1e3 * seconds * context.comm.size() / std::max(made, 1.0), "ms");
    run.finish(summary, total);
}

}  // namespace protolith::jobs
