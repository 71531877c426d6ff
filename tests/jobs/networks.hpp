// A tiny WGAN-GP for tests of the jobs.
#pragma once

#include "io/hdf5/file_reader.hpp"
#include "program.hpp"

#include <map>
#include <vector>

namespace protolith::program {

/// Every window of the sandstone, generator and critic of width 2. `top`: keys of the job itself.
inline std::string tiny_training(const std::string& top = "", const std::string& network = "") {
    return "seed = 7\nsteps = 4\nbatch = 4\ncritic_steps = 2\nthreads = 1\n" + top + "[data]\nimages = ['" + inputs +
           "/data/sandstone_256.png']\n[network]\nimage_size = 32\nlatent = 3\nwidth = 2\ncritic_width = 2\n" +
           network + "[validation]\ninterval = 2\nimages = 6\n[samples]\ninterval = 4\nimages = 4\n";
}

/// A command whose figures are not drawn: a gnuplot that does nothing, in `folder`, stands before the real one.
inline std::string undrawn(const std::filesystem::path& folder, const std::string& command) {
    const auto tools = folder / "tools";
    if (!std::filesystem::exists(tools / "gnuplot")) {
        std::filesystem::create_directories(tools);
        std::ofstream(tools / "gnuplot") << "#!/bin/sh\nexit 0\n";
        std::filesystem::permissions(tools / "gnuplot", std::filesystem::perms::owner_all);
    }
    return "env PATH=" + tools.string() + ":$PATH " + command;
}

/// All numbers of a file, by dataset; texts are left out.
inline std::map<std::string, std::vector<double>> numbers_of(const std::filesystem::path& file) {
    const io::FileReader reader(file);
    std::map<std::string, std::vector<double>> all;
    for (const auto& name : reader.datasets())
        if (reader.info(name).type != io::ElementType::text) all[name] = reader.read<double>(name);
    return all;
}

}  // namespace protolith::program
