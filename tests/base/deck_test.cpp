// The deck: one description of the keys serves reading, errors, resolved deck and help.
#include "base/deck/reader.hpp"
#include "base/deck/suggest.hpp"
#include "base/deck/writer.hpp"

#include <fstream>

#include <gtest/gtest.h>

namespace protolith::deck {
namespace {

enum class Selection { uniform, interface_pixels };

struct Anneal {
    double schedule_T0 = 1e-7;
    std::int64_t stages = 250;
    Selection selection = Selection::uniform;
    std::vector<double> weights{1.0};
    void visit(Visitor& v) {
        v.entry(Key("schedule_T0").help("initial temperature").above(0).source("Yeong & Torquato 1998"), schedule_T0);
        v.entry(Key("stages").help("cooling stages").at_least(1), stages);
        v.choice(Key("selection").help("which pixels are swapped"), selection,
                 {{"uniform", Selection::uniform}, {"interface", Selection::interface_pixels}});
        v.entry(Key("weights").help("weights of the terms").at_least(0), weights);
    }
};
struct Item {
    std::string path;
    void visit(Visitor& v) { v.entry(Key("path").help("image").required(), path); }
};
struct Settings {
    std::uint32_t seed = 1;
    bool periodic = true;
    Anneal anneal;
    std::optional<double> threshold;
    std::vector<Item> set;
    void visit(Visitor& v) {
        v.entry(Key("seed").help("seed"), seed);
        v.entry(Key("periodic").help("periodic image"), periodic);
        v.entry(Key("threshold").help("grey value").at_least(0), threshold);
        v.section("anneal", "the annealing", anneal);
        v.list(Key("set").help("images"), set);
    }
};

std::string error_of(const std::string& text, const std::vector<std::string>& sets = {}) {
    try {
        auto deck = Deck::from_text(text, "deck.toml");
        for (const auto& s : sets) deck.set(s);
        Settings settings;
        deck.read_into(settings);
    } catch (const InputError& e) {
        return e.what();
    }
    return "";
}

TEST(Deck, KeysReplaceDefaultsAndOthersStay) {
    Settings s;
    Deck::from_text(
        "seed = 7\n[anneal]\nstages = 3\nselection = 'interface'\nweights=[1, "
        "2.5]\n[[set]]\npath='a'\n[[set]]\npath='b'\n",
        "d")
        .read_into(s);
    EXPECT_EQ(s.seed, 7u);
    EXPECT_EQ(s.anneal.stages, 3);
    EXPECT_EQ(s.anneal.selection, Selection::interface_pixels);
    EXPECT_EQ(s.anneal.weights, (std::vector<double>{1, 2.5}));
    EXPECT_EQ(s.anneal.schedule_T0, 1e-7);
    ASSERT_EQ(s.set.size(), 2u);
    EXPECT_EQ(s.set[1].path, "b");
}

TEST(Deck, UnknownKeyIsNamedWithPlaceAndNearestName) {
    EXPECT_EQ(error_of("seed = 1\n\n[anneal]\nstages = 2\n\n\nsheduleT0 = 1e-7\n"),
              "deck.toml:7:1: unknown key 'sheduleT0' in [anneal]; did you mean 'schedule_T0'?");
}

TEST(Deck, UnknownTableIsNamed) {
    EXPECT_EQ(error_of("[aneal]\nstages = 2\n"), "deck.toml:1:2: unknown key 'aneal'; did you mean 'anneal'?");
}

TEST(Deck, MistypedValueTellsWhatWasExpected) {
    EXPECT_EQ(error_of("seed = 'x'\n"), "deck.toml:1:8: seed: expected an integer, found 'x'");
    EXPECT_EQ(error_of("periodic = 1\n"), "deck.toml:1:12: periodic: expected true or false, found 1");
}

TEST(Deck, OutOfRangeTellsTheRange) {
    EXPECT_EQ(error_of("[anneal]\nstages = 0\n"), "deck.toml:2:10: stages = 0: expected ≥ 1");
    EXPECT_EQ(error_of("[anneal]\nschedule_T0 = nan\n"), "deck.toml:2:15: schedule_T0 = nan: expected > 0");
    EXPECT_EQ(
        error_of("[anneal]\nselection = 'interfaces'\n"),
        "deck.toml:2:13: selection = 'interfaces': expected one of uniform, interface; did you mean 'interface'?");
    EXPECT_NE(error_of("seed = -1\n").find("seed = -1: expected ≥ 0"), std::string::npos);
}

TEST(Deck, DuplicateKeyIsAnErrorWithItsPlace) {
    const auto error = error_of("seed = 1\nseed = 2\n");
    EXPECT_EQ(error.rfind("deck.toml:2:", 0), 0u) << error;
}

TEST(Deck, AllMistakesAreToldAtOnce) {
    const auto error = error_of("sed = 1\n[anneal]\nstages = 0\n");
    EXPECT_NE(error.find("unknown key 'sed'"), std::string::npos);
    EXPECT_NE(error.find("stages = 0"), std::string::npos);
}

TEST(Deck, RequiredKeyOfAListItem) {
    EXPECT_NE(error_of("[[set]]\n").find("'path' is required in [set]"), std::string::npos);
}

TEST(Deck, SetOverridesTheFileAndIsNamedInErrors) {
    auto deck = Deck::from_text("[anneal]\nstages = 2\n[[set]]\npath = 'a'\n", "d");
    deck.set("anneal.stages=5");
    deck.set("anneal.selection=interface");
    deck.set("set.0.path=other.png");
    Settings s;
    deck.read_into(s);
    EXPECT_EQ(s.anneal.stages, 5);
    EXPECT_EQ(s.anneal.selection, Selection::interface_pixels);
    EXPECT_EQ(s.set[0].path, "other.png");
    EXPECT_EQ(error_of("", {"anneal.stags=5"}),
              "--set anneal.stags=5: unknown key 'stags' in [anneal]; did you mean 'stages'?");
    EXPECT_EQ(error_of("", {"anneal.stages=five"}),
              "--set anneal.stages=five: stages: expected an integer, found 'five'");
    EXPECT_NE(error_of("", {"nonsense"}).find("expected key=value"), std::string::npos);
    EXPECT_NE(error_of("", {"seed.x=1"}), "");
    EXPECT_NE(error_of("seed = 1", {"seed.x=1"}).find("is a value, not a table"), std::string::npos);
}

TEST(Deck, ResolvedDeckReadsBackToTheSameSettings) {
    Settings s;
    s.seed = 42;
    s.anneal.schedule_T0 = 0.1 + 0.2;
    s.anneal.selection = Selection::interface_pixels;
    s.set = {{"quote \" and \\ back"}, {"b"}};
    const auto text = resolved(s);
    Settings back;
    Deck::from_text(text, "resolved").read_into(back);
    EXPECT_EQ(back.anneal.schedule_T0, s.anneal.schedule_T0);
    EXPECT_EQ(back.set[0].path, s.set[0].path);
    EXPECT_EQ(resolved(back), text);
}

TEST(Deck, ANumberMayBeLeftOut) {
    Settings s;
    EXPECT_NE(resolved(s).find("# threshold = "), std::string::npos);
    Deck::from_text("threshold = 3\n", "d").read_into(s);
    EXPECT_EQ(s.threshold, 3.0);
    EXPECT_NE(resolved(s).find("\nthreshold = 3.0"), std::string::npos);
    EXPECT_NE(error_of("threshold = -1\n").find("expected ≥ 0"), std::string::npos);
}

TEST(Deck, FilesAreLookedForFromTheWorkingDirectoryThenTheDecksFolder) {
    const auto folder = std::filesystem::path(::testing::TempDir()) / "deck_folder";
    std::filesystem::create_directories(folder / "data");
    std::ofstream(folder / "data/a.png") << "x";
    struct Files {
        std::string image;
        void visit(Visitor& v) { v.entry(Key("image").input_path(), image); }
    };
    const auto read = [&](const std::string& path) {
        std::ofstream(folder / "d.toml") << "image = '" << path << "'\n";
        Files files;
        Deck::from_file(folder / "d.toml").read_into(files);
        return files.image;
    };
    EXPECT_EQ(read("data/a.png"), (folder / "data/a.png").string());
    EXPECT_EQ(read("data/*.png"), (folder / "data/*.png").string());
    EXPECT_EQ(read("data/a.png:/x"), (folder / "data/a.png").string() + ":/x");
    EXPECT_THROW(read("data/b.png"), InputError);
    EXPECT_THROW(read("dat/*.png"), InputError);
}

TEST(Deck, HelpNamesEveryKeyWithDefaultRangeAndSource) {
    const auto text = help(Settings{});
    for (const char* part : {"schedule_T0", "1e-07", "> 0", "Yeong & Torquato 1998", "[anneal]", "[[set]]", "required",
                             "one of uniform, interface"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(Suggest, FarWordsAreNotSuggested) {
    EXPECT_EQ(nearest("colour", {"stages", "seed"}), "");
    EXPECT_EQ(nearest("stage", {"stages", "seed"}), "stages");
    EXPECT_EQ(nearest("Trials-Per-Stage", {"trials_per_stage"}), "trials_per_stage");
}

}  // namespace
}  // namespace protolith::deck
