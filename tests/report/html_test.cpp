// The report is one well-formed file that loads nothing and shows every text as it stands.
#include "report/html.hpp"

#include "base/error.hpp"
#include "io/durable.hpp"
#include "report/embed.hpp"
#include "report/figure.hpp"
#include "report/gnuplot.hpp"
#include "report/text.hpp"
#include "report/toml_colour.hpp"
#include "tags.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

namespace protolith::report {
namespace {

const std::string hostile = "<script>alert(\"1\")</script> & 'x' </p> ]]> `code <b>` ` \xFF \x01";

Report example(const std::filesystem::path& folder) {
    Report report(folder / "report.html", "Report of " + hostile, hostile);
    report.summary(hostile);
    report.warning(hostile);
    report.section("What was run " + hostile);
    report.paragraph(hostile);
    report.list({hostile, "two"});
    report.pairs({{"key " + hostile, hostile}});
    Table table{hostile, {{hostile, hostile}, {"n"}}};
    table.add({hostile, 1});
    report.table(table);
    report.subsection(hostile);
    report.deck("[a]\nb = \"" + hostile + "\"\n");
    report.code(hostile);
    report.figure(folder / "figures" / "s2", "Caption " + hostile);
    return report;
}

/// Everything that a browser would fetch: sources that are no data, links that lead out of the folder, scripts, style
/// sheets.
std::vector<std::string> loads_of(const std::string& html) {
    std::vector<std::string> loads;
    const auto found = [&](std::size_t at) { loads.push_back(html.substr(at, 60)); };
    for (const std::string word :
         {"http://", "https://", "<script", "<link", "<iframe", "<object", "@import", "url(", "srcset"})
        for (std::size_t at = html.find(word); at != std::string::npos; at = html.find(word, at + 1)) found(at);
    for (std::size_t at = html.find("src=\""); at != std::string::npos; at = html.find("src=\"", at + 1))
        if (html.compare(at + 5, 5, "data:") != 0) found(at);
    for (std::size_t at = html.find("href=\""); at != std::string::npos; at = html.find("href=\"", at + 1))
        if (html.substr(at + 6, html.find('"', at + 6) - at - 6).find(':') != std::string::npos) found(at);
    return loads;
}

std::string without_tags(const std::string& html) {
    std::string text;
    bool inside = false;
    for (const char c : html) {
        inside = inside || c == '<';
        if (!inside) text += c;
        if (c == '>') inside = false;
    }
    return text;
}

TEST(Report, HtmlIsBalancedAndLoadsNothing) {
    const TemporaryFolder folder;
    const std::string html = example(folder.path()).html();
    EXPECT_EQ(unbalanced_tag(html), "");
    EXPECT_EQ(loads_of(html), std::vector<std::string>{});
    EXPECT_NE(html.find("&lt;script&gt;alert(&quot;1&quot;)"), std::string::npos);
    EXPECT_NE(html.find("<code>code &lt;b&gt;</code>"), std::string::npos);
    EXPECT_NE(html.find("<a href=\"#s1\">What was run"), std::string::npos);
}

TEST(Report, FigureIsEmbeddedAndItsFilesAreLinkedRelatively) {
    if (find_gnuplot().empty()) GTEST_SKIP() << "gnuplot is not on PATH";
    const TemporaryFolder folder;
    const Figure figure{.name = "s2",
                        .title = "t",
                        .x_label = "x",
                        .y_label = "y",
                        .curves = {{.label = "a", .x = {0, 1}, .y = {1, 2}}}};
    EXPECT_EQ(write_figure(folder.path() / "figures", figure), "");
    io::write_atomically(folder.path() / "figures" / "s2_map.csv", "of another figure");
    io::write_atomically(folder.path() / "figures" / "s2_map.gp", "of another figure");
    const std::string html = example(folder.path()).html();
    EXPECT_NE(html.find("<img src=\"data:image/svg+xml;base64," +
                        base64(io::read_file(folder.path() / "figures" / "s2.svg"))),
              std::string::npos);
    EXPECT_NE(html.find("<a href=\"figures/s2.csv\">figures/s2.csv</a>"), std::string::npos);
    EXPECT_EQ(html.find("s2_map"), std::string::npos);
    EXPECT_EQ(unbalanced_tag(html), "");
    EXPECT_EQ(loads_of(html), std::vector<std::string>{});
}

TEST(Report, FigureThatWasNotDrawnIsSaidSo) {
    const TemporaryFolder folder;
    const EnvironmentVariable path("PATH", "");
    const Figure figure{.name = "s2",
                        .title = "t",
                        .x_label = "x",
                        .y_label = "y",
                        .curves = {{.label = "a", .x = {0, 1}, .y = {1, 2}}}};
    EXPECT_EQ(write_figure(folder.path() / "figures", figure), gnuplot_missing);
    const std::string html = example(folder.path()).html();
    EXPECT_NE(html.find("This figure was not drawn; its data"), std::string::npos);
    EXPECT_NE(html.find("figures/s2.gp"), std::string::npos);
}

TEST(Report, WritesWholeFileAndLeavesNoTemporary) {
    const TemporaryFolder folder;
    example(folder.path()).write();
    EXPECT_EQ(io::read_file(folder.path() / "report.html"), example(folder.path()).html());
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "report.html.tmp"));
    EXPECT_THROW(Report(folder.path() / "absent" / "report.html", "t").write(), Error);
}

TEST(Report, FullDiskIsAnErrorAndKeepsTheOldFile) {
    if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
    const TemporaryFolder folder;
    io::write_atomically(folder.path() / "report.html", "old");
    std::filesystem::create_symlink("/dev/full", folder.path() / "report.html.tmp");
    EXPECT_THROW(io::write_atomically(folder.path() / "report.html", std::string(100000, 'x')), Error);
    EXPECT_EQ(io::read_file(folder.path() / "report.html"), "old");
}

TEST(Report, Base64MatchesRfc4648) {
    const std::vector<std::pair<std::string, std::string>> vectors{{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : vectors) EXPECT_EQ(base64(plain), coded);
    EXPECT_EQ(base64(std::string("\xFF\x00\xFE", 3)), "/wD+");
}

TEST(TomlColour, KnowsTablesKeysStringsNumbersAndComments) {
    EXPECT_EQ(toml_html("[anneal] # c\nT0 = 1e-7\n"),
              "<span class=\"table-name\">[anneal] </span><span class=\"comment\"># c</span>\n"
              "<span class=\"key\">T0 </span>= <span class=\"value\">1e-7</span>\n");
    EXPECT_EQ(toml_html("a = [\"x # y\",\n 'z']"),
              "<span class=\"key\">a </span>= [<span class=\"string\">&quot;x # y&quot;</span>,\n "
              "<span class=\"string\">&#39;z&#39;</span>]");
}

TEST(TomlColour, TakesAnyTextWithoutLosingACharacter) {
    for (const std::string text :
         {"", "=", "\"open", "'''open\n x", "a = \"\\\"", "]]]=[", "no toml at all # x", "\"k\" = 1", "\n\n # only\n"})
        EXPECT_EQ(without_tags(toml_html(text)), html_escape(text));
}

}  // namespace
}  // namespace protolith::report
