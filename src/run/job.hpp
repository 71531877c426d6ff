// The table of jobs: a name, what it does, its keys, and the function that runs it.
#pragma once

#include "base/deck/reader.hpp"
#include "base/deck/writer.hpp"
#include "run/run.hpp"

#include <functional>
#include <string>
#include <vector>

namespace protolith::run {

/// What a job can compute on.
enum class Backends { cpu, cpu_and_gpu };

struct Job {
    std::string name, summary;
    std::function<std::string()> keys;  // the table for `protolith help JOB`
    /// Reads the deck into the job's settings; returns the work to do with them and the resolved deck.
    std::function<void(Context&, const Options&, const deck::Deck&, std::unique_ptr<Run>&)> start;
    Backends backends = Backends::cpu;
};

/// A job whose settings struct has visit() and `seed`, and whose body is `void body(const Settings&, Run&)`.
template <class Settings>
Job make_job(std::string name, std::string summary, void (*body)(const Settings&, Run&),
             Backends backends = Backends::cpu) {
    Job job{name, std::move(summary), [] { return deck::help(Settings{}); }, {}, backends};
    job.start = [name, body](Context& context, const Options& options, const deck::Deck& input,
                             std::unique_ptr<Run>& run) {
        Settings settings;
        collectively(context.comm, [&] { input.read_into(settings); });
        run = std::make_unique<Run>(context, options, name, deck::resolved(settings),
                                    static_cast<std::uint64_t>(settings.seed));
        body(settings, *run);
    };
    return job;
}

}  // namespace protolith::run
