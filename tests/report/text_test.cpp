// Escaping: what each output must receive.
#include "report/text.hpp"

#include <gtest/gtest.h>

namespace protolith::report {
namespace {

TEST(Text, BrokenUtf8AndControlCharactersAreReplaced) {
    EXPECT_EQ(clean_utf8("caf\xC3\xA9 \xE2\x82\xAC"), "café €");
    EXPECT_EQ(clean_utf8("a\xFF"
                         "b"),
              "a\xEF\xBF\xBD"
              "b");
    EXPECT_EQ(clean_utf8("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // overlong '/'
    EXPECT_EQ(clean_utf8("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // surrogate
    EXPECT_EQ(clean_utf8("cut \xE2\x82"), "cut \xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(clean_utf8("a\x1b[31m\tb\nc"), "a [31m b\nc");
}

TEST(Text, WidthCountsCharactersNotBytes) {
    EXPECT_EQ(display_width("µm × 10⁻⁷"), 9u);
    EXPECT_EQ(display_width("e\xCC\x81"), 1u);  // e and a combining acute
    EXPECT_EQ(display_width(""), 0u);
}

TEST(Text, LinesAreBrokenAtBlanksAndNewlines) {
    EXPECT_EQ(wrapped("one two  three\n\nfour", 8), (std::vector<std::string>{"one two", "three", "four"}));
    EXPECT_EQ(wrapped("indivisible µµµ", 3), (std::vector<std::string>{"indivisible", "µµµ"}));
    EXPECT_TRUE(wrapped(" \n", 5).empty());
}

TEST(Text, HtmlIsEscaped) {
    EXPECT_EQ(html_escape("<a href='x'>\"&\""), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;");
}

TEST(Text, CsvFieldsAreQuotedOnlyWhereNeeded) {
    EXPECT_EQ(csv_field("S2"), "S2");
    EXPECT_EQ(csv_field("a, \"b\""), "\"a, \"\"b\"\"\"");
    EXPECT_EQ(csv_field("two\nlines"), "two lines");
    EXPECT_EQ(csv_field("#1"), "\"#1\"");
}

TEST(Text, GnuplotStringsEscapeQuotesAndEnhancedMarks) {
    EXPECT_EQ(gnuplot_text("it's"), "'it'.\"'\".'s'");
    EXPECT_EQ(gnuplot_text("a_b^c{d}@e&f~g\\h"), "'a\\_b\\^c\\{d\\}\\@e\\&f\\~g\\\\h'");
    EXPECT_EQ(gnuplot_text("one\ntwo"), "'one'.\"\\n\".'two'");
    EXPECT_EQ(gnuplot_path("o'clock"), "'o'.\"'\".'clock'");
}

TEST(Text, UnicodeSuperscriptsBecomeEnhancedText) {
    EXPECT_EQ(gnuplot_text("10⁻⁷ m²"), "'10^{−7} m^{2}'");
    EXPECT_EQ(gnuplot_text("S₂"), "'S_{2}'");
}

}  // namespace
}  // namespace protolith::report
