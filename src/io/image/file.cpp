#include "io/image/file.hpp"

#include "base/error.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace protolith::io {

File open_to_read(const std::string& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    require_input(std::filesystem::exists(status), "{}: no such file; an image expected", path);
    require_input(std::filesystem::is_regular_file(status), "{}: not a regular file; an image expected", path);
    File file(std::fopen(path.c_str(), "rb"));
    require_input(file != nullptr, "{}: cannot be read: {}", path, std::strerror(errno));
    require_input(file_bytes(path) > 0, "{}: the file is empty (0 bytes); an image expected", path);
    return file;
}

std::uint64_t file_bytes(const std::string& path) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(path, error);
    require_input(!error, "{}: cannot be read: {}", path, error.message());
    return bytes;
}

File open_to_write(const std::string& path) {
    File file(std::fopen(path.c_str(), "wb"));
    require(file != nullptr, "{}: cannot be written: {}", path, std::strerror(errno));
    return file;
}

void write_all(const File& file, const void* data, std::size_t bytes, const std::string& path) {
    require(std::fwrite(data, 1, bytes, file.get()) == bytes, "{}: cannot be written: {}", path, std::strerror(errno));
}

void close_written(File file, const std::string& path) {
    require(std::fclose(file.release()) == 0, "{}: cannot be written: {}", path, std::strerror(errno));
}

}  // namespace protolith::io
