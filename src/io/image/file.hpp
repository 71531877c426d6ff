// C files by RAII, for the formats that read and write them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

namespace protolith::io {

struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// Opens a regular file for reading; a missing, unreadable or empty file, or a folder, is an InputError with the
/// reason.
File open_to_read(const std::string& path);
/// Bytes of a file.
std::uint64_t file_bytes(const std::string& path);

/// Creates a file for writing; failure is an Error with the reason.
File open_to_write(const std::string& path);
/// Writes all bytes, or throws an Error with the reason (disk full).
void write_all(const File& file, const void* data, std::size_t bytes, const std::string& path);
/// Flushes and closes; a failure (disk full) is an Error.
void close_written(File file, const std::string& path);

}  // namespace protolith::io
