#include "report_frame.hpp"

#include "io/durable.hpp"
#include "report/gnuplot.hpp"

namespace protolith::jobs {

std::string where_it_ran(const run::Run& run) {
    const int ranks = run.context.comm.size();
    return fmt::format("{} rank{}, {} so far", ranks, ranks == 1 ? "" : "s",
                       readable_duration(run.context.clock.seconds()));
}

Papers::Papers(run::Run& run, const std::string& title, const std::string& summary)
    : run_(run),
      folder_(run.directory().path()),
      report_(run.directory().file("report.html"), title, "protolith " + run.job + ", " + where_it_ran(run)),
      provenance_(run.provenance()),
      times_(run.times()) {
    report_.summary(summary);
}

void Papers::table(const std::string& name, const report::Table& table) {
    io::write_atomically(folder_ / (name + ".csv"), report::to_csv(table));
    run_.context.log.info("\n{}", report::to_text(table));
    text([table](report::Report& r) { r.table(table); });
}

void Papers::put_together(const std::function<void()>& contents) {
    on_root(run_.context.comm, [&] {
        contents();
        finish();
    });
}

void Papers::finish() {
    const auto timer = run_.context.timers.phase("draw and report");
    if (!scripts_.empty())
        if (const std::string problem = report::draw(folder_, scripts_, run_.pause()); !problem.empty())
            run_.context.log.warning("{}", problem);
    std::size_t next = 0;
    const auto figures_until = [&](int position) {
        for (; next < figures_.size() && figures_[next].position < position; ++next)
            report_.figure(folder_ / figures_[next].stem, figures_[next].caption);
    };
    for (const auto& part : parts_) {
        figures_until(part.position);
        part.write(report_);
    }
    figures_until(position_ + 1);

    report_.section("Input deck");
    report_.paragraph("Every key with the value that was used; also in `input.toml`, which repeats the run.");
    report_.deck(run_.deck);
    report_.section("Timings");
    report::Table timings{"Wall-clock time over ranks", {{"phase"}, {"min", "s"}, {"mean", "s"}, {"max", "s"}}};
    for (const auto& row : times_) timings.add({row.name, row.min, row.mean, row.max});
    report_.table(timings);
    report_.section("Provenance");
    report_.pairs({{"job", run_.job},
                   {"command", provenance_.command_line},
                   {"seed", std::to_string(provenance_.seed)},
                   {"ranks", std::to_string(provenance_.ranks)},
                   {"host", provenance_.host},
                   {"started (UTC)", provenance_.start_time},
                   {"program", fmt::format("protolith {} ({}), {} {}", provenance_.version, provenance_.git_hash,
                                           provenance_.compiler, provenance_.build_type)}});
    std::vector<std::pair<std::string, std::string>> libraries(provenance_.libraries);
    libraries.insert(libraries.end(), provenance_.slurm.begin(), provenance_.slurm.end());
    report_.pairs(libraries);
    for (const auto& warning : run_.context.log.warnings()) report_.warning(warning);
    report_.write();
}

}  // namespace protolith::jobs
