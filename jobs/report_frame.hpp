// What the reports of all jobs have in common: figures drawn in one go, then deck, timings and provenance at the end.
#pragma once

#include "report/figure.hpp"
#include "report/html.hpp"
#include "report/montage.hpp"
#include "run/run.hpp"

namespace protolith::jobs {

/// The papers of one run, put together on rank 0; made by all ranks.
class Papers {
  public:
    /// Collective.
    Papers(run::Run& run, const std::string& title, const std::string& summary);

    report::Report& report() noexcept { return report_; }
    /// Keeps a figure for the report: its data are written now, its pictures drawn together in finish().
    template <class AnyFigure>
    void figure(const AnyFigure& figure) {
        scripts_.push_back(report::write_sources(folder_, figure));
        figures_.push_back({figure.name,
                            figure.title.empty() || figure.caption.empty() ? figure.title + figure.caption
                                                                           : figure.title + ". " + figure.caption,
                            position_});
    }
    /// A table for report, log and NAME.csv.
    void table(const std::string& name, const report::Table& table);
    /// What stands after the figures kept so far.
    void text(const std::function<void(report::Report&)>& part) { parts_.push_back({part, ++position_}); }
    /// On rank 0: `contents` keeps texts, tables and figures; then draws, adds deck, timings, provenance and warnings,
    /// and writes report.html. Throws StoppedEarly on all ranks if the job is to stop meanwhile. Collective.
    void put_together(const std::function<void()>& contents);

  private:
    void finish();
    struct Drawn {
        std::string stem, caption;
        int position;
    };
    struct Part {
        std::function<void(report::Report&)> write;
        int position;
    };
    run::Run& run_;
    std::filesystem::path folder_;
    report::Report report_;
    io::Provenance provenance_;
    std::vector<PhaseTime> times_;
    std::vector<std::string> scripts_;
    std::vector<Drawn> figures_;
    std::vector<Part> parts_;
    int position_ = 0;
};

/// One sentence of what ran where: "2 ranks on node17, 12.3 s".
std::string where_it_ran(const run::Run& run);

}  // namespace protolith::jobs
