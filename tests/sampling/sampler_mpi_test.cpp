// Chains are the same, bit for bit, on 1, 2 and 4 ranks and after any interruption.
#include "../io/temporary_folder.hpp"
#include "io/result_file.hpp"
#include "sampling/diagnostics.hpp"
#include "sampling/moments.hpp"
#include "sampling/sample_file.hpp"
#include "sampling/sampler.hpp"
#include "targets.hpp"

#include <bit>
#include <optional>

#include <gtest/gtest.h>

namespace protolith::sampling {
namespace {

using io::TemporaryFolder;
using targets::Bimodal;

Settings tempered(Proposal proposal) {
    Settings s;
    s.dimensions = Bimodal::dimensions;
    s.seed = 8;
    s.ladders = 2;
    s.temperatures = 5;
    s.proposal = proposal;
    s.steps_per_sweep = 2;
    s.burn_in = 120;
    s.sweeps = 150;
    s.thin = 2;
    return s;
}

Settings plain() {
    Settings s = tempered(Proposal::pcn);
    s.ladders = 7;
    s.temperatures = 1;
    s.thin = 1;
    return s;
}

/// Everything that a run has produced, as bits: samples with the burn-in, ladder, report without times.
std::vector<std::uint64_t> outcome(const Sampler& sampler) {
    std::vector<double> numbers;
    const Samples& samples = sampler.samples();
    for (std::size_t v = 0; v <= samples.dimensions(); ++v) {
        const auto series = samples.series(v);
        numbers.insert(numbers.end(), series.begin(), series.end());
    }
    for (const auto* list : {&sampler.ladder().beta, &sampler.ladder().step})
        numbers.insert(numbers.end(), list->begin(), list->end());
    const Moments m = moments(samples);
    for (const auto* list : {&m.mean, &m.covariance, &m.mode})
        numbers.insert(numbers.end(), list->begin(), list->end());
    const Report r = sampler.report();
    for (const LevelReport& l : r.levels)
        numbers.insert(numbers.end(), {l.acceptance, l.swap_rejection, l.mean_log_likelihood});
    numbers.insert(numbers.end(), {r.evidence.stepping_stone.value, r.evidence.thermodynamic.error, r.round_trip_rate});
    std::vector<std::uint64_t> bits;
    for (double x : numbers) bits.push_back(std::bit_cast<std::uint64_t>(x));
    bits.insert(bits.end(), r.evaluations.begin(), r.evaluations.end());
    return bits;
}

const std::function<bool(const Progress&)> to_the_end = [](const Progress&) { return true; };

/// On one rank, without interruption.
std::vector<std::uint64_t> alone(const Settings& settings) {
    const Communicator one = Communicator::split(Communicator(), Communicator().rank());
    Sampler sampler(one, settings, Bimodal());
    sampler.run(1e9, to_the_end);
    return outcome(sampler);
}

TEST(Sampler, AnyNumberOfRanksGivesTheBitsOfOne) {
    const Communicator comm;
    for (const Settings& settings :
         {tempered(Proposal::pcn), tempered(Proposal::random_walk), tempered(Proposal::mala), plain()}) {
        Sampler sampler(comm, settings, Bimodal());
        EXPECT_TRUE(sampler.run(0.01, to_the_end));
        EXPECT_EQ(outcome(sampler), alone(settings));
        const auto reports = diagnose(sampler.samples(), 10);
        ASSERT_EQ(reports.size(), settings.dimensions + 1);
        EXPECT_EQ(reports[3].mean, diagnose(sampler.samples().series(3), settings.ladders, 10).mean);
        EXPECT_EQ(reports.back().autocorrelation.size(), 11u);
    }
}

TEST(Sampler, EvaluationsAreThoseThatTheSettingsForetell) {
    const Communicator comm;
    for (const Settings& settings : {tempered(Proposal::pcn), plain()}) {
        Sampler sampler(comm, settings, Bimodal());
        sampler.run(1e9, to_the_end);
        std::uint64_t sum = 0;
        for (std::uint64_t count : sampler.report().evaluations) sum += count;
        EXPECT_EQ(sum, settings.evaluations());
    }
}

TEST(Sampler, MoreRanksThanChainsIsNoObstacle) {
    const Communicator comm;
    Settings settings = plain();
    settings.ladders = 1;
    Sampler sampler(comm, settings, Bimodal());
    EXPECT_TRUE(sampler.run(1e9, to_the_end));
    EXPECT_EQ(outcome(sampler), alone(settings));
}

void save(const Communicator& comm, const Sampler& sampler, const std::filesystem::path& path) {
    io::CheckpointWriter writer(comm, path, io::describe_run(comm), "deck", sampler.progress().sweep);
    sampler.save(writer);
    writer.commit();
}

/// Stops after every so many sweeps, each time on another number of ranks, and goes on from the checkpoint.
TEST(Sampler, InterruptedOnSomeRanksGoesOnOnOthersToTheSameBits) {
    const Communicator world;
    for (const Settings& settings : {tempered(Proposal::pcn), tempered(Proposal::infinity_mala), plain()}) {
        const TemporaryFolder folder(world);
        const auto path = folder / "checkpoint.h5";
        const auto expected = alone(settings);
        int ranks = world.size(), stops = 0;
        for (bool done = false; !done;) {
            const Communicator part = Communicator::split(world, world.rank() < ranks ? 0 : 1);
            if (world.rank() < ranks) {
                Sampler sampler(part, settings, Bimodal());
                if (const auto checkpoint = io::load_checkpoint(part, path, "deck", [](const std::string&) {}))
                    sampler.restore(*checkpoint);
                sampler.advance(1e9, 37);
                save(part, sampler, path);
                done = sampler.finished();
                if (done) {
                    EXPECT_EQ(outcome(sampler), expected);
                }
            }
            done = world.any(done);
            ranks = ranks == world.size() ? std::max(1, world.size() / 2) : world.size();
            ++stops;
        }
        EXPECT_EQ(stops, 8);
    }
}

/// A kill after the last checkpoint loses only what came after it.
TEST(Sampler, WhatWasDoneAfterTheCheckpointIsDoneAgain) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    const Settings settings = tempered(Proposal::pcn);
    {
        Sampler killed(comm, settings, Bimodal());
        killed.advance(1e9, 150);
        save(comm, killed, folder / "checkpoint.h5");
        killed.advance(1e9, 50);
    }
    Sampler sampler(comm, settings, Bimodal());
    sampler.restore(*io::load_checkpoint(comm, folder / "checkpoint.h5", "deck", [](const std::string&) {}));
    EXPECT_EQ(sampler.progress().sweep, 150u);
    EXPECT_TRUE(sampler.run(1e9, to_the_end));
    EXPECT_EQ(outcome(sampler), alone(settings));
    Sampler other(comm, plain(), Bimodal());
    EXPECT_THROW(other.restore(*io::load_checkpoint(comm, folder / "checkpoint.h5", "deck", [](const std::string&) {})),
                 Error);
}

TEST(Sampler, CheckpointBeforeTheFirstDrawServes) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    Settings settings = plain();
    settings.thin = 100;
    for (const std::uint64_t sweeps : {0, 5}) {
        const auto path = folder / fmt::format("after_{}.h5", sweeps);
        {
            Sampler killed(comm, settings, Bimodal());
            killed.advance(1e9, sweeps);
            save(comm, killed, path);
        }
        Sampler sampler(comm, settings, Bimodal());
        sampler.restore(*io::load_checkpoint(comm, path, "deck", [](const std::string&) {}));
        EXPECT_EQ(sampler.progress().sweep, sweeps);
        EXPECT_TRUE(sampler.run(1e9, to_the_end));
        EXPECT_EQ(outcome(sampler), alone(settings));
    }
}

TEST(Sampler, FailureOfOneRankEndsAll) {
    const Communicator comm;
    const int last = comm.size() - 1;
    for (const Settings& settings : {tempered(Proposal::pcn), plain()}) {
        int calls = 0;
        Sampler sampler(comm, settings, [&](const Evaluation& e) {
            if (comm.rank() == last && ++calls == 200) throw Error("the last rank's generator is gone");
            Bimodal()(e);
        });
        EXPECT_THROW(sampler.run(1e9, to_the_end), CollectiveError);
    }
}

TEST(Sampler, SecondsAreThoseOfRankZero) {
    const Communicator comm;
    Sampler sampler(comm, tempered(Proposal::pcn), Bimodal());
    sampler.advance(0);
    EXPECT_EQ(sampler.progress().sweep, 1u);
    sampler.advance(0);
    EXPECT_EQ(sampler.progress().sweep, 2u);
    EXPECT_TRUE(sampler.progress().burning_in);
}

/// Chains of NaN are told by their number, wherever they live.
TEST(Sampler, RefusedStatesAreCountedOfEachChain) {
    const Communicator comm;
    Settings settings = plain();
    settings.dimensions = 1;
    Sampler sampler(comm, settings, [](const Evaluation& e) {
        for (std::size_t i = 0; i < e.count; ++i) e.log_likelihood[i] = e.states[i] < 0 ? std::nan("") : 0;
    });
    EXPECT_TRUE(sampler.run(1e9, to_the_end));
    const Report r = sampler.report();
    for (std::size_t chain = 0; chain < 7; ++chain) {
        EXPECT_GT(r.refused[chain], 20u);
        EXPECT_LT(r.refused[chain], r.evaluations[chain] / 2 + 100);
    }
    for (double z : sampler.samples().series(0)) EXPECT_GE(z, 0);
}

/// Samples go into the result file as they come; a run that was resumed writes the same file.
TEST(SampleFile, HoldsAllDrawsWhetherInterruptedOrNot) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    Settings settings = plain();
    settings.ladders = 3;
    settings.sweeps = 1500;  // more than a chunk
    const auto checkpoint_path = folder / "checkpoint.h5";
    std::vector<std::vector<double>> found;
    for (const bool interrupted : {false, true}) {
        std::optional<Sampler> sampler(std::in_place, comm, settings, Bimodal());
        if (interrupted) {
            sampler->advance(1e9, 1300);
            save(comm, *sampler, checkpoint_path);
            sampler.emplace(comm, settings, Bimodal());
            sampler->restore(*io::load_checkpoint(comm, checkpoint_path, "deck", [](const std::string&) {}));
        }
        const auto path = folder / (interrupted ? "resumed.h5" : "result.h5");
        auto file = io::ResultFile::create(comm, path, io::describe_run(comm));
        SampleFile samples(file, settings, sampler->samples());
        while (!sampler->finished()) {
            sampler->advance(1e9, 400);
            samples.update();
        }
        file.complete();
        const io::FileReader reader(comm, path);
        reader.verify("/posterior/samples");
        for (const char* name : {"samples", "log_likelihood", "log_posterior", "burn_in_log_posterior"})
            found.push_back(reader.read<double>(std::string("/posterior/") + name));
        EXPECT_EQ(reader.info("/posterior/samples").shape, (io::Shape{3, 1500, Bimodal::dimensions}));
        std::vector<double> first;
        for (std::size_t k = 0; k < found[0].size(); k += Bimodal::dimensions) first.push_back(found[0][k]);
        EXPECT_EQ(first, sampler->samples().series(0));
        EXPECT_EQ(found[found.size() - 3], sampler->samples().series(Bimodal::dimensions));
    }
    for (std::size_t k = 0; k < 4; ++k) EXPECT_EQ(found[k], found[k + 4]);
    EXPECT_EQ(found[3].size(), 3 * settings.burn_in);
}

}  // namespace
}  // namespace protolith::sampling
