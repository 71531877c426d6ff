#include "prepare/window_set.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::prepare {

namespace {

std::string shape_text(const io::Shape& shape) {
    std::string text;
    for (const hsize_t n : shape) text += fmt::format("{}{}", text.empty() ? "" : " × ", n);
    return text.empty() ? "one number" : text;
}

bool may_hold_images(const io::DatasetInfo& info) { return info.shape.size() == 3 || info.shape.size() == 4; }

/// More channels than a picture or a one-hot coding has: the last axis of a volume.
constexpr hsize_t most_channels = 16;

}  // namespace

WindowSet::WindowSet(const std::filesystem::path& file, const WindowSetOptions& options) : file_(file) {
    if (file_.has_attribute("/", "complete"))
        require_input(file_.int_attribute("/", "complete") == 1,
                      "{}: the file is not complete: the run that wrote it did not end", file.string());
    find_dataset(options.dataset);
    read_shape();
    choose_range(options);
    in_memory_ = info_.bytes() <= options.memory_limit;
    if (!in_memory_) return;
    if (info_.type == io::ElementType::uint8)
        load(bytes_);
    else
        load(reals_);
}

void WindowSet::find_dataset(const std::string& asked) {
    const std::string file = file_.path().string();
    std::string chosen = asked;
    for (const char* usual : {"/phase", "/images"})
        if (chosen.empty() && file_.contains(usual)) chosen = usual;
    if (chosen.empty()) {
        std::vector<std::string> possible;
        for (const std::string& dataset : file_.datasets())
            if (may_hold_images(file_.info(dataset))) possible.push_back(dataset);
        require_input(possible.size() == 1,
                      "{}: {} datasets of 3 or 4 axes, and none is 'phase' or 'images': name the dataset", file,
                      possible.size());
        chosen = possible.front();
    }
    if (!chosen.starts_with('/')) chosen.insert(0, 1, '/');
    info_ = file_.info(chosen);
    name_ = fmt::format("{}:{}", file, chosen);
}

void WindowSet::read_shape() {
    const bool channels = info_.shape.size() == 4;
    require_input(may_hold_images(info_) && (!channels || info_.shape[3] <= most_channels),
                  "{}: has the shape {}; (items, rows, columns) or (items, rows, columns, channels) with up to {} "
                  "channels expected",
                  name_, shape_text(info_.shape), most_channels);
    require_input(info_.type == io::ElementType::uint8 || info_.type == io::ElementType::float32,
                  "{}: holds {}; uint8 or float32 expected", name_, io::to_string(info_.type));
    count_ = info_.shape[0];
    rows_ = info_.shape[1];
    columns_ = info_.shape[2];
    channels_ = channels ? info_.shape[3] : 1;
    require_input(count_ > 0 && item_size() > 0, "{}: has the shape {}: it holds no image", name_,
                  shape_text(info_.shape));
}

void WindowSet::choose_range(const WindowSetOptions& options) {
    range_ = info_.type == io::ElementType::uint8 ? std::pair{0.0, 1.0} : std::pair{-1.0, 1.0};
    if (options.range) {
        range_ = *options.range;
    } else if (file_.has_attribute(info_.name, "valid_range")) {
        const auto value = file_.attribute(info_.name, "valid_range");
        const auto* ends = std::get_if<std::vector<double>>(&value);
        require_input(ends != nullptr && ends->size() == 2, "{}: its attribute valid_range is {}; two numbers expected",
                      name_, io::to_string(value));
        range_ = {ends->front(), ends->back()};
    }
    require_input(range_.first < range_.second, "{}: values from {} to {}; a smaller and a larger number expected",
                  name_, range_.first, range_.second);
}

template <class T>
void WindowSet::check(std::size_t item, const T* values) const {
    const T* last = values + item_size();
    const T* bad = std::find_if_not(values, last, [this](T value) {
        const auto v = static_cast<double>(value);
        return v >= range_.first && v <= range_.second;  // not of a NaN
    });
    if (bad == last) return;
    const auto pixel = static_cast<std::size_t>(bad - values) / channels_;
    throw InputError(fmt::format("{}: value {} in item {}, row {}, column {}; values from {} to {} expected", name_,
                                 *bad, item, pixel / columns_, pixel % columns_, range_.first, range_.second));
}

template <class T>
void WindowSet::load(std::vector<T>& values) {
    values = file_.read<T>(info_.name);
    for (std::size_t item = 0; item < count_; ++item) check(item, values.data() + item * item_size());
}

template <class T>
void WindowSet::fetch(std::size_t item, std::vector<T>& values) const {
    values.resize(item_size());
    io::Shape offset(info_.shape.size(), 0), count = info_.shape;
    offset[0] = item;
    count[0] = 1;
    file_.read(info_.name, offset, count, values.data());
    check(item, values.data());
}

template <class T>
void WindowSet::scale(const T* values, float* out) const {
    // factor · value + offset: exact for 0 and 1, and the identity for values from −1 to 1
    const double span = range_.second - range_.first;
    const auto factor = static_cast<float>(2 / span),
               offset = static_cast<float>(-(range_.second + range_.first) / span);
    std::transform(values, values + item_size(), out,
                   [factor, offset](T value) { return static_cast<float>(value) * factor + offset; });
}

void WindowSet::read(std::size_t item, float* out) const {
    require(item < count_, "{}: item {} of {}", name_, item, count_);
    if (info_.type == io::ElementType::uint8) {
        if (in_memory_) return scale(bytes_.data() + item * item_size(), out);
        std::vector<std::uint8_t> values;
        fetch(item, values);
        return scale(values.data(), out);
    }
    if (in_memory_) return scale(reals_.data() + item * item_size(), out);
    std::vector<float> values;
    fetch(item, values);
    scale(values.data(), out);
}

void WindowSet::read(std::span<const std::size_t> items, float* out) const {
    for (const std::size_t item : items) {
        read(item, out);
        out += item_size();
    }
}

void WindowSet::require_shape(std::size_t rows, std::size_t columns, std::size_t channels) const {
    require_input(rows == rows_ && columns == columns_ && channels == channels_,
                  "{}: images of {} × {} with {} channel{}; {} × {} with {} expected", name_, rows_, columns_,
                  channels_, channels_ == 1 ? "" : "s", rows, columns, channels);
}

}  // namespace protolith::prepare
