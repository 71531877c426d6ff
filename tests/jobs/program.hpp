// Runs the protolith binary as a user does and says what came of it.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace protolith::program {

struct Outcome {
    int code = -1;
    std::string out, err;
};

inline std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// A new empty folder for one test.
inline std::filesystem::path fresh_folder(const std::string& name) {
    const auto folder =
        std::filesystem::path(::testing::TempDir()) / ("protolith_" + name + "_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return folder;
}

/// A shell command; its standard output and error are kept.
inline Outcome shell(const std::string& command, const std::filesystem::path& folder) {
    const auto out = folder / "stdout.txt", err = folder / "stderr.txt";
    const int status = std::system(("( " + command + " ) > '" + out.string() + "' 2> '" + err.string() + "'").c_str());
    Outcome outcome{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text_of(out), text_of(err)};
    std::filesystem::remove(out);
    std::filesystem::remove(err);
    return outcome;
}

inline const std::string binary = PROTOLITH_BINARY;
inline const std::string inputs = std::string(PROTOLITH_SOURCE_DIR) + "/inputs";
inline std::string on_ranks(int ranks) {
    return std::string(PROTOLITH_MPIEXEC) + " -n " + std::to_string(ranks) + " " + binary;
}

/// A deck for a quick reconstruction: four images of 32² from the sandstone. `anneal`: further lines of [anneal].
inline std::string small_deck(const std::string& top = "", const std::string& anneal = "energy_below = 1e-5\n",
                              const std::string& terms = "") {
    return top + "seed = 3\n[target]\nimages = ['" + inputs +
           "/data/sandstone_256.png']\nboundary = 'periodic'\n[batch]\ncount = 4\nextent = [32, 32]\n[anneal]\n" +
           anneal + "[[term]]\nkind = 'S2'\nrange = 16\n" + terms;
}

}  // namespace protolith::program
