#include "io/durable.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace protolith::io {

namespace {
namespace fs = std::filesystem;

[[noreturn]] void throw_system_error(const fs::path& path, const std::string& action) {
    const int reason = errno;
    throw Error(fmt::format("{}: cannot {}: {}", path.string(), action, std::strerror(reason)));
}

class Descriptor {
  public:
    Descriptor(const fs::path& path, int flags, const std::string& action)
        : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
        if (fd_ < 0) throw_system_error(path, action);
    }
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const noexcept { return fd_; }
    void close() {
        if (::close(std::exchange(fd_, -1)) != 0) throw_system_error(path_, "close the file");
    }

  private:
    fs::path path_;
    int fd_;
};

void write_all(const Descriptor& file, const fs::path& path, const char* data, std::size_t count, off_t at) {
    while (count > 0) {
        const ssize_t written = ::pwrite(file.get(), data, count, at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw_system_error(path, fmt::format("write {} bytes", count));
        data += written;
        at += written;
        count -= static_cast<std::size_t>(written);
    }
}
}  // namespace

void reserve_space(const fs::path& path, std::uint64_t from, std::uint64_t bytes) {
    if (bytes <= from) return;
    const std::string action = fmt::format("reserve {:.1f} MiB", static_cast<double>(bytes) / 0x1p20);
    Descriptor file(path, O_WRONLY, action);
    int status = 0;
    do status = ::fallocate(file.get(), 0, static_cast<off_t>(from), static_cast<off_t>(bytes - from));
    while (status != 0 && errno == EINTR);
    if (status == 0) return;
    if (errno != EOPNOTSUPP && errno != ENOSYS) throw_system_error(path, action);
    const std::vector<char> zeros(std::size_t{1} << 20);
    for (std::uint64_t at = from; at < bytes; at += zeros.size())
        write_all(file, path, zeros.data(), std::min<std::uint64_t>(zeros.size(), bytes - at), static_cast<off_t>(at));
}

void create_empty(const fs::path& path) {
    Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC, "create the file");
    file.close();
}

void sync_file(const fs::path& path) {
    Descriptor file(path, O_RDONLY, "open the file to flush it");
    if (::fsync(file.get()) != 0) throw_system_error(path, "flush the file to disk");
}

void sync_folder_of(const fs::path& path) {
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    Descriptor file(folder, O_RDONLY | O_DIRECTORY, "open the folder to flush it");
    // Some network file systems refuse to flush folders; they commit names at once.
    if (::fsync(file.get()) != 0 && errno != EINVAL) throw_system_error(folder, "flush the folder to disk");
}

void rename_file(const fs::path& from, const fs::path& to) {
    if (std::rename(from.c_str(), to.c_str()) != 0) throw_system_error(from, "rename to '" + to.string() + "'");
}

void discard_file(const fs::path& path) noexcept {
    std::error_code ignored;
    fs::remove(path, ignored);
}

void write_atomically(const fs::path& path, std::string_view text, Flush flush) {
    fs::path temporary = path;
    temporary += ".tmp";
    try {
        Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC, "create the file");
        write_all(file, temporary, text.data(), text.size(), 0);
        if (flush == Flush::yes && ::fsync(file.get()) != 0) throw_system_error(temporary, "flush the file to disk");
        file.close();
        rename_file(temporary, path);
    } catch (const Error&) {
        discard_file(temporary);
        throw;
    }
    if (flush == Flush::yes) sync_folder_of(path);
}

std::string read_file(const fs::path& path) {
    const Descriptor file(path, O_RDONLY, "read the file");
    std::string bytes;
    std::vector<char> block(std::size_t{1} << 16);
    for (;;) {
        const ssize_t count = ::read(file.get(), block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw_system_error(path, "read the file");
        if (count == 0) return bytes;
        bytes.append(block.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace protolith::io
