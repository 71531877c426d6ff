#include "run/directory.hpp"

#include "io/durable.hpp"

#include <algorithm>
#include <ctime>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

namespace protolith::run {

namespace fs = std::filesystem;

namespace {
std::string read_text(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return in ? text.str() : std::string{};
}

std::string utc_now() {
    const std::time_t now = std::time(nullptr);
    char text[32];
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

/// The first line in which two decks differ, for the message.
std::string first_difference(const std::string& there, const std::string& here) {
    std::istringstream a(there), b(here);
    std::string x, y;
    while (true) {
        const bool more_a = static_cast<bool>(std::getline(a, x)), more_b = static_cast<bool>(std::getline(b, y));
        if (!more_a && !more_b) return "";
        if (!more_a) x = "(nothing)";
        if (!more_b) y = "(nothing)";
        if (x != y) {
            const auto key = [](const std::string& line) {  // without remark and blanks
                const std::string text = line.substr(0, line.find("  #"));
                return text.substr(0, text.find_last_not_of(' ') + 1);
            };
            return fmt::format("there: {}; here: {}", key(x), key(y));
        }
    }
}
}  // namespace

Directory::Directory(Context& context, const Options& options, std::string job, const std::string& resolved_deck)
    : context_(context), job_(std::move(job)), resume_(options.resume) {
    path_ = fs::absolute(options.output).lexically_normal();
    int beginning = 0;
    on_root(context.comm, [&] {
        beginning = static_cast<int>(decide(options, resolved_deck));
        if (static_cast<Beginning>(beginning) != Beginning::already_done) create(resolved_deck);
    });
    context.comm.broadcast(&beginning, sizeof beginning);
    beginning_ = static_cast<Beginning>(beginning);
    if (beginning_ != Beginning::already_done) context.log.open_file(file("log.txt"));
}

Directory::Beginning Directory::decide(const Options& options, const std::string& resolved_deck) const {
    require_input(!fs::exists(path_) || fs::is_directory(path_), "--output {}: is a file, not a directory",
                  path_.string());
    if (options.resume != "auto" && options.resume != "no") {
        require_input(fs::exists(options.resume),
                      "--resume {}: expected auto, no or the name of a checkpoint file; no such file", options.resume);
        return Beginning::resume;
    }
    const auto status = read_status();
    if (options.resume == "no" || !status) return Beginning::anew;
    const std::string there = read_text(file("input.toml"));
    require_input(there == resolved_deck && status->job == job_,
                  "--output {}: holds a run of another deck ({}, {}; {}). Choose another directory, or replace it with "
                  "--resume no",
                  path_.string(), status->job, status->state, first_difference(there, resolved_deck));
    if (status->state == "done") return Beginning::already_done;
    const bool has_checkpoint = fs::exists(checkpoint()) || fs::exists(path_ / "checkpoint.previous.h5");
    return has_checkpoint ? Beginning::resume : Beginning::anew;
}

void Directory::create(const std::string& resolved_deck) const {
    std::error_code failed;
    fs::create_directories(path_, failed);
    require_input(!failed, "--output {}: cannot be created: {}", path_.string(), failed.message());
    if (resume_ == "no")
        for (const char* old : {"checkpoint.h5", "checkpoint.previous.h5", "log.txt", "status.json"})
            fs::remove(path_ / old, failed);
    io::write_atomically(file("input.toml"), resolved_deck);
    write_status("running", 0, 0, "", 0);
}

fs::path Directory::checkpoint_to_resume() const {
    return resume_ == "auto" || resume_ == "no" ? checkpoint() : fs::absolute(resume_);
}

void Directory::write_status(const std::string& state, double step, double total, const std::string& reason,
                             int exit_code) const {
    nlohmann::ordered_json j;
    j["job"] = job_;
    j["state"] = state;
    j["step"] = step;
    j["total"] = total;
    j["reason"] = reason;
    j["exit_code"] = exit_code;
    j["resumable"] = state == "stopped" || state == "running";
    j["ranks"] = context_.comm.size();
    j["seconds"] = context_.clock.seconds();
    j["updated"] = utc_now();
    io::write_atomically(file("status.json"), j.dump(2) + "\n");
}

std::optional<Status> Directory::read_status() const {
    const auto j = nlohmann::json::parse(read_text(file("status.json")), nullptr, false);
    if (j.is_discarded() || !j.is_object()) return std::nullopt;
    return Status{j.value("job", ""),    j.value("state", ""),  j.value("step", 0.0),
                  j.value("total", 0.0), j.value("reason", ""), j.value("exit_code", 0)};
}

}  // namespace protolith::run
