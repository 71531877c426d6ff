// Figures as files: numbers that read back exactly, scripts that gnuplot runs, texts that cannot do anything.
#include "report/figure.hpp"

#include "base/error.hpp"
#include "example_figure.hpp"
#include "picture_header.hpp"
#include "report/curve_csv.hpp"
#include "report/gnuplot.hpp"
#include "report/text.hpp"
#include "tags.hpp"
#include "temporary_folder.hpp"

#include <cmath>
#include <limits>
#include <sstream>

#include <gtest/gtest.h>

namespace protolith::report {
namespace {

const double undefined = std::numeric_limits<double>::quiet_NaN();

/// Rows of numbers under the line of names; a blank cell reads as infinity.
std::vector<std::vector<double>> numbers_of(const std::string& csv) {
    std::vector<std::vector<double>> rows;
    bool names_seen = false;
    std::istringstream lines(csv);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# ")) continue;
        if (!names_seen) {
            names_seen = true;
            continue;
        }
        rows.emplace_back();
        std::istringstream cells(line + ",");
        for (std::string cell; std::getline(cells, cell, ',');)
            rows.back().push_back(cell.empty() ? std::numeric_limits<double>::infinity()
                                               : std::strtod(cell.c_str(), nullptr));
    }
    return rows;
}

TEST(Figure, CsvReadsBackToTheSameDoubles) {
    Figure figure{.name = "exact", .title = "", .x_label = "x", .y_label = "y", .curves = {}};
    const std::vector<double> x{0.1, 1.0 / 3, 1e-300, 5e-324, -2.5e17},
        y{undefined, 0.1 + 0.2, std::nextafter(1.0, 2.0), -0.0, 6.02214076e23};
    figure.curves = {{.label = "a", .x = x, .y = y, .low = y, .high = x}};
    const auto rows = numbers_of(curve_csv(figure));
    ASSERT_EQ(rows.size(), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        ASSERT_EQ(rows[i].size(), 4u);
        EXPECT_EQ(rows[i][0], x[i]);
        EXPECT_EQ(rows[i][3], x[i]);
        if (std::isnan(y[i])) {
            EXPECT_TRUE(std::isnan(rows[i][1]));
        } else {
            EXPECT_EQ(rows[i][1], y[i]);
            EXPECT_EQ(std::signbit(rows[i][1]), std::signbit(y[i]));
        }
    }
}

TEST(Figure, CurvesOfDifferentXHaveColumnsOfTheirOwn) {
    Figure figure{.name = "ragged", .title = "T", .x_label = "r (px)", .y_label = "L", .curves = {}};
    figure.curves = {{.label = "a", .x = {0, 1}, .y = {5, 6}},
                     {.label = "b,c", .x = {0, 0.5, 1}, .y = {1, 2, 3}, .low = {0, 1, 2}, .high = {2, 3, 4}}};
    EXPECT_EQ(curve_csv(figure),
              "# T\n# x: r (px)\n# y: L\n"
              "a: r (px),a,\"b,c: r (px)\",\"b,c\",\"b,c low\",\"b,c high\"\n"
              "0,5,0,1,0,2\n1,6,0.5,2,1,3\n,,1,3,2,4\n");
    const auto columns = curve_columns(figure);
    EXPECT_EQ(columns[1].x, 3);
    EXPECT_EQ(columns[1].high, 6);
}

TEST(Figure, PicturesHaveTheStatedSizes) {
    SKIP_WITHOUT_GNUPLOT;
    const TemporaryFolder folder;
    EXPECT_EQ(write_figure(folder.path() / "figures", example()), "");
    expect_pictures(folder.path() / "figures", "s2", {480, 340});
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "figures" / "s2.csv"));
}

TEST(Figure, ScriptMakesAPdfWhenAskedTo) {
    SKIP_WITHOUT_GNUPLOT;
    const TemporaryFolder folder;
    std::string script = io::read_file(folder.path() / write_sources(folder.path(), example()));
    const std::string formats = "'svg png'";
    script.replace(script.find(formats), formats.size(), "'svg png pdf'");
    io::write_atomically(folder.path() / "s2.gp", script);
    EXPECT_EQ(draw(folder.path(), {"s2.gp"}), "");
    EXPECT_EQ(io::read_file(folder.path() / "s2.pdf").substr(0, 5), "%PDF-");
}

TEST(Figure, PanelsMakeOnePictureAndOneCsvEach) {
    SKIP_WITHOUT_GNUPLOT;
    const TemporaryFolder folder;
    PanelFigure figure{.name = "all", .title = "Descriptors", .panels = {example(), example(), example()}};
    for (std::size_t k = 0; k < 3; ++k) figure.panels[k].name = "p" + std::to_string(k);
    figure.columns = 2;
    EXPECT_EQ(write_figure(folder.path(), figure), "");
    expect_pictures(folder.path(), "all", {680, 574});
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "all_p2.csv"));
}

TEST(Figure, ManyCurvesHaveTheirLegendUnderTheAxes) {
    SKIP_WITHOUT_GNUPLOT;
    const TemporaryFolder folder;
    Figure figure = example();
    while (figure.curves.size() < 9) figure.curves.push_back(figure.curves.back());
    EXPECT_EQ(write_figure(folder.path(), figure), "");
    EXPECT_NE(io::read_file(folder.path() / "s2.gp").find("set key bmargin"), std::string::npos);
    expect_pictures(folder.path(), "s2", {480, 340 + 5 * 16});  // two labels in a row
}

TEST(Figure, TextsAreShownAndNeverExecuted) {
    SKIP_WITHOUT_GNUPLOT;
    const TemporaryFolder folder;
    const std::string mark = (folder.path() / "executed").string();
    const std::string hostile = "a\"b'c''d'''e % _ ^ { $1 @x & ~ \\ `touch " + mark + "`\n;system(\"touch " + mark +
                                "\")'; system('touch " + mark + "') # <tag> \x01 \xFF\\";
    Figure figure = example();
    figure.title = figure.caption = figure.x_label = figure.y_label = hostile;
    for (Curve& curve : figure.curves) curve.label = hostile;
    figure.guides = {{.direction = Guide::Direction::horizontal, .at = 0.2, .label = hostile}};
    EXPECT_EQ(write_figure(folder.path(), figure), "");
    expect_pictures(folder.path(), "s2", {480, 340 + 2 * 16});  // two long labels under the axes
    EXPECT_FALSE(std::filesystem::exists(mark));
    const std::string svg = io::read_file(folder.path() / "s2.svg");
    EXPECT_NE(svg.find(";system(\"touch"), std::string::npos) << "the label is shown as it stands";
    figure.title = "lone } and {";
    EXPECT_EQ(write_figure(folder.path(), figure), "");
}

TEST(Figure, CurvesWithNothingToDrawAreSaidSo) {
    SKIP_WITHOUT_GNUPLOT;
    const TemporaryFolder folder;
    Figure figure = example();
    figure.curves.push_back({.label = "no points", .x = {}, .y = {}});
    figure.curves.push_back({.label = "no values", .x = {1, 2}, .y = {undefined, undefined}});
    figure.curves.push_back({.label = "single", .x = {7}, .y = {0.2}});
    EXPECT_EQ(write_figure(folder.path(), figure), "");
    const std::string svg = io::read_file(folder.path() / "s2.svg");
    EXPECT_NE(svg.find("no points (not defined)"), std::string::npos);
    EXPECT_NE(svg.find("no values (not defined)"), std::string::npos);

    for (const auto& curves : {std::vector<Curve>{}, std::vector<Curve>{{.label = "u", .x = {1}, .y = {undefined}}}}) {
        figure.curves = curves;
        EXPECT_EQ(write_figure(folder.path(), figure), "");
        EXPECT_NE(io::read_file(folder.path() / "s2.svg").find("no value is defined"), std::string::npos);
    }
}

TEST(Figure, SinglePointIsDrawnAsAPoint) {
    SKIP_WITHOUT_GNUPLOT;
    const TemporaryFolder folder;
    Figure figure = example();
    figure.curves = {{.label = "", .x = {3}, .y = {5}}};
    EXPECT_EQ(write_figure(folder.path(), figure), "");
    EXPECT_NE(io::read_file(folder.path() / "s2.gp").find("with linespoints"), std::string::npos);
}

TEST(Figure, ZerosOnALogarithmicAxisAreLeftOutAndCounted) {
    SKIP_WITHOUT_GNUPLOT;
    const TemporaryFolder folder;
    Figure figure = example();
    figure.log_x = figure.log_y = true;  // r = 0 of both curves has no place
    EXPECT_EQ(write_figure(folder.path(), figure), "");
    EXPECT_NE(io::read_file(folder.path() / "s2.svg").find("2 values ≤ 0 not shown"), std::string::npos);
    figure.curves = {{.label = "zeros", .x = {1, 2}, .y = {0, -1}}};
    EXPECT_EQ(write_figure(folder.path(), figure), "");
    EXPECT_NE(io::read_file(folder.path() / "s2.svg").find("no value is positive"), std::string::npos);
}

TEST(Figure, ExtremeValuesDoNotBreakTheAxes) {
    SKIP_WITHOUT_GNUPLOT;
    const TemporaryFolder folder;
    const double infinite = std::numeric_limits<double>::infinity();
    const std::vector<std::vector<double>> cases{
        {0, 0, 0}, {1, 1, 1}, {1e-12, 2e-12, 3e-12}, {-5, infinite, 7}, {1e280, -1e280, 1e308}, {5e-324, 1e-310, 0}};
    for (std::size_t k = 0; k < cases.size(); ++k)
        for (const bool logarithmic : {false, true})
            for (const Style style : {Style::lines, Style::points, Style::histogram}) {
                Figure figure = example();
                figure.curves = {{.label = "a", .x = {1, 2, 3}, .y = cases[k], .style = style}};
                figure.log_y = logarithmic;
                EXPECT_EQ(write_figure(folder.path(), figure), "")
                    << "case " << k << (logarithmic ? ", logarithmic" : "");
            }
}

TEST(Figure, ContradictionsAreRefusedWithBothValues) {
    const TemporaryFolder folder;
    Figure figure = example();
    figure.curves[0].y.pop_back();
    EXPECT_THROW(write_figure(folder.path(), figure), Error);
    figure = example();
    figure.curves[1].high.pop_back();
    EXPECT_THROW(write_figure(folder.path(), figure), Error);
    for (const char* name : {"", "../s2", "a b", ".hidden", "s2'"}) {
        figure = example();
        figure.name = name;
        EXPECT_THROW(write_figure(folder.path(), figure), Error) << name;
    }
    figure = example();
    figure.log_y = true;
    figure.y_range = {0, 1};
    EXPECT_THROW(write_figure(folder.path(), figure), Error);
}

TEST(Figure, FolderThatCannotBeWrittenIsNamed) {
    const TemporaryFolder folder;
    io::write_atomically(folder.path() / "file", "");
    try {
        write_figure(folder.path() / "file" / "figures", example());
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("figures"), std::string::npos) << error.what();
    }
}

TEST(Figure, NamesStandOnTheAxisInPlaceOfNumbers) {
    const TemporaryFolder folder;
    Figure figure{
        .name = "errors", .title = "", .x_label = "function", .y_label = "error", .curves = {{"a", {1, 2}, {3, 4}}}};
    figure.x_names = {"F2", "it's"};
    figure.x_range = {0.5, 2.5};
    const std::string script = io::read_file(folder.path() / write_sources(folder.path(), figure));
    EXPECT_NE(script.find("set xtics ('F2' 1, " + gnuplot_text("it's") + " 2)"), std::string::npos) << script;
    EXPECT_NE(io::read_file(folder.path() / "errors.csv").find("# x: function (1 F2, 2 it's)\n"), std::string::npos);
    SKIP_WITHOUT_GNUPLOT;
    EXPECT_EQ(write_figure(folder.path(), figure), "");
}

}  // namespace
}  // namespace protolith::report
