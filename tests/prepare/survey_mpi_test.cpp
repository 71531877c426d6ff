// Claims about the passes over ranks: histogram, threshold, overview and fractions are those of one rank.
#include "../io/temporary_folder.hpp"
#include "grey_images.hpp"
#include "io/image/raw_image.hpp"
#include "io/image/tiff_image.hpp"
#include "prepare/survey.hpp"
#include "prepare/window_reader.hpp"

#include <numeric>

namespace protolith::prepare {
namespace {

class SurveyTest : public ::testing::Test {
  protected:
    SurveyTest() : folder(comm) {
        on_root(comm, [&] {
            io::write_tiff((folder / "a.tif").string(), test::as<std::uint8_t>(test::patches(1111, 90, 255)));
            io::write_tiff((folder / "b.tif").string(), test::as<std::uint8_t>(test::patches(40, 45, 255, 1)));
            auto reals = test::patches(75, 60, 255, 2);
            for (float& value : reals) value *= 0.01f;
            io::write_raw((folder / "real.raw").string(), reals);
        });
    }
    Communicator comm, alone{MPI_COMM_SELF};
    io::TemporaryFolder folder;
};

void expect_equal(const Survey& a, const Survey& b) {
    EXPECT_EQ(a.histogram.counts(), b.histogram.counts());
    EXPECT_EQ(a.histogram.otsu_threshold(""), b.histogram.otsu_threshold(""));
    ASSERT_EQ(a.overviews.size(), b.overviews.size());
    for (std::size_t i = 0; i < a.overviews.size(); ++i) {
        EXPECT_EQ(a.overviews[i].reduction, b.overviews[i].reduction);
        EXPECT_EQ(a.overviews[i].grey, b.overviews[i].grey);
    }
}

TEST_F(SurveyTest, AnyNumberOfRanksGivesTheSame) {
    const BilateralFilter bilateral(1.0, 30);
    for (const auto& files : {std::vector<std::string>{"a.tif"}, {"a.tif", "b.tif"}, {"real.raw"}}) {
        std::vector<std::string> paths;
        for (const auto& file : files) paths.push_back((folder / file).string());
        const ImageSeries series(paths);
        for (const BilateralFilter* filter : {static_cast<const BilateralFilter*>(nullptr), &bilateral}) {
            const Survey together = survey_images(comm, series, filter), one = survey_images(alone, series, filter);
            expect_equal(together, one);
            EXPECT_EQ(together.histogram.total(), static_cast<std::uint64_t>(series.pixels()));
        }
    }
}

TEST_F(SurveyTest, TheOverviewIsTheMeanOfBoxes) {
    const ImageSeries series({(folder / "a.tif").string()});
    const Survey survey = survey_images(comm, series, nullptr);
    const auto& [reduction, grey] = survey.overviews.at(0);
    ASSERT_EQ(reduction, 2u) << "1111 rows in at most 760";
    EXPECT_EQ(grey.extent(), (Extent{1, 556, 45}));
    const auto source = test::patches(1111, 90, 255);
    EXPECT_FLOAT_EQ(grey(3, 7), (source(6, 14) + source(6, 15) + source(7, 14) + source(7, 15)) / 4);
    EXPECT_FLOAT_EQ(grey(555, 44), (source(1110, 88) + source(1110, 89)) / 2) << "the last row alone";
}

TEST_F(SurveyTest, FractionsOfAllWindowsAreThoseOfOneRank) {
    const ImageSeries series({(folder / "a.tif").string(), (folder / "b.tif").string()});
    const WindowGrid grid(series.images(), 32, 13);
    WindowReader reader(series, grid, nullptr, {127.5, false}, 16, volume::ResizeRule::area),
        other(series, grid, nullptr, {127.5, false}, 16, volume::ResizeRule::area);
    const auto together = window_fractions(comm, grid.count(), reader),
               one = window_fractions(alone, grid.count(), other);
    EXPECT_EQ(together.size(), grid.count());
    EXPECT_EQ(together, one);
}

TEST_F(SurveyTest, AnErrorOnOneRankIsTheErrorOfAll) {
    on_root(comm, [&] {
        const auto path = folder / "a.tif";
        std::filesystem::copy_file(path, folder / "broken.tif");
    });
    const ImageSeries series({(folder / "broken.tif").string()});
    comm.barrier();
    on_root(comm, [&] { std::filesystem::resize_file(folder / "broken.tif", 700); });
    EXPECT_THROW(survey_images(comm, series, nullptr), Error);
    EXPECT_NO_THROW(comm.barrier()) << "nobody is left waiting";
}

}  // namespace
}  // namespace protolith::prepare
