// Running gnuplot: absent, stopped, failing on one script, and whatever the user's settings are.
#include "base/error.hpp"
#include "example_figure.hpp"
#include "io/durable.hpp"
#include "temporary_folder.hpp"

#include <chrono>

#include <sys/wait.h>

namespace protolith::report {
namespace {

TEST(Gnuplot, WithoutGnuplotDataAndScriptAreWritten) {
    const TemporaryFolder folder;
    const EnvironmentVariable path("PATH", "");
    io::write_atomically(folder.path() / "s2.png", "of an earlier run");
    EXPECT_EQ(write_figure(folder.path(), example()), gnuplot_missing);
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "s2.csv"));
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "s2.gp"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "s2.png")) << "a picture of other data must not stay";
}

TEST(Gnuplot, OneBadScriptIsNamedAndDoesNotStopTheOthers) {
    SKIP_WITHOUT_GNUPLOT;
    const TemporaryFolder folder;
    io::write_atomically(folder.path() / "bad.gp", "plot 'missing.csv' using 1:2\n");
    const std::string statement = draw(folder.path(), {"bad.gp", write_sources(folder.path(), example())});
    EXPECT_NE(statement.find("gnuplot failed on bad.gp"), std::string::npos) << statement;
    EXPECT_NE(statement.find("missing.csv"), std::string::npos) << statement;
    EXPECT_EQ(statement.find("s2.gp"), std::string::npos) << statement;
    expect_pictures(folder.path(), "s2", {480, 340});
}

TEST(Gnuplot, IsEndedWhenTheJobIsToStopAndNoHalfDrawnPictureStays) {
    SKIP_WITHOUT_GNUPLOT;
    const TemporaryFolder folder;
    io::write_atomically(folder.path() / "slow.gp", "pause 60\n");
    const auto scripts = std::vector<std::string>{write_sources(folder.path(), example()), "slow.gp"};
    const auto picture = folder.path() / "s2.png";
    const auto begun = std::chrono::steady_clock::now();
    const Pause pause = [&] {
        if (std::filesystem::exists(picture)) throw StoppedEarly("stopped early");
    };
    EXPECT_THROW(draw(folder.path(), scripts, pause), StoppedEarly);
    EXPECT_FALSE(std::filesystem::exists(picture));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(50)) << "gnuplot was not waited for";
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "no child is left";
}

TEST(Gnuplot, LocaleAndUserSettingsDoNotReachGnuplot) {
    SKIP_WITHOUT_GNUPLOT;
    const TemporaryFolder folder;
    io::write_atomically(folder.path() / ".gnuplot", "exit status 3\n");
    const EnvironmentVariable home("HOME", folder.path().string()), locale("LC_ALL", "de_DE.UTF-8"),
        terminal("GNUTERM", "nonsense");
    EXPECT_EQ(write_figure(folder.path(), example()), "");
    EXPECT_NE(io::read_file(folder.path() / "s2.svg").find(">0.10<"), std::string::npos);
}

}  // namespace
}  // namespace protolith::report
