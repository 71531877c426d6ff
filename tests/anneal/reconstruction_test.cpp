#define HWY_WANT_AVX3_DL  // as the code under test
#include "anneal/reconstruction.hpp"

#include "synthetic.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <hwy/targets.h>

namespace protolith::anneal {
namespace {

Settings settings_for(const Extent& extent, Selection selection = Selection::interface) {
    Settings settings;
    settings.extent = extent;
    settings.selection = selection;
    settings.schedule = Schedule::fast(settings.extent);
    settings.energy_threshold = 1e-6;
    return settings;
}

State run(const Problem& problem, std::uint32_t item = 0) {
    Reconstruction reconstruction(problem, item);
    while (!reconstruction.finished()) reconstruction.run_stage();
    return std::move(reconstruction).take();
}

Problem problem_of(const Settings& settings, const PhaseVolume& image) {
    return Problem(settings, measure_target(std::vector{image}, settings));
}

TEST(Reconstruction, ReachesTheTargetWithEitherSelection) {
    for (Selection selection : {Selection::uniform, Selection::interface}) {
        Settings settings = settings_for({1, 64, 64}, selection);
        settings.schedule = {.initial_temperature = 1e-6, .cooling = 0.93, .stages = 130, .trials_per_stage = 16384};
        const State state = run(problem_of(settings, synthetic::smooth(settings.extent, 0.352, 2, 1)));
        EXPECT_EQ(state.outcome, Outcome::energy_reached) << state.best_energy;
        EXPECT_LT(state.best_energy, 1e-6);
    }
}

TEST(Reconstruction, ReportedEnergyIsThatOfTheImage) {
    const Settings settings = settings_for({1, 48, 48});
    const Problem problem = problem_of(settings, synthetic::smooth(settings.extent, 0.3, 2, 2));
    const State state = run(problem);
    const Target reached = measure_target(std::vector{state.best}, settings);
    double energy = 0;
    for (std::size_t r = 1; r < reached.curves[0].size(); ++r)
        energy += std::pow(reached.curves[0][r] - problem.target().curves[0][r], 2);
    EXPECT_NEAR(state.best_energy, energy, 1e-3 * energy);
}

TEST(Reconstruction, KeepsThePhaseFractionOfOddAndOblongImages) {
    for (const Extent& extent : {Extent{1, 33, 33}, Extent{1, 24, 60}, Extent{1, 61, 20}}) {
        Settings settings = settings_for(extent);
        settings.schedule.stages = 3;
        const PhaseVolume image = synthetic::smooth(extent, 0.4, 2, 3);
        const State state = run(problem_of(settings, image));
        EXPECT_EQ(std::count(state.volume.begin(), state.volume.end(), 1), std::count(image.begin(), image.end(), 1));
        EXPECT_EQ(state.volume.extent(), extent);
    }
}

TEST(Reconstruction, StripesAreReached) {
    Settings settings = settings_for({1, 32, 32}, Selection::uniform);
    settings.schedule = {.initial_temperature = 1e-3, .cooling = 0.8, .stages = 100, .trials_per_stage = 20000};
    settings.energy_threshold = 1e-4;
    PhaseVolume stripes({1, 32, 32});
    for (std::size_t k = 0; k < stripes.size(); ++k) stripes[k] = k / 32 % 8 < 4;
    EXPECT_EQ(run(problem_of(settings, stripes)).outcome, Outcome::energy_reached);
}

TEST(Reconstruction, CheckerboardIsReached) {
    Settings settings = settings_for({1, 4, 4}, Selection::uniform);
    settings.schedule = {.initial_temperature = 1e-1, .cooling = 0.95, .stages = 150, .trials_per_stage = 1000};
    PhaseVolume board({1, 4, 4});
    for (std::size_t y = 0; y < 4; ++y)
        for (std::size_t x = 0; x < 4; ++x) board(y, x) = (y + x) % 2;
    const State state = run(problem_of(settings, board));
    EXPECT_EQ(state.outcome, Outcome::energy_reached) << state.best_energy;
}

TEST(Reconstruction, OnePixelIsReachedAtOnce) {
    const Settings settings = settings_for({1, 16, 16});
    PhaseVolume pixel({1, 16, 16});
    pixel[17] = 1;
    const State state = run(problem_of(settings, pixel));
    EXPECT_EQ(state.outcome, Outcome::energy_reached);
    EXPECT_EQ(state.best_energy, 0.0);
    EXPECT_EQ(state.history.size(), 1u);
    EXPECT_EQ(state.history[0].trials, 0u);
    EXPECT_EQ(state.history[0].acceptance, 0.0);
}

TEST(Reconstruction, VolumeIsDrawnFromPlanarSlices) {
    Settings settings = settings_for({32, 32, 32});
    const Target target = measure_target(synthetic::smooth_set({1, 64, 64}, 0.3, 2, 4), settings);
    const State state = run(Problem(settings, target));
    EXPECT_EQ(state.outcome, Outcome::energy_reached);
    EXPECT_EQ(state.best.extent(), settings.extent);
}

TEST(Reconstruction, WeightedTermsAreReachedTogether) {
    Settings settings = settings_for({1, 48, 48});
    settings.terms = {{.kind = TermKind::two_point},
                      {.kind = TermKind::two_point_diagonal, .weight = 0.5, .range = 12}};
    settings.energy_threshold = 1e-5;
    const Problem problem = problem_of(settings, synthetic::smooth(settings.extent, 0.35, 2, 4));
    const State state = run(problem);
    EXPECT_EQ(state.outcome, Outcome::energy_reached) << state.best_energy;
}

TEST(Reconstruction, WeightOfTheOnlyTermScalesEnergyAndTemperatureAlike) {
    Settings settings = settings_for({1, 32, 32});
    const PhaseVolume image = synthetic::smooth(settings.extent, 0.35, 2, 4);
    const State once = run(problem_of(settings, image));
    settings.terms[0].weight = 4;
    settings.schedule.initial_temperature *= 4;
    settings.energy_threshold *= 4;
    EXPECT_EQ(run(problem_of(settings, image)).best, once.best);
}

TEST(Reconstruction, ItemsDiffer) {
    Settings settings = settings_for({1, 32, 32});
    settings.schedule.stages = 2;
    const Problem problem = problem_of(settings, synthetic::smooth(settings.extent, 0.3, 2, 5));
    EXPECT_NE(run(problem, 0).volume, run(problem, 1).volume);
    EXPECT_EQ(run(problem, 1), run(problem, 1));
}

TEST(Reconstruction, GoesOnFromAnyStageAsIfUninterrupted) {
    for (std::uint32_t levels : {1u, 2u}) {
        Settings settings = settings_for({1, 32, 32});
        settings.levels = levels;
        settings.schedule.stages = 12;
        settings.energy_threshold = 0;
        const Problem problem = problem_of(settings, synthetic::smooth(settings.extent, 0.3, 2, 6));
        const State whole = run(problem, 3);
        Reconstruction reconstruction(problem, 3);
        while (!reconstruction.finished()) {
            Reconstruction again(problem, unpack(pack(reconstruction.state())));
            while (!again.finished()) again.run_stage();
            ASSERT_EQ(again.state(), whole) << "from stage " << reconstruction.state().history.size();
            reconstruction.run_stage();
        }
        EXPECT_EQ(whole.history.size(), 12u * levels);
        EXPECT_EQ(unpack(pack(whole)), whole);
    }
}

TEST(Reconstruction, DamagedStatesAreRefused) {
    Settings settings = settings_for({1, 32, 32});
    const Problem problem = problem_of(settings, synthetic::smooth(settings.extent, 0.3, 2, 6));
    Reconstruction reconstruction(problem, 0);
    reconstruction.run_stage();
    std::vector<std::byte> bytes = pack(reconstruction.state());
    EXPECT_THROW(unpack(std::span(bytes).first(bytes.size() - 1)), Error);
    EXPECT_THROW(unpack(std::span(bytes).first(40)), Error);
    EXPECT_THROW(unpack(std::span(bytes).subspan(1)), Error);
    State flipped = reconstruction.state();
    flipped.volume[5] ^= 1;
    EXPECT_THROW(Reconstruction(problem, flipped), Error);
}

TEST(Reconstruction, StopsByAcceptanceAndByStages) {
    Settings settings = settings_for({1, 32, 32});
    settings.energy_threshold = 0;
    settings.schedule.stages = 4;
    const PhaseVolume image = synthetic::smooth(settings.extent, 0.3, 2, 6);
    EXPECT_EQ(run(problem_of(settings, image)).outcome, Outcome::stages_done);
    settings.acceptance_threshold = 0.9;
    EXPECT_EQ(run(problem_of(settings, image)).outcome, Outcome::acceptance_low);
}

TEST(Reconstruction, BestConfigurationIsKept) {
    Settings settings = settings_for({1, 32, 32});
    settings.energy_threshold = 0;
    settings.schedule = {.initial_temperature = 1e-4, .cooling = 1.0, .stages = 10, .trials_per_stage = 500};
    const State state = run(problem_of(settings, synthetic::smooth(settings.extent, 0.3, 2, 6)));
    double lowest = state.history.front().energy;
    for (const StageRecord& record : state.history) lowest = std::min(lowest, record.energy);
    EXPECT_EQ(state.best_energy, lowest);
    EXPECT_GT(state.energy, lowest);  // at this temperature the last is not the best
}

/// The whole of a reconstruction, single trials and blocks, in every SIMD width that this processor has.
TEST(Reconstruction, EverySimdTargetGivesTheSameImage) {
    for (const Extent& extent : {Extent{1, 64, 64}, Extent{1, 150, 140}, Extent{16, 16, 16}}) {
        Settings settings = settings_for(extent);
        settings.schedule.stages = 20;
        settings.energy_threshold = 0;
        const PhaseVolume image = synthetic::smooth(extent, 0.35, 2, 7);
        std::optional<State> first;
        for (std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
            hwy::SetSupportedTargetsForTest(target);
            hwy::GetChosenTarget().Update(hwy::SupportedTargets());
            const State state = run(problem_of(settings, image));
            if (!first) first = state;
            EXPECT_EQ(state, *first) << hwy::TargetName(target) << " on " << to_string(extent);
        }
        hwy::SetSupportedTargetsForTest(0);
        hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    }
}

}  // namespace
}  // namespace protolith::anneal
