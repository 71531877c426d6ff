// Claim: whatever bytes are changed in an image file, reading it gives an image or an InputError that names the file:
// no crash, no other exception, no output. Run under AddressSanitizer and UndefinedBehaviorSanitizer this is a small
// fuzzer with fixed seeds.
#include "image_files.hpp"
#include "io/image/source.hpp"

namespace protolith::io {
namespace {

using test::packed;
using test::TiffKind;

class DamagedFiles : public test::ImageFiles {
  protected:
    /// Reads the whole image; counts those that were refused.
    bool refused(const std::string& path) {
        try {
            read_grey(path);
        } catch (const InputError& error) {
            EXPECT_NE(std::string(error.what()).find("damaged"), std::string::npos) << error.what();
            return true;
        }
        return false;
    }

    /// Changes one to four bytes of `file` in many ways, and cuts it at many lengths. `read` is what is opened, if not
    /// the file itself.
    void damage(const std::string& file, const std::string& suffix, int rounds) {
        const std::string good = test::read_file(file), damaged = at("damaged" + suffix);
        int refusals = 0;
        std::uint64_t state = good.size();
        const auto next = [&](std::uint64_t below) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            return (state >> 33) % below;
        };
        ::testing::internal::CaptureStderr();
        for (int round = 0; round < rounds; ++round) {
            std::string bytes = good;
            const std::uint64_t changes = 1 + next(4);
            // Half of the changes near the start and the end, where headers and directories are.
            for (std::uint64_t i = 0; i < changes; ++i) {
                const std::uint64_t near = std::min<std::uint64_t>(256, bytes.size()), kind = next(4);
                const std::uint64_t place = kind == 0   ? next(near)
                                            : kind == 1 ? bytes.size() - 1 - next(near)
                                                        : next(bytes.size());
                bytes[place] =
                    static_cast<char>(next(3) == 0 ? next(256) : bytes[place] ^ static_cast<char>(1 << next(8)));
            }
            if (round % 5 == 4) bytes.resize(next(bytes.size()));
            test::write_file(damaged, bytes);
            refusals += refused(damaged) ? 1 : 0;
        }
        EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
        EXPECT_GT(refusals, rounds / 10);
    }
};

constexpr int rounds = 250;

TEST_F(DamagedFiles, Png) {
    test::write_png_file(at("a.png"), 37, 41, test::noise(37 * 41, 65535), {16});
    damage(at("a.png"), ".png", rounds);
    test::write_png_file(at("b.png"), 37, 41, test::noise(37 * 41, 3), {2, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_ADAM7});
    damage(at("b.png"), ".png", rounds);
}

TEST_F(DamagedFiles, Tiff) {
    const auto samples = test::noise(37 * 41, 255);
    for (const int compression : {COMPRESSION_NONE, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_LZW, COMPRESSION_PACKBITS})
        for (const std::uint32_t tile : {0u, 16u}) {
            TiffKind kind;
            kind.compression = compression;
            kind.tile = tile;
            test::write_tiff_file(at("a.tif"), 37, 41, {packed(samples, 41, 8), packed(samples, 41, 8)}, kind);
            damage(at("a.tif"), ".tif", rounds);
        }
}

TEST_F(DamagedFiles, TiffOfOneBitInFaxCompression) {
    std::vector<unsigned> samples(70 * 83);
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = i / 7 % 3 == 0;
    TiffKind kind;
    kind.bits = 1;
    kind.compression = COMPRESSION_CCITTFAX4;
    test::write_tiff_file(at("a.tif"), 70, 83, {packed(samples, 83, 1)}, kind);
    damage(at("a.tif"), ".tif", rounds);
}

TEST_F(DamagedFiles, BigTiff) {
    TiffKind kind;
    kind.bits = 16;
    kind.mode = "w8";
    kind.photometric = PHOTOMETRIC_MINISWHITE;
    test::write_tiff_file(at("a.tif"), 37, 41, {packed(test::noise(37 * 41, 65535), 41, 16)}, kind);
    damage(at("a.tif"), ".tif", rounds);
}

}  // namespace
}  // namespace protolith::io
