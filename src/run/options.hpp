// The command line: protolith JOB [KIND] --input deck.toml [options].
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace protolith::run {

struct Options {
    std::string input;                   // deck; empty = defaults and --set alone
    std::vector<std::string> sets;       // a.b=value
    std::string output;                  // run directory; parse_options() sets runs/JOB where none is given
    std::string resume = "auto";         // auto, no, or a checkpoint file
    std::optional<double> max_walltime;  // seconds
    std::string device = "auto";
    bool check = false, quiet = false;
    std::string command_line;  // as given, for provenance
};

/// What remains to be done after the command line is read.
struct Parsed {
    Options options;
    std::optional<int> exit_code;  // set when the line asked only for help or was wrong; `text` says it
    std::string text;
};

/// Reads the options that follow the job's name. `job` and `summary` stand in the help text.
Parsed parse_options(const std::string& job, const std::string& summary, const std::vector<std::string>& arguments);

}  // namespace protolith::run
