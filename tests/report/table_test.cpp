// Tables: exact CSV, aligned text, HTML with the best values marked.
#include "report/table.hpp"

#include "base/error.hpp"
#include "report/text.hpp"
#include "tags.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace protolith::report {
namespace {

const double undefined = std::numeric_limits<double>::quiet_NaN();

Table example() {
    Table table{"Mean square error, \"F₂\"",
                {{"set"}, {"MSE", "", Best::lowest}, {"trials", "10⁶"}, {"time", "s", Best::highest, 3}}};
    table.add({"sandstone, dry", 1.0 / 3e9, 12, 3.25});
    table.add({"<alloy> µm", 2.5e-8, Cell(), undefined});
    table.add({"Berea", undefined, -7, 12.5});
    table.footnotes = {"– is undefined"};
    return table;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

TEST(Table, CsvIsExactAndQuoted) {
    EXPECT_EQ(to_csv(example()),
              "# Mean square error, \"F₂\"\n# – is undefined\n"
              "set,MSE,trials (10⁶),time (s)\n"
              "\"sandstone, dry\",3.333333333333333e-10,12,3.25\n"
              "<alloy> µm,2.5e-08,,nan\n"
              "Berea,nan,-7,12.5\n");
}

TEST(Table, TextIsAlignedWhateverTheCharactersCost) {
    const auto lines = lines_of(to_text(example()));
    ASSERT_EQ(lines.size(), 7u);
    EXPECT_EQ(lines[1], "set                   MSE   trials (10⁶)  time (s)");
    EXPECT_EQ(display_width(lines[2]), display_width(lines[1]) + 1);
    EXPECT_EQ(lines[3], "sandstone, dry  3.333e-10*            12      3.25");
    EXPECT_EQ(lines[4], "<alloy> µm      2.500e-08                        –");
    EXPECT_EQ(lines[5], "Berea                   –             -7     12.50*");
}

TEST(Table, NumbersOfAColumnShareTheirDecimals) {
    Table table{"", {{"a"}, {"b"}, {"c"}}};
    table.add({0.5, 100.0, 1.0});
    table.add({12.25, 1e-9, 250.0});
    const auto lines = lines_of(to_text(table));
    EXPECT_EQ(lines[2], " 0.500  1.000e+02    1");
    EXPECT_EQ(lines[3], "12.250  1.000e-09  250");
}

TEST(Table, ExtremeNumbersAreShown) {
    Table table{"", {{"v", "", Best::lowest}}};
    for (const double value : {0.0, -0.0, 1e308, 5e-324, -std::numeric_limits<double>::infinity(), undefined})
        table.add({value});
    EXPECT_NE(to_text(table).find("-inf"), std::string::npos);
    EXPECT_NE(to_html(table).find("<strong>−∞</strong>"), std::string::npos);
    EXPECT_NE(to_html(table).find("×10⁻³²⁴"), std::string::npos);
}

TEST(Table, HtmlMarksTheBestAndEscapes) {
    const std::string html = to_html(example());
    EXPECT_EQ(unbalanced_tag(html), "");
    EXPECT_NE(html.find("<strong>3.333×10⁻¹⁰</strong>"), std::string::npos) << html;
    EXPECT_NE(html.find("<strong>12.50</strong>"), std::string::npos) << html;
    EXPECT_NE(html.find("&lt;alloy&gt;"), std::string::npos);
    EXPECT_EQ(html.find("<alloy>"), std::string::npos);
    EXPECT_NE(html.find("<td class=\"number\">−7</td>"), std::string::npos);
}

TEST(Table, EmptyTableHasAHeadOnly) {
    const Table table{"nothing", {{"a"}, {"b"}}};
    EXPECT_EQ(to_csv(table), "# nothing\na,b\n");
    EXPECT_EQ(to_text(table), "nothing\na  b\n────\n");
    EXPECT_EQ(unbalanced_tag(to_html(table)), "");
}

TEST(Table, RowOfWrongLengthIsRefused) {
    Table table{"t", {{"a"}, {"b"}}};
    EXPECT_THROW(table.add({1}), Error);
}

}  // namespace
}  // namespace protolith::report
