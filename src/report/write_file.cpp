// Temporary file and rename(2): the target is either the old text or the new one.
#include "report/write_file.hpp"

#include "base/error.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace protolith::report {
namespace {

struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

}  // namespace

void write_file(const std::filesystem::path& path, std::string_view bytes) {
    const std::filesystem::path temporary = path.string() + ".tmp";
    File file(std::fopen(temporary.c_str(), "wb"));
    require(file != nullptr, "{}: cannot be written: {}", temporary.string(), std::strerror(errno));
    bool ok = std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() && std::fflush(file.get()) == 0;
    int reason = errno;
    if (std::fclose(file.release()) != 0 && ok) {
        ok = false;
        reason = errno;
    }
    if (ok && std::rename(temporary.c_str(), path.c_str()) != 0) {
        ok = false;
        reason = errno;
    }
    if (!ok) std::remove(temporary.c_str());
    require(ok, "{}: cannot be written: {}", path.string(), std::strerror(reason));
}

std::string read_file(const std::filesystem::path& path) {
    const File file(std::fopen(path.c_str(), "rb"));
    require(file != nullptr, "{}: cannot be read: {}", path.string(), std::strerror(errno));
    std::string bytes;
    char block[65536];
    while (const std::size_t count = std::fread(block, 1, sizeof block, file.get())) bytes.append(block, count);
    require(std::ferror(file.get()) == 0, "{}: cannot be read: {}", path.string(), std::strerror(errno));
    return bytes;
}

}  // namespace protolith::report
