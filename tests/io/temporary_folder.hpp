// A folder for one test, removed with it; on several ranks the one that rank 0 made.
#pragma once

#include "base/communicator.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace protolith::io {

class TemporaryFolder {
  public:
    TemporaryFolder() : path_(make()) {}
    explicit TemporaryFolder(const Communicator& comm)
        : path_(comm.broadcast(comm.is_root() ? make() : std::string{})), comm_(&comm) {}
    ~TemporaryFolder() {
        if (comm_) comm_->barrier();
        std::error_code ignored;
        if (!comm_ || comm_->is_root()) std::filesystem::remove_all(path_, ignored);
        if (comm_) comm_->barrier();
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return std::filesystem::path(path_) / name; }
    const std::string& path() const { return path_; }

  private:
    static std::string make() {
        std::string name = ::testing::TempDir() + "protolith_io_XXXXXX";
        return mkdtemp(name.data());
    }
    std::string path_;
    const Communicator* comm_ = nullptr;
};

}  // namespace protolith::io
