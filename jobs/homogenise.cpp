// protolith homogenise: images of two rocks become the smooth anisotropic medium that long elastic waves see.
#include "homogenise_report.hpp"
#include "homogenised_volume.hpp"
#include "io/image/source.hpp"
#include "jobs.hpp"
#include "load_images.hpp"
#include "run/supervisor.hpp"
#include "train/resources.hpp"

#include <algorithm>

namespace protolith::jobs {

namespace {

constexpr std::size_t at_once = 16;  // images that share vector registers

elastic::HomogeniserSettings homogeniser_settings(const HomogeniseSettings& keys, const Extent& extent, int threads) {
    elastic::HomogeniserSettings s;
    s.image = extent;
    s.medium = keys.medium.medium();
    s.filter = keys.filter.filter;
    s.solver = keys.solver();
    if (keys.grid == HomogeniseSettings::Grid::pixels) s.grid = {extent.y, extent.x};
    s.threads = threads;
    return s;
}

/// Values 0 … 1 of one image, row by row.
std::vector<double> read_image(const ImageList& list, std::size_t item, const HomogeniseImagesKeys& keys) {
    if (!keys.grey) {
        const auto phase = load_image(list, item, keys);
        return {phase.begin(), phase.end()};
    }
    const auto source = io::open_image(list.names[item]);
    const auto grey = io::read_grey(*source);
    std::vector<double> values;
    for (const float value : grey) {
        values.push_back(static_cast<double>(value) / source->info().maximum);
        require_input(values.back() >= 0 && values.back() <= 1,
                      "{}: a grey value of {}; expected 0 to {}, the largest of its type", list.names[item], value,
                      source->info().maximum);
    }
    return values;
}

run::Plan plan_of(const run::Run& run, const HomogeniseSettings& keys, const ImageList& list,
                  const elastic::HomogeniserSettings& s) {
    const auto ranks = static_cast<std::size_t>(run.context.comm.size());
    const std::size_t count = list.names.size(), share = (count + ranks - 1) / ranks;
    const auto grid = s.grid.points() > 0 ? s.grid : elastic::half_wavelength_grid(s.image, s.filter);
    run::Plan plan;
    plan.add("images", fmt::format("{} of {} pixels, {} a rank: {}", count, to_string(s.image), share, list.label));
    plan.add("filter", fmt::format("{}, λ0 = {:.4g} L ({:.4g} pixels)", elastic::name(s.filter.shape),
                                   s.filter.wavelength, s.filter.wavelength * static_cast<double>(s.image.x)));
    plan.add("written", fmt::format("C*(x) at {} × {} points", grid.rows, grid.columns));
    keys.add_to(plan);
    const auto values = static_cast<double>(s.image.count() + 8 * grid.points());
    plan.memory_per_rank =
        12.0 * static_cast<double>(share) * values + 8.0 * 60 * at_once * static_cast<double>(s.image.count()) + 64e6;
    plan.files = {"result.h5",    "report.html", "maps.png", "tensors.csv",
                  "summary.json", "status.json", "log.txt",  "input.toml"};
    return plan;
}

void homogenise_all(run::Run& run, const HomogeniseSettings& keys, const ImageList& list, HomogenisedSet& set,
                    const std::function<void()>& save) {
    const auto timer = run.context.timers.phase("homogenize");
    run::Supervisor supervisor(run, "Homogenizing", static_cast<double>(set.total()), "images",
                               keys.checkpoint_interval, save);
    supervisor.work(
        [&] {
            const auto items = set.missing(at_once);
            if (items.empty()) return false;
            std::vector<std::vector<double>> images;
            for (const std::size_t item : items) images.push_back(read_image(list, item, keys.images));
            set.add(items, std::move(images));
            return true;
        },
        [&] { return static_cast<double>(set.done()); });
}

void write_result(run::Run& run, const HomogenisedSet& set) {
    const auto timer = run.context.timers.phase("write result");
    auto file = io::ResultFile::create(run.context.comm, run.directory().file("result.h5"), run.provenance());
    set.write(file);
    file.complete();
}

void homogenise_body(const HomogeniseSettings& keys, run::Run& run) {
    if (!keys.volume.file.empty()) {
        homogenise_volume(keys, run);
        return;
    }
    require_input(!keys.images.images.empty(),
                  "neither images.images nor volume.file is set; expected images or a volume to homogenize");
    auto& context = run.context;
    ImageList list;
    elastic::HomogeniserSettings settings;
    const int threads = train::resources_of_rank(context.comm).threads;
    collectively(context.comm, [&] {
        auto set_keys = static_cast<ImageSetSettings>(keys.images);
        set_keys.stack_of_images = true;
        list = list_set(set_keys);
        settings = homogeniser_settings(keys, list.extents.front(), threads);
        elastic::check(settings);
    });
    if (run.only_planned(plan_of(run, keys, list, settings))) return;
    auto& directory = run.open_directory();
    if (run.already_done()) return;

    HomogenisedSet set(context.comm, list.names.size(), settings);
    if (const auto checkpoint = run.load_checkpoint()) collectively(context.comm, [&] { set.load(*checkpoint); });
    const auto save = [&] {
        io::CheckpointWriter writer(context.comm, directory.checkpoint(), run.provenance(), run.identity(), set.done());
        set.save(writer);
        writer.commit();
    };
    const std::size_t before = set.done();
    const Clock clock;
    homogenise_all(run, keys, list, set, save);
    const double made = context.comm.sum(static_cast<double>(set.done() - before)),
                 seconds = context.comm.max(clock.seconds());
    write_result(run, set);
    const auto total = static_cast<double>(set.total());
    run.interruptible([&] { report_homogenised(run, list, set); }, [=] { return total; }, total, save);
    io::remove_checkpoints(context.comm, directory.checkpoint());

    run::Summary summary;
    summary.add("images per second", made / seconds, "1/s");
    summary.add("estimated error of the strain, worst image", set.worst_error(context.comm), "1");
    run.finish(summary, total);
}

}  // namespace

run::Job homogenise() {
    return run::make_job("homogenise", "images of two rocks as long elastic waves see them", homogenise_body);
}

}  // namespace protolith::jobs
