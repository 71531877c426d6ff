// [[set]]: images that belong together, and how their grey values become a phase.
#pragma once

#include "base/deck/visitor.hpp"

#include <optional>
#include <string>
#include <vector>

namespace protolith::jobs {

struct ImageSetSettings {
    std::string label;
    std::vector<std::string> images;
    std::optional<double> threshold;
    bool invert = false;
    bool stack_of_images = false;
    std::int64_t limit = 0;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("label").help("name of the set in figures and tables; empty: the first file's name"), label);
        visit_images(v);
        v.entry(Key("limit").help("at most so many images of the set; 0: all").at_least(0), limit);
    }
    /// The part that [target] shares. `needed`: the deck must set images.
    void visit_images(deck::Visitor& v, bool needed = true) {
        using deck::Key;
        Key files = Key("images")
                        .help("files, folders or patterns: PNG, TIFF, raw with a sidecar, HDF5 (file.h5:/dataset)")
                        .input_path();
        files.must_be_set = needed;
        v.entry(files, images);
        v.entry(Key("threshold").help("grey values above it are the phase; two-valued images need none"), threshold);
        v.entry(Key("invert").help("exchange the phase and the rest"), invert);
        v.entry(Key("stack_of_images").help("each plane of a 3-D file is an image of its own; false: it is a volume"),
                stack_of_images);
    }
};

}  // namespace protolith::jobs
