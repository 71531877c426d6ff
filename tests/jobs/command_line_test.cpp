// What a user sees of the command line: help, errors with their place, exit codes, nothing left half-made.
#include "program.hpp"

namespace protolith::program {
namespace {

TEST(CommandLine, HelpNamesTheJobsAndExitsWithZero) {
    const auto o = shell(binary + " --help", fresh_folder("help"));
    EXPECT_EQ(o.code, 0);
    for (const char* job : {"characterise", "reconstruct", "simulate marble-cake", "simulate disks", "inspect"})
        EXPECT_NE(o.out.find(job), std::string::npos) << job;
}

TEST(CommandLine, WithoutAJobTheUsageGoesToStandardErrorWithCodeTwo) {
    const auto o = shell(binary, fresh_folder("nothing"));
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("Jobs:"), std::string::npos);
}

TEST(CommandLine, UnknownJobsAndKindsAreNamedWithTheNearest) {
    const auto folder = fresh_folder("unknown");
    auto o = shell(binary + " reconstuct", folder);
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("unknown job 'reconstuct'; did you mean 'reconstruct'?"), std::string::npos) << o.err;
    o = shell(binary + " simulate marbel-cake", folder);
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("did you mean 'simulate marble-cake'?"), std::string::npos) << o.err;
    o = shell(binary + " reconstruct --inptu x", folder);
    EXPECT_EQ(o.code, 2);
}

TEST(CommandLine, EverySetCountsAndTheLastOfAKeyWins) {
    const auto folder = fresh_folder("sets");
    const auto o = shell(binary + " simulate disks --set count=3 --set 'extent=[10, 12]' --set radius=2 -s count=5 " +
                             "--check --output " + (folder / "run").string(),
                         folder);
    EXPECT_EQ(o.code, 0) << o.err;
    EXPECT_NE(o.out.find("5 of 10 × 12"), std::string::npos) << o.out;
}

TEST(CommandLine, HelpOfAJobListsItsKeysWithRanges) {
    const auto o = shell(binary + " help reconstruct", fresh_folder("help_job"));
    EXPECT_EQ(o.code, 0);
    for (const char* part :
         {"[anneal]", "energy_below", "one of interface, uniform", "[[term]]", "Yeong & Torquato 1998", "required"})
        EXPECT_NE(o.out.find(part), std::string::npos) << part;
}

TEST(CommandLine, VersionAndBuildInfo) {
    const auto folder = fresh_folder("version");
    EXPECT_EQ(shell(binary + " --version", folder).code, 0);
    const auto o = shell(binary + " --build-info", folder);
    for (const char* part : {"git", "compiler", "HDF5", "SIMD", "device"})
        EXPECT_NE(o.out.find(part), std::string::npos) << part;
}

TEST(CommandLine, AnUnknownKeyIsToldWithItsPlaceAndLeavesNoDirectory) {
    const auto folder = fresh_folder("unknown_key");
    std::ofstream(folder / "deck.toml") << "seed = 1\n\n\n\n\n[anneal]\nenergy_blow = 1e-7\n[target]\nimages = ['"
                                        << inputs << "/data/sandstone_256.png']\n";
    for (const auto& program : {binary, on_ranks(2)}) {
        const auto o =
            shell("cd '" + folder.string() + "' && " + program + " reconstruct --input deck.toml --output run", folder);
        EXPECT_EQ(o.code, 2);
        EXPECT_NE(o.err.find("deck.toml:7:1: unknown key 'energy_blow' in [anneal]; did you mean 'energy_below'?"),
                  std::string::npos)
            << o.err;
        EXPECT_EQ(o.err.find("MPI_ABORT"), std::string::npos) << "one readable message";
        EXPECT_FALSE(std::filesystem::exists(folder / "run"));
    }
}

TEST(CommandLine, ATargetThatCannotBeMetIsRefusedWithBothNumbers) {
    const auto folder = fresh_folder("target");
    std::ofstream(folder / "deck.toml") << small_deck();
    const auto run = [&](const std::string& set) {
        return shell(binary + " reconstruct --input " + (folder / "deck.toml").string() + " --output " +
                         (folder / "run").string() + " " + set,
                     folder);
    };
    auto o = run("--set term.0.range=17");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("17"), std::string::npos) << o.err;
    EXPECT_NE(o.err.find("16"), std::string::npos) << o.err;
    o = run("--set target.phase_fraction=0.0001");
    EXPECT_EQ(o.code, 2) << o.out << o.err;
    o = run("--set batch.extent=[8]");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("batch.extent holds 1 numbers"), std::string::npos) << o.err;
    o = run("--set target.images=[\"nowhere.png\"]");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("nowhere.png"), std::string::npos) << o.err;
    EXPECT_FALSE(std::filesystem::exists(folder / "run"));
}

TEST(CommandLine, CheckPrintsThePlanAndWritesNothing) {
    const auto folder = fresh_folder("check");
    std::ofstream(folder / "deck.toml") << small_deck();
    const auto o = shell(binary + " reconstruct --input " + (folder / "deck.toml").string() + " --output " +
                             (folder / "run").string() + " --check",
                         folder);
    EXPECT_EQ(o.code, 0) << o.err;
    EXPECT_NE(o.out.find("4 of 32 × 32"), std::string::npos) << o.out;
    EXPECT_NE(o.out.find("result.h5"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder / "run"));
}

TEST(CommandLine, DevicesSaysWhatThereIs) {
    const auto o = shell(binary + " devices", fresh_folder("devices"));
    EXPECT_EQ(o.code, 0);
    EXPECT_NE(o.out.find("GPU"), std::string::npos) << o.out;
}

TEST(CommandLine, DeviceCudaWithoutAGpuIsBadInput) {
    const auto folder = fresh_folder("device");
    std::ofstream(folder / "deck.toml") << small_deck();
    const auto o = shell("CUDA_VISIBLE_DEVICES='' " + binary + " reconstruct --device cuda --input " +
                             (folder / "deck.toml").string() + " --output " + (folder / "run").string(),
                         folder);
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("no GPU here"), std::string::npos) << o.err;
    EXPECT_FALSE(std::filesystem::exists(folder / "run"));
}

}  // namespace
}  // namespace protolith::program
