// Claims about sets of images: natural order, folders, globs, lists, stacks; one extent or a message that names both.
#include "image_files.hpp"
#include "io/image/png_image.hpp"
#include "io/image/set.hpp"
#include "io/image/tiff_image.hpp"

#include <algorithm>

#include <hdf5.h>

namespace protolith::io {
namespace {

using test::expect_input_error;

class ImageSets : public test::ImageFiles {
  protected:
    void png(const std::string& name, std::size_t rows = 2, std::size_t columns = 3) const {
        write_png(at(name), {1, rows, columns}, std::vector<std::uint8_t>(rows * columns).data());
    }
    std::vector<std::string> names(const std::vector<SetImage>& images) const {
        std::vector<std::string> all;
        for (const auto& image : images) all.push_back(std::filesystem::path(image.name).filename().string());
        return all;
    }
    void batch(const std::string& name, const std::vector<hsize_t>& shape) const {
        const hid_t file = H5Fcreate(at(name).c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
        const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
        H5Dclose(H5Dcreate2(file, "images", H5T_STD_U8LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        H5Sclose(space);
        H5Fclose(file);
    }
};

using Names = std::vector<std::string>;

TEST(NaturalOrder, DigitsCountAsNumbers) {
    Names names{"a10",
                "a2",
                "a1b10",
                "a1b9",
                "b",
                "a",
                "a02",
                "a002b",
                "a2c",
                "a18446744073709551617",
                "a18446744073709551616"};
    std::sort(names.begin(), names.end(), natural_less);
    EXPECT_EQ(names, (Names{"a", "a1b9", "a1b10", "a2", "a02", "a002b", "a2c", "a10", "a18446744073709551616",
                            "a18446744073709551617", "b"}));
    for (const auto& a : names) {
        EXPECT_FALSE(natural_less(a, a));
        for (const auto& b : names) EXPECT_FALSE(natural_less(a, b) && natural_less(b, a)) << a << " " << b;
    }
}

TEST_F(ImageSets, AFolderInNaturalOrderWithoutWhatIsNoImage) {
    for (const char* name : {"s10.png", "s2.png", "s1.PNG", ".hidden.png"}) png(name);
    test::write_file(at("README.md"), "text");
    EXPECT_EQ(names(list_images({at("")})), (Names{"s1.PNG", "s2.png", "s10.png"}));
}

TEST_F(ImageSets, GlobsAndListsKeepTheirOrder) {
    for (const char* name : {"a10.png", "a2.png", "b1.png"}) png(name);
    EXPECT_EQ(names(list_images({at("b*.png"), at("a*.png")})), (Names{"b1.png", "a2.png", "a10.png"}));
    EXPECT_EQ(names(list_images({at("a10.png"), at("a[2-3].png")})), (Names{"a10.png", "a2.png"}));
    EXPECT_EQ(names(list_images({at("?1.png")})), (Names{"b1.png"}));
}

TEST_F(ImageSets, ANameWithGlobCharactersThatExistsIsThatFile) {
    png("a[1].png");
    png("a1.png");
    EXPECT_EQ(names(list_images({at("a[1].png")})), (Names{"a[1].png"}));
}

TEST_F(ImageSets, DifferentExtentsAreRefusedWithBothNames) {
    png("a.png", 2, 3);
    png("b.png", 2, 4);
    expect_input_error([&] { list_images({at("*.png")}); }, {"a.png is 2 × 3", "b.png is 2 × 4"});
    const auto allowed = list_images({at("*.png")}, {.different_sizes = true});
    EXPECT_EQ(allowed.at(1).extent, (Extent{1, 2, 4}));
}

TEST_F(ImageSets, NothingFoundAndTwiceFoundAreRefused) {
    expect_input_error([&] { list_images({}); }, {"empty"});
    expect_input_error([&] { list_images({at("*.png")}); }, {"*.png", "no file has a name like this"});
    expect_input_error([&] { list_images({at("none.png")}); }, {"none.png", "no such file"});
    expect_input_error([&] { list_images({at("")}); }, {"holds no image"});
    png("a.png");
    expect_input_error([&] { list_images({at("a.png"), at("*.png")}); }, {"a.png", "twice"});
}

TEST_F(ImageSets, OneBadFileInAFolderIsNamed) {
    png("a.png");
    test::write_file(at("b.png"), "no image");
    expect_input_error([&] { list_images({at("")}); }, {"b.png", "neither PNG"});
}

TEST_F(ImageSets, PagesOfAStackAsImages) {
    write_tiff(at("a.tif"), Volume<std::uint8_t>({3, 4, 5}));
    EXPECT_EQ(list_images({at("a.tif")}).at(0).extent, (Extent{3, 4, 5}));
    const auto planes = list_images({at("a.tif")}, {.planes_are_images = true});
    EXPECT_EQ(names(planes), (Names{"a.tif[0]", "a.tif[1]", "a.tif[2]"}));
    for (const auto& plane : planes) EXPECT_EQ(open_image(plane.name)->extent(), (Extent{1, 4, 5}));
}

TEST_F(ImageSets, BatchesInHdf5) {
    batch("r1.h5", {2, 3, 4});
    batch("r2.h5", {1, 3, 4});
    const auto images = list_images({at("r*.h5:/images")}, {.planes_are_images = true});
    EXPECT_EQ(names(images), (Names{"images[0]", "images[1]", "images"}));
    EXPECT_EQ(images.at(2).name, at("r2.h5:/images"));
    EXPECT_EQ(images.at(2).extent, (Extent{1, 3, 4}));
    batch("v.h5", {2, 3, 4, 5});
    const auto volumes = list_images({at("v.h5:/images")});
    ASSERT_EQ(volumes.size(), 2u);
    EXPECT_EQ(open_image(volumes[1].name)->extent(), (Extent{3, 4, 5}));
}

}  // namespace
}  // namespace protolith::io
