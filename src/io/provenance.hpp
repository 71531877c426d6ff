// Where a file comes from: everything needed to repeat the run, written into every HDF5 file as group /provenance.
#pragma once

#include "base/communicator.hpp"
#include "io/hdf5/attributes.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace protolith::io {

/// Version of the layout of Protolith's HDF5 files; a reader refuses what is newer than itself.
inline constexpr std::int64_t schema_version = 1;

struct Provenance {
    std::string job;           ///< "reconstruct", "characterise", …
    std::string deck;          ///< resolved input deck (TOML text)
    std::string command_line;  ///< as it was typed
    std::uint64_t seed = 0;
    std::string version, git_hash, compiler, build_type;         ///< of the program
    std::vector<std::pair<std::string, std::string>> libraries;  ///< name and version
    int ranks = 1;
    std::string host;                                        ///< name of rank 0's node
    std::string start_time;                                  ///< UTC, ISO 8601
    std::vector<std::pair<std::string, std::string>> slurm;  ///< SLURM_JOB_ID, SLURM_ARRAY_TASK_ID, … as they are set
};

/// Fills in what the run itself knows: ranks, host, time (now), SLURM variables that name the job (no user names or
/// paths) and the versions of MPI and HDF5. The same on every rank. Collective.
Provenance describe_run(const Communicator& comm);

/// The attributes of group /provenance, in the order of the struct.
AttributeList to_attributes(const Provenance& provenance);

/// 64-bit FNV-1a hash of a text as 16 hexadecimal digits: tells decks apart (not a cryptographic hash).
std::string text_hash(const std::string& text);

}  // namespace protolith::io
