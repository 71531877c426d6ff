// Claims about HDF5 images: shapes, types, batches, blocks and checksums.
#include "image_files.hpp"
#include "io/image/hdf5_image.hpp"

#include <numeric>

#include <hdf5.h>

namespace protolith::io {
namespace {

using test::expect_input_error;

class Hdf5Files : public test::ImageFiles {};

/// Adds a dataset of `shape` to the file (created when absent); chunked with Fletcher32 if `chunk` is given.
void write_dataset(const std::string& path, const char* name, const std::vector<hsize_t>& shape, hid_t stored,
                   hid_t memory, const void* data, const std::vector<hsize_t>& chunk = {}) {
    const hid_t file = std::filesystem::exists(path) ? H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT)
                                                     : H5Fcreate(path.c_str(), H5F_ACC_EXCL, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    const hid_t plan = H5Pcreate(H5P_DATASET_CREATE);
    if (!chunk.empty()) {
        H5Pset_chunk(plan, static_cast<int>(chunk.size()), chunk.data());
        H5Pset_fletcher32(plan);
    }
    const hid_t dataset = H5Dcreate2(file, name, stored, space, H5P_DEFAULT, plan, H5P_DEFAULT);
    ASSERT_GE(H5Dwrite(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), 0);
    H5Dclose(dataset);
    H5Pclose(plan);
    H5Sclose(space);
    H5Fclose(file);
}

std::vector<float> counted(std::size_t count) {
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), 0.0F);
    return values;
}

TEST_F(Hdf5Files, PlanesAndVolumesOfEveryType) {
    const auto values = counted(24);
    for (const hid_t stored : {H5T_STD_U8LE, H5T_STD_U16BE, H5T_STD_I16LE, H5T_IEEE_F32LE, H5T_IEEE_F64BE}) {
        std::filesystem::remove(at("a.h5"));
        write_dataset(at("a.h5"), "plane", {4, 6}, stored, H5T_NATIVE_FLOAT, values.data());
        write_dataset(at("a.h5"), "volume", {2, 3, 4}, stored, H5T_NATIVE_FLOAT, values.data(), {1, 2, 3});
        EXPECT_EQ(read_grey(at("a.h5:/plane")), GreyVolume({1, 4, 6}, values));
        EXPECT_EQ(read_grey(at("a.h5:/volume")), GreyVolume({2, 3, 4}, values));
    }
}

TEST_F(Hdf5Files, OneItemOfABatch) {
    const auto values = counted(2 * 3 * 4 * 5);
    write_dataset(at("a.h5"), "images", {6, 4, 5}, H5T_STD_U8LE, H5T_NATIVE_FLOAT, values.data(), {1, 4, 5});
    write_dataset(at("a.h5"), "volumes", {2, 3, 4, 5}, H5T_STD_U8LE, H5T_NATIVE_FLOAT, values.data());
    EXPECT_EQ(read_grey(at("a.h5:/images[2]")), GreyVolume({1, 4, 5}, {values.begin() + 40, values.begin() + 60}));
    EXPECT_EQ(read_grey(at("a.h5:/volumes[1]")), GreyVolume({3, 4, 5}, {values.begin() + 60, values.end()}));
    EXPECT_EQ(hdf5_shape({at("a.h5"), "/volumes", {}}), (std::vector<std::size_t>{2, 3, 4, 5}));
    expect_input_error([&] { open_image(at("a.h5:/volumes")); }, {"a.h5:/volumes", "4 axes", "2 × 3 × 4 × 5"});
    expect_input_error([&] { open_image(at("a.h5:/images[6]")); }, {"a.h5:/images[6]", "6 items"});
}

TEST_F(Hdf5Files, BooleansOfH5py) {
    const std::vector<std::int8_t> values{1, 0, 0, 1};
    const hid_t boolean = H5Tenum_create(H5T_STD_I8LE);
    for (const std::int8_t v : {std::int8_t{0}, std::int8_t{1}}) H5Tenum_insert(boolean, v == 0 ? "FALSE" : "TRUE", &v);
    write_dataset(at("a.h5"), "mask", {2, 2}, boolean, boolean, values.data());
    H5Tclose(boolean);
    EXPECT_EQ(read_phase(at("a.h5:/mask")), PhaseVolume({1, 2, 2}, {1, 0, 0, 1}));
}

TEST_F(Hdf5Files, ABlockIsThatPartOfTheVolume) {
    const auto values = counted(5 * 6 * 7);
    write_dataset(at("a.h5"), "volume", {5, 6, 7}, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, values.data(), {2, 4, 3});
    const Block block{{1, 2, 3}, {3, 4, 4}};
    const GreyVolume part = read_block(at("a.h5:/volume"), block);
    for (std::size_t z = 0; z < 3; ++z)
        for (std::size_t y = 0; y < 4; ++y)
            for (std::size_t x = 0; x < 4; ++x) EXPECT_EQ(part(z, y, x), values[((z + 1) * 6 + y + 2) * 7 + x + 3]);
}

TEST_F(Hdf5Files, WhatIsNotThereIsNamedWithWhatIs) {
    write_dataset(at("a.h5"), "images", {1, 1}, H5T_STD_U8LE, H5T_NATIVE_FLOAT, counted(1).data());
    expect_input_error([&] { open_image(at("a.h5")); }, {"a.h5", "name the dataset", "/images"});
    expect_input_error([&] { open_image(at("a.h5:/image")); }, {"a.h5", "no dataset '/image'", "/images"});
    expect_input_error([&] { open_image(at("none.h5:/image")); }, {"none.h5", "no such file"});
}

TEST_F(Hdf5Files, WhatIsNoImageIsRefused) {
    const std::vector<std::int32_t> labels{1, 2, 3, 4};
    write_dataset(at("a.h5"), "labels", {2, 2}, H5T_STD_I32LE, H5T_NATIVE_INT32, labels.data());
    write_dataset(at("a.h5"), "curve", {4}, H5T_IEEE_F64LE, H5T_NATIVE_FLOAT, counted(4).data());
    write_dataset(at("a.h5"), "empty", {0, 4}, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, counted(4).data());
    expect_input_error([&] { open_image(at("a.h5:/labels")); }, {"a.h5:/labels", "4-byte", "8 or 16 bits"});
    expect_input_error([&] { open_image(at("a.h5:/curve")); }, {"a.h5:/curve", "1 axes"});
    expect_input_error([&] { open_image(at("a.h5:/empty")); }, {"a.h5:/empty", "empty"});
}

TEST_F(Hdf5Files, NanIsRefusedWithItsPlace) {
    auto values = counted(24);
    values[3 * 6 + 2] = std::numeric_limits<float>::quiet_NaN();
    write_dataset(at("a.h5"), "plane", {4, 6}, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, values.data());
    expect_input_error([&] { read_grey(at("a.h5:/plane")); }, {"a.h5:/plane", "plane 0, row 3, column 2"});
}

TEST_F(Hdf5Files, TruncationAndFlippedBitsAreNoticed) {
    const auto values = counted(64 * 64);
    write_dataset(at("a.h5"), "plane", {64, 64}, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, values.data(), {64, 64});
    const std::string bytes = test::read_file(at("a.h5"));
    for (std::size_t kept = 0; kept < bytes.size(); kept += kept < 16 ? 1 : 499) {
        test::write_file(at("cut.h5"), bytes.substr(0, kept));
        expect_input_error([&] { read_grey(at("cut.h5:/plane")); }, {"cut.h5"});
    }
    std::string flipped = bytes;
    flipped[flipped.size() - 5000] = static_cast<char>(flipped[flipped.size() - 5000] ^ 1);
    test::write_file(at("flipped.h5"), flipped);
    expect_input_error([&] { read_grey(at("flipped.h5:/plane")); }, {"flipped.h5:/plane", "damaged"});
}

}  // namespace
}  // namespace protolith::io
