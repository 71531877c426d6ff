#include "io/image/set.hpp"

#include "io/image/hdf5_image.hpp"
#include "io/image/image_path.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <memory>
#include <unordered_set>

#include <glob.h>

namespace protolith::io {

namespace {

namespace fs = std::filesystem;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_image_suffix(const fs::path& path) {
    std::string suffix = path.extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return suffix == ".png" || suffix == ".tif" || suffix == ".tiff" || suffix == ".raw";
}

std::vector<std::string> images_of_folder(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (entry->is_regular_file() && has_image_suffix(entry->path()) &&
            !entry->path().filename().string().starts_with('.'))
            files.push_back(entry->path().string());
    require_input(!error, "{}: the folder cannot be read: {}", folder, error.message());
    require_input(!files.empty(), "{}: the folder holds no image (.png, .tif, .tiff, .raw)", folder);
    return files;
}

std::vector<std::string> files_of_glob(const std::string& pattern) {
    glob_t found{};
    const int status = glob(pattern.c_str(), GLOB_ERR, nullptr, &found);
    const std::unique_ptr<glob_t, void (*)(glob_t*)> owner(&found, globfree);
    require_input(status == 0, "{}: {}", pattern,
                  status == GLOB_NOMATCH ? "no file has a name like this"
                                         : "the pattern leads through a folder that cannot be read");
    return {found.gl_pathv, found.gl_pathv + found.gl_pathc};
}

/// The images in one file: itself, or its planes or items.
void append_images(const std::string& name, const SetOptions& options, std::vector<SetImage>& images) {
    ImagePath path = parse_image_path(name);
    if (!path.dataset.empty() && !path.item) {
        const std::vector<std::size_t> shape = hdf5_shape(path);
        if (shape.size() == 4) {
            for (std::size_t k = 0; k < shape[0]; ++k)
                images.push_back({to_string(ImagePath{path.file, path.dataset, k}), {shape[1], shape[2], shape[3]}});
            return;
        }
    }
    const Extent extent = open_image(name)->extent();
    if (extent.z == 1 || !options.planes_are_images) {
        images.push_back({name, extent});
        return;
    }
    require_input(!path.item, "{}: a volume of {}; 2-D images expected", name, to_string(extent));
    for (std::size_t z = 0; z < extent.z; ++z) {
        path.item = z;
        images.push_back({to_string(path), {1, extent.y, extent.x}});
    }
}

}  // namespace

bool natural_less(const std::string& a, const std::string& b) {
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (!is_digit(a[i]) || !is_digit(b[j])) {
            if (a[i] != b[j]) return a[i] < b[j];
            ++i, ++j;
            continue;
        }
        // Numbers without their leading zeros: the longer is the larger, equal lengths compare by digit.
        while (i < a.size() && a[i] == '0') ++i;
        while (j < b.size() && b[j] == '0') ++j;
        const auto length = [](const std::string& s, std::size_t from) {
            std::size_t to = from;
            while (to < s.size() && is_digit(s[to])) ++to;
            return to - from;
        };
        const std::size_t m = length(a, i), n = length(b, j);
        if (m != n) return m < n;
        const int order = a.compare(i, m, b, j, n);
        if (order != 0) return order < 0;
        i += m, j += n;
    }
    if (i < a.size() || j < b.size()) return j < b.size();
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

std::vector<std::string> expand_pattern(const std::string& pattern) {
    std::vector<std::string> files;
    const ImagePath path = parse_image_path(pattern);
    if (fs::is_directory(pattern)) {
        files = images_of_folder(pattern);
    } else if (!fs::exists(path.file) && path.file.find_first_of("*?[") != std::string::npos) {
        files = files_of_glob(path.file);
        for (std::string& file : files) file = to_string(ImagePath{file, path.dataset, path.item});
    } else {
        return {pattern};
    }
    std::sort(files.begin(), files.end(), natural_less);
    return files;
}

std::vector<SetImage> list_images(const std::vector<std::string>& patterns, const SetOptions& options) {
    require_input(!patterns.empty(), "a set of images is empty; files, folders or globs expected");
    std::vector<SetImage> images;
    for (const std::string& pattern : patterns)
        for (const std::string& name : expand_pattern(pattern)) append_images(name, options, images);
    require_input(!images.empty(), "{}: the batch holds no image", patterns.front());
    std::unordered_set<std::string> names;
    for (const auto& [name, extent] : images) {
        require_input(names.insert(name).second, "{}: named twice in the same set of images", name);
        require_input(options.different_sizes || extent == images.front().extent,
                      "{} is {}, but {} is {}; images of one extent expected", images.front().name,
                      to_string(images.front().extent), name, to_string(extent));
    }
    return images;
}

}  // namespace protolith::io
