// What is in a file that Protolith wrote: provenance, contents, complete or not, damaged or not.
#pragma once

#include "io/hdf5/file_reader.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace protolith::io {

struct DatasetReport {
    DatasetInfo info;
    std::string units, long_name;
    std::string damage;  ///< why it cannot be read in full; empty if it can
};

struct FileReport {
    std::filesystem::path path;
    std::string kind;  ///< "result" or "checkpoint"; empty if Protolith did not write the file
    bool complete = false;
    std::string problem;  ///< why the file as a whole cannot be used; empty if it can
    AttributeList file_attributes, provenance;
    std::vector<DatasetReport> datasets;

    bool damaged() const;
    /// Written by Protolith, complete and undamaged; otherwise `protolith inspect` ends with exit code 2.
    bool good() const { return !kind.empty() && complete && problem.empty() && !damaged(); }
};

/// Reads every chunk of the file. What is wrong with it stands in the report; never throws about the file.
FileReport inspect(const std::filesystem::path& path);

/// The report as a text for people, verdict last.
std::string to_string(const FileReport& report);

}  // namespace protolith::io
