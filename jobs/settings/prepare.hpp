// Keys of `protolith prepare windows`.
#pragma once

#include "base/deck/visitor.hpp"
#include "volume/resample.hpp"

#include <optional>
#include <string>
#include <vector>

namespace protolith::jobs {

/// [denoise]: the bilateral filter.
struct DenoiseKeys {
    enum class Method { none, bilateral };

    Method method = Method::none;
    double sigma_space = 1.0, sigma_range = 0.1;
    std::int64_t radius = 0;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("method").help("filter before the threshold").source("Tomasi & Manduchi 1998"), method,
                 {{"none", Method::none}, {"bilateral", Method::bilateral}});
        v.entry(Key("sigma_space").help("of the weights in place").units("pixel").above(0), sigma_space);
        v.entry(Key("sigma_range")
                    .help("of the weights in grey value, as a share of the largest value of the file's type (255, "
                          "65535; 1 for real numbers)")
                    .above(0),
                sigma_range);
        v.entry(Key("radius")
                    .help("half side of the square that is summed over; 0: three sigma_space")
                    .units("pixel")
                    .between(0, 64),
                radius);
    }
};

/// [threshold]: from grey values to the phase.
struct ThresholdKeys {
    enum class Method { otsu, value, two_valued };

    Method method = Method::otsu;
    std::optional<double> value;
    bool invert = false;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.choice(Key("method")
                     .help("otsu: one threshold for all images from their grey values; value: the one given; "
                           "two_valued: the images are segmented already")
                     .source("Otsu 1979"),
                 method, {{"otsu", Method::otsu}, {"value", Method::value}, {"two_valued", Method::two_valued}});
        v.entry(Key("value").help("grey values above it are the phase; for method = 'value'"), value);
        v.entry(Key("invert").help("the phase is where the grey value is not above the threshold"), invert);
    }
};

/// [window], [resize], [keep].
struct WindowKeys {
    std::int64_t size = 512, stride = 256;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("size").help("rows and columns of a window").units("pixel").between(1, 65536), size);
        v.entry(Key("stride").help("from one window to the next, down and across").units("pixel").at_least(1), stride);
    }
};

struct ResizeKeys {
    std::int64_t size = 128;
    volume::ResizeRule rule = volume::ResizeRule::area;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("size")
                    .help("rows and columns of the images written; 0: the windows' own")
                    .units("pixel")
                    .between(0, 65536),
                size);
        v.choice(
            Key("rule").help("area: mean over the area, phase where above one half (keeps the phase fraction); "
                             "any: linear interpolation, phase where above 0 (the published preparation; dilates)"),
            rule, {{"area", volume::ResizeRule::area}, {"any", volume::ResizeRule::any}});
    }
};

struct KeepKeys {
    std::vector<double> phase_fraction{0, 1};
    std::int64_t limit = 0;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(
            Key("phase_fraction").help("[low, high]: only windows whose phase fraction, before the resize, lies in it"),
            phase_fraction);
        require_input(phase_fraction.size() == 2 && phase_fraction[0] <= phase_fraction[1] && phase_fraction[0] >= 0 &&
                          phase_fraction[1] <= 1,
                      "keep.phase_fraction: expected [low, high] with 0 ≤ low ≤ high ≤ 1, found {}",
                      deck::to_toml(&phase_fraction));
        v.entry(Key("limit").help("at most so many windows, evenly spaced; 0: all").at_least(0), limit);
    }
    bool all() const { return phase_fraction[0] <= 0 && phase_fraction[1] >= 1; }
};

struct PrepareWindowsSettings {
    static constexpr std::uint64_t seed = 0;  // nothing is drawn

    std::vector<std::string> images;
    std::optional<double> voxel_size;
    DenoiseKeys denoise;
    ThresholdKeys threshold;
    WindowKeys window;
    ResizeKeys resize;
    KeepKeys keep;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("images")
                    .help("files, folders or patterns: PNG, TIFF, raw with a sidecar, HDF5 (file.h5:/dataset); each "
                          "plane of a stack is an image")
                    .required()
                    .input_path(),
                images);
        v.entry(Key("voxel_size").help("side of the images' pixels; not set: what the file says").units("m").above(0),
                voxel_size);
        v.section("denoise", "filter before the threshold", denoise);
        v.section("threshold", "from grey values to the phase", threshold);
        v.section("window", "sliding windows", window);
        v.section("resize", "size of the images written", resize);
        v.section("keep", "which windows are written", keep);
    }
};

}  // namespace protolith::jobs
