#include "run/options.hpp"

#include "base/stop.hpp"

#include <algorithm>
#include <sstream>

#include <CLI/CLI.hpp>

namespace protolith::run {

Parsed parse_options(const std::string& job, const std::string& summary, const std::vector<std::string>& arguments) {
    Parsed parsed;
    Options& o = parsed.options;
    CLI::App app(summary, "protolith " + job);
    app.get_formatter()->column_width(34);
    app.footer("Keys of the input deck: protolith help " + job);
    std::string walltime;
    app.add_option("-i,--input", o.input, "input deck (TOML)");
    app.add_option_function<std::string>(
           "-s,--set", [&o](const std::string& assignment) { o.sets.push_back(assignment); },
           "change a key: --set a.b=value (repeatable)")
        ->trigger_on_parse();
    o.output = "runs/" + job;
    std::replace(o.output.begin(), o.output.end(), ' ', '-');
    app.add_option("-o,--output", o.output, "run directory")->capture_default_str();
    app.add_option("--resume", o.resume,
                   "auto: continue an interrupted run of the same deck; no: start anew and replace what is there; "
                   "FILE: from this checkpoint")
        ->capture_default_str();
    app.add_option("--max-walltime", walltime, "stop with a checkpoint (exit code 75) after hh:mm:ss");
    app.add_option("--device", o.device, "auto, cpu or cuda")->capture_default_str();
    app.add_flag("--check", o.check, "validate the deck and the input, print the plan, and quit");
    app.add_flag("-q,--quiet", o.quiet, "no information on the terminal (log.txt has it)");
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    try {
        app.parse(reversed);
        if (!walltime.empty()) o.max_walltime = parse_walltime(walltime);
    } catch (const CLI::ParseError& e) {
        std::ostringstream out, err;
        const int code = app.exit(e, out, err);
        parsed.exit_code = code == 0 ? 0 : 2;
        parsed.text = out.str() + err.str();
    } catch (const InputError& e) {
        parsed.exit_code = 2;
        parsed.text = std::string("error: ") + e.what() + "\n";
    }
    return parsed;
}

}  // namespace protolith::run
