// protolith JOB [KIND] [options]: finds the job, reads the deck, runs it, and turns whatever is thrown into one message
// and an exit code: 0 done, 2 bad input, 75 stopped early but resumable, 1 anything else.
#include "base/build_info.hpp"
#include "base/deck/suggest.hpp"
#include "device/error.hpp"
#include "device/query.hpp"
#include "jobs.hpp"
#include "memory/pool.hpp"
#include "volume/simd_targets.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

namespace {

using namespace protolith;

std::vector<run::Job> all_jobs() {
    std::vector<run::Job> table = {
        jobs::characterise(), jobs::convert(),         jobs::flow(),        jobs::generate(), jobs::homogenise(),
        jobs::invert(),       jobs::prepare_windows(), jobs::reconstruct(), jobs::segment(),  jobs::train_wgan_gp()};
    for (auto& job : jobs::simulate()) table.push_back(std::move(job));
    return table;
}

void say(const Communicator& comm, std::FILE* out, const std::string& text) {
    if (comm.is_root()) std::fputs(text.c_str(), out);
}

std::string usage(const std::vector<run::Job>& table) {
    std::string text = "protolith JOB --input deck.toml [--output DIR] [--set a.b=value] [--check]\n\nJobs:\n";
    for (const auto& job : table) text += fmt::format("  {:<22} {}\n", job.name, job.summary);
    for (const auto& [name, summary] :
         {std::pair{"inspect FILE", "what is in a file that Protolith wrote; exit code 2 if damaged or incomplete"},
          std::pair{"devices", "the GPUs of this machine, or why none can be used"},
          std::pair{"help JOB", "the keys of a job's deck with defaults, ranges and sources"}})
        text += fmt::format("  {:<22} {}\n", name, summary);
    return text +
           "\nprotolith JOB --help lists the options; --version and --build-info tell how this binary was built.\n";
}

std::string build_text() {
    const auto& build = build_info();
    std::string text = fmt::format("protolith {}\n  git       {}\n  compiler  {}, {}\n  SIMD      {}\n", build.version,
                                   build.git_hash, build.compiler, build.build_type, simd_targets());
    for (const auto& [name, version] : build.libraries) text += fmt::format("  {:<13} {}\n", name, version);
    const auto gpus = kernels::query_devices();
    return text + fmt::format("  device    {}\n", gpus.available ? gpus.name() : "CPU; no GPU here: " + gpus.reason);
}

/// The job whose name is the longest beginning of the words; the rest are its arguments.
const run::Job* find_job(const std::vector<run::Job>& table, const std::vector<std::string>& words, std::size_t& used) {
    for (std::size_t n = std::min<std::size_t>(2, words.size()); n > 0; --n) {
        std::string name = words[0];
        for (std::size_t i = 1; i < n; ++i) name += " " + words[i];
        for (const auto& job : table)
            if (job.name == name) {
                used = n;
                return &job;
            }
    }
    return nullptr;
}

std::string unknown_job(const std::vector<run::Job>& table, const std::vector<std::string>& words) {
    std::vector<std::string> names, kinds;
    for (const auto& job : table) {
        names.push_back(job.name);
        if (job.name.starts_with(words[0] + " ")) kinds.push_back(job.name.substr(words[0].size() + 1));
    }
    const std::string word = words.size() > 1 && words[1][0] != '-' ? words[0] + " " + words[1] : words[0];
    std::string text =
        kinds.empty()
            ? fmt::format("error: unknown job '{}'{}\n", words[0], deck::did_you_mean(words[0], names))
            : fmt::format("error: unknown job '{}'{}; kinds of {}:", word, deck::did_you_mean(word, names), words[0]);
    for (const auto& kind : kinds) text += " " + kind;
    return text + (kinds.empty() ? "       protolith --help lists the jobs\n" : "\n");
}

/// Runs one job; every exception ends here.
int run_job(const run::Job& job, const std::vector<std::string>& arguments, const std::string& command_line) {
    auto parsed = run::parse_options(job.name, job.summary, arguments);
    Communicator world;
    if (parsed.exit_code) {
        say(world, *parsed.exit_code == 0 ? stdout : stderr, parsed.text);
        return *parsed.exit_code;
    }
    parsed.options.command_line = command_line;
    std::unique_ptr<run::Run> run;
    std::unique_ptr<Context> context;
    const auto report = [&](const std::string& what, int code, bool together) {
        if (run && (world.is_root() || !together)) run->note_failure(what, code);
        const bool many = world.size() > 1 && !together;
        const std::string text = many ? fmt::format("rank {}: {}", world.rank(), what) : what;
        if (!together || world.is_root()) std::fprintf(stderr, "%s: %s\n", code == 75 ? "note" : "error", text.c_str());
        if (!many) return code;
        std::fflush(stderr);
        MPI_Abort(MPI_COMM_WORLD, code);  // the other ranks may be waiting for this one
        return code;
    };
    try {
        collectively(world, [&] {
            context = std::make_unique<Context>(MPI_COMM_WORLD, parsed.options.quiet, parsed.options.max_walltime,
                                                parsed.options.device, job.backends == run::Backends::cpu_and_gpu);
        });
        auto input = deck::Deck::empty();
        collectively(world, [&] {
            if (!parsed.options.input.empty()) input = deck::Deck::from_file(parsed.options.input);
            for (const auto& assignment : parsed.options.sets) input.set(assignment);
        });
        job.start(*context, parsed.options, input, run);
        return 0;
    } catch (const CollectiveError& e) {
        return report(e.what(), static_cast<int>(e.code()), true);
    } catch (const StoppedEarly& e) {
        return report(e.what(), static_cast<int>(e.code()), true);
    } catch (const Error& e) {
        // when every rank fails alike, rank 0 speaks first and ends the others
        if (!world.is_root()) std::this_thread::sleep_for(std::chrono::milliseconds(300));
        return report(e.what(), static_cast<int>(e.code()), false);
    } catch (const kernels::OutOfDeviceMemory& e) {
        return report(e.what(), 1, false);
    } catch (const kernels::DeviceError& e) {
        return report(e.what(), 1, false);
    } catch (const std::bad_alloc&) {
        return report(
            "out of memory: run on more ranks or nodes, or make the task smaller (--check tells what it needs)", 1,
            false);
    } catch (const std::exception& e) {
        return report(fmt::format("unexpected: {}", e.what()), 1, false);
    }
}

int dispatch(const std::vector<std::string>& words, const std::string& command_line) {
    const auto table = all_jobs();
    Communicator world;
    std::size_t used = 0;
    if (words.empty() || words[0] == "--help" || words[0] == "-h" || (words[0] == "help" && words.size() == 1)) {
        say(world, words.empty() ? stderr : stdout, usage(table));
        return words.empty() ? 2 : 0;
    }
    if (words[0] == "--version") return say(world, stdout, "protolith " + build_info().version + "\n"), 0;
    if (words[0] == "--build-info") return say(world, stdout, build_text()), 0;
    if (words[0] == "devices") return say(world, stdout, describe_devices()), 0;
    if (words[0] == "inspect") return jobs::inspect({words.begin() + 1, words.end()});
    const bool help = words[0] == "help";
    const std::vector<std::string> name(words.begin() + (help ? 1 : 0), words.end());
    const auto* job = find_job(table, name, used);
    if (!job) return say(world, stderr, unknown_job(table, name)), 2;
    if (help)
        return say(world, stdout,
                   fmt::format("protolith {}: {}\n\n  {:<24} {:<22} {}\n{}", job->name, job->summary, "key", "default",
                               "meaning", job->keys())),
               0;
    return run_job(*job, {name.begin() + static_cast<std::ptrdiff_t>(used), name.end()}, command_line);
}

}  // namespace

int main(int argc, char** argv) {
    protolith::MpiEnvironment mpi(&argc, &argv);
    std::string command_line = argv[0];
    for (int i = 1; i < argc; ++i) command_line += std::string(" ") + argv[i];
    try {
        protolith::restrict_simd_by_environment();
        return dispatch({argv + 1, argv + argc}, command_line);
    } catch (const protolith::Error& e) {
        std::fprintf(stderr, "error: %s\n", e.what());
        return static_cast<int>(e.code());
    }
}
