#include "io/provenance.hpp"

#include <array>
#include <cstdlib>
#include <ctime>

#include <unistd.h>

namespace protolith::io {

namespace {
std::string utc_now() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

std::string host_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::string mpi_version() {
    std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> text{};
    int length = 0;
    MPI_Get_library_version(text.data(), &length);
    const std::string all(text.data(), static_cast<std::size_t>(length));
    return all.substr(0, all.find_first_of(",\n"));
}

std::string hdf5_version() {
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    return fmt::format("{}.{}.{}", major, minor, release);
}
}  // namespace

Provenance describe_run(const Communicator& comm) {
    Provenance run;
    run.ranks = comm.size();
    run.host = comm.broadcast(host_name());
    run.start_time = comm.broadcast(utc_now());
    run.libraries = {{"MPI", mpi_version()}, {"HDF5", hdf5_version()}};
    for (const char* key : {"SLURM_JOB_ID", "SLURM_ARRAY_JOB_ID", "SLURM_ARRAY_TASK_ID", "SLURM_RESTART_COUNT",
                            "SLURM_JOB_NUM_NODES", "SLURM_JOB_PARTITION", "SLURM_CLUSTER_NAME"})
        if (const char* value = std::getenv(key)) run.slurm.emplace_back(key, value);
    return run;
}

AttributeList to_attributes(const Provenance& provenance) {
    AttributeList list{{"schema_version", schema_version},
                       {"job", provenance.job},
                       {"deck", provenance.deck},
                       {"deck_hash", text_hash(provenance.deck)},
                       {"command_line", provenance.command_line},
                       {"seed", provenance.seed},
                       {"version", provenance.version},
                       {"git_hash", provenance.git_hash},
                       {"compiler", provenance.compiler},
                       {"build_type", provenance.build_type}};
    for (const auto& [name, version] : provenance.libraries) list.emplace_back("library " + name, version);
    list.emplace_back("ranks", std::int64_t{provenance.ranks});
    list.emplace_back("host", provenance.host);
    list.emplace_back("start_time", provenance.start_time);
    for (const auto& [key, value] : provenance.slurm) list.emplace_back(key, value);
    return list;
}

std::string text_hash(const std::string& text) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return fmt::format("{:016x}", hash);
}

}  // namespace protolith::io
