#include "io/checkpoint.hpp"

#include "io/durable.hpp"
#include "io/result_file.hpp"

#include <algorithm>

namespace protolith::io {

namespace {
namespace fs = std::filesystem;

fs::path unfinished(fs::path path) {
    path += ".tmp";
    return path;
}

// Why the file cannot be resumed from; nothing if it can. Reads all of it.
std::optional<std::string> fault_of(const fs::path& path, const std::string& deck_hash) {
    try {
        const FileReader reader(path);
        require_input(reader.has_attribute("/", "protolith_file"), "{}: not written by Protolith", path.string());
        const std::string kind = reader.text_attribute("/", "protolith_file");
        require_input(kind == "checkpoint", "{}: a {} file, not a checkpoint", path.string(), kind);
        const auto schema = reader.int_attribute("/", "schema_version");
        require_input(schema == schema_version, "{}: schema version {}, this program reads {}", path.string(), schema,
                      schema_version);
        require_input(reader.int_attribute("/", "complete") == 1, "{}: incomplete, its writing was interrupted",
                      path.string());
        const std::string written_for = reader.text_attribute("/", "deck_hash");
        require_input(written_for == deck_hash, "{}: written for another deck (hash {}, this deck has {})",
                      path.string(), written_for, deck_hash);
        reader.attributes("/provenance");
        for (const std::string& name : reader.datasets()) reader.verify(name);
        return std::nullopt;
    } catch (const Error& e) {
        return e.what();
    }
}

// A kill between the two renames of a commit leaves the new generation complete under its temporary name.
void finish_interrupted_commit(const fs::path& path, const std::string& deck_hash,
                               const std::function<void(const std::string&)>& warn) {
    if (fs::exists(path) || !fs::exists(unfinished(path)) || fault_of(unfinished(path), deck_hash)) return;
    rename_file(unfinished(path), path);
    sync_folder_of(path);
    warn(fmt::format("{}: the last commit was interrupted between its renames; finished now", path.string()));
}

// The generation to resume from, or an empty path if there is none.
fs::path choose_generation(const fs::path& path, const std::string& deck_hash,
                           const std::function<void(const std::string&)>& warn) {
    finish_interrupted_commit(path, deck_hash, warn);
    std::vector<std::string> faults;
    for (const fs::path& generation : {path, previous_generation(path)}) {
        if (!fs::exists(generation)) continue;
        const auto fault = fault_of(generation, deck_hash);
        if (!fault) {
            for (const std::string& passed : faults)
                warn(fmt::format("checkpoint passed over: {}; resuming from the previous generation {}", passed,
                                 generation.string()));
            if (generation != path && faults.empty())
                warn(fmt::format("{} is missing; resuming from the previous generation {}", path.string(),
                                 generation.string()));
            return generation;
        }
        faults.push_back(*fault);
    }
    require_input(faults.empty(), "no usable checkpoint: {}", fmt::join(faults, "; "));
    return {};
}
}  // namespace

fs::path previous_generation(const fs::path& path) {
    return path.parent_path() / (path.stem().string() + ".previous" + path.extension().string());
}

std::optional<Checkpoint> load_checkpoint(const Communicator& comm, const fs::path& path, const std::string& deck_hash,
                                          const std::function<void(const std::string&)>& warn) {
    std::string chosen;
    on_root(comm, [&] { chosen = choose_generation(path, deck_hash, warn).string(); });
    chosen = comm.broadcast(chosen);
    if (chosen.empty()) return std::nullopt;
    return Checkpoint(FileReader(comm, chosen));
}

void remove_checkpoints(const Communicator& comm, const fs::path& path) {
    on_root(comm, [&] {
        discard_file(unfinished(path));
        discard_file(previous_generation(path));
        discard_file(path);
    });
}

Checkpoint::Checkpoint(FileReader reader)
    : reader_(std::move(reader)), step_(std::get<std::uint64_t>(reader_.attribute("/", "step"))) {}

std::string Checkpoint::text(const std::string& name) const {
    const auto bytes = reader_.read<std::uint8_t>("/data/" + name);
    return {bytes.begin(), bytes.end()};
}

std::size_t Checkpoint::count(const std::string& name) const {
    if (contains(name + "_ends")) return reader_.info("/data/" + name + "_ends").shape.at(0);
    return reader_.info("/data/" + name).shape.at(0);
}

Slab Checkpoint::items_slab(const std::string& name, ItemRange mine) const {
    Slab slab{{}, reader_.info("/data/" + name).shape};
    slab.offset.assign(slab.count.size(), 0);
    slab.offset.at(0) = mine.first;
    slab.count.at(0) = mine.size();
    return slab;
}

std::vector<std::string> Checkpoint::blobs(const std::string& name, ItemRange mine) const {
    std::vector<std::string> result;
    if (mine.size() == 0) return result;
    const std::size_t before = mine.first > 0 ? 1 : 0;
    auto ends = items<std::uint64_t>(name + "_ends", {mine.first - before, mine.last});
    if (before == 0) ends.insert(ends.begin(), 0);
    const auto bytes = items<std::uint8_t>(name, {ends.front(), ends.back()});
    for (std::size_t i = 0; i + 1 < ends.size(); ++i)
        result.emplace_back(bytes.begin() + static_cast<std::ptrdiff_t>(ends[i] - ends.front()),
                            bytes.begin() + static_cast<std::ptrdiff_t>(ends[i + 1] - ends.front()));
    return result;
}

}  // namespace protolith::io
