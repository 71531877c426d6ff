// Ranks as processes of their own, without MPI: what each says at its end, for tests of peers that die.
#pragma once

#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace protolith::kernels::testing {

/// Runs work(rank) in `size` processes; what each returned, "threw: …", or "killed".
inline std::vector<std::string> in_processes(int size, const std::function<std::string(int rank)>& work) {
    struct Child {
        pid_t process;
        int pipe;
    };
    std::vector<Child> children;
    for (int rank = 0; rank < size; ++rank) {
        int ends[2];
        if (pipe(ends) != 0) throw std::runtime_error("no pipe");
        const pid_t process = fork();
        if (process == 0) {
            std::string said;
            try {
                said = work(rank);
            } catch (const std::exception& error) {
                said = std::string("threw: ") + error.what();
            }
            static_cast<void>(!write(ends[1], said.data(), said.size()));
            _exit(0);
        }
        close(ends[1]);
        children.push_back({process, ends[0]});
    }
    std::vector<std::string> all;
    for (const auto& child : children) {
        std::string said;
        char part[512];
        for (ssize_t size_read = 0; (size_read = read(child.pipe, part, sizeof part)) > 0;)
            said.append(part, static_cast<std::size_t>(size_read));
        close(child.pipe);
        int status = 0;
        waitpid(child.process, &status, 0);
        all.push_back(WIFSIGNALED(status) ? "killed" : said);
    }
    return all;
}

}  // namespace protolith::kernels::testing
