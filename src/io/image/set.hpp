// Sets of images: a folder, a glob, a list of files, the pages of a stack or the items of an HDF5 batch.
#pragma once

#include "io/image/source.hpp"

#include <string>
#include <vector>

namespace protolith::io {

struct SetOptions {
    bool different_sizes = false;    ///< allow images of different extents
    bool planes_are_images = false;  ///< every plane of a 3-D image is an image of its own (a batch of 2-D images)
};

/// One image of a set: open_image(name) opens it.
struct SetImage {
    std::string name;
    Extent extent;
};

/// The images that `patterns` name, in natural order within each pattern ("slice2" before "slice10"). A pattern is
///  - a file, `file.h5:/dataset`, or `…[k]`: itself; a 4-D HDF5 dataset is a batch of volumes: one image an item;
///  - a folder: every .png, .tif, .tiff and .raw file in it;
///  - a POSIX glob (glob(7)), also before `:/dataset`.
/// Every file is opened and its header checked. Errors (InputError): nothing found; an image named twice; extents that
/// differ (names both images and both extents), unless allowed.
std::vector<SetImage> list_images(const std::vector<std::string>& patterns, const SetOptions& options = {});

/// The files that one pattern names, in natural order, before stacks and batches are taken apart.
std::vector<std::string> expand_pattern(const std::string& pattern);

/// Order of names in which runs of digits count as numbers: "a2" < "a10"; "a02" after "a2".
bool natural_less(const std::string& a, const std::string& b);

}  // namespace protolith::io
