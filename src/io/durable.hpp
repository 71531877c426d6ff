// What a file system must have promised before old data are given up: space reserved, bytes on disk, names on disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace protolith::io {

/// Makes sure that the first `bytes` of the file can be written, and throws Error with the system's reason if not.
/// Parallel writes do not report a full disk dependably (MPI-IO accepts short writes), so space is taken beforehand.
/// File systems without fallocate get zeros written from `from` on.
void reserve_space(const std::filesystem::path& path, std::uint64_t from, std::uint64_t bytes);

/// Creates the file, or empties it; Error with the system's reason.
void create_empty(const std::filesystem::path& path);
/// Flushes a file's bytes to disk; Error with the system's reason.
void sync_file(const std::filesystem::path& path);
/// Flushes a folder's names to disk, so that a rename survives a power cut.
void sync_folder_of(const std::filesystem::path& path);
/// rename(2), replacing `to`; Error with the system's reason.
void rename_file(const std::filesystem::path& from, const std::filesystem::path& to);
/// Removes a file if it is there; never throws.
void discard_file(const std::filesystem::path& path) noexcept;

/// yes: the new bytes survive a power cut. no: for figures and reports, which can be drawn again.
enum class Flush { no, yes };

/// Replaces the file by `text` so that a reader sees the old or the new text and never a part: temporary file,
/// fsync (if to be flushed), rename. Error naming the path and the system's reason; the old file then stays.
void write_atomically(const std::filesystem::path& path, std::string_view text, Flush flush = Flush::yes);

/// A whole file. Error naming the path and the system's reason.
std::string read_file(const std::filesystem::path& path);

}  // namespace protolith::io
