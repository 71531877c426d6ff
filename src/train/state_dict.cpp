#include "train/state_dict.hpp"

#include "queue/types.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace protolith::train {

namespace {

using Extents = std::vector<std::uint64_t>;

/// Copies rows of `inner` places with `last` values each to `last` rows of `inner` (or back, with the two exchanged).
template <class T>
std::vector<T> exchanged(const std::vector<T>& values, std::uint64_t inner, std::uint64_t last) {
    std::vector<T> result(values.size());
    const std::uint64_t block = inner * last;
    for (std::uint64_t start = 0; start < values.size(); start += block)
        for (std::uint64_t i = 0; i < inner; ++i)
            for (std::uint64_t c = 0; c < last; ++c) result[start + c * inner + i] = values[start + i * last + c];
    return result;
}

std::uint64_t product(const Extents& extents, std::size_t from, std::size_t to) {
    std::uint64_t result = 1;
    for (std::size_t i = from; i < to; ++i) result *= extents[i];
    return result;
}

/// (K, kernel…, C) → (K, C, kernel…)
std::vector<float> to_torch(const std::vector<float>& values, Extents& extents) {
    if (extents.size() < 3) return values;
    auto result = exchanged(values, product(extents, 1, extents.size() - 1), extents.back());
    std::rotate(extents.begin() + 1, extents.end() - 1, extents.end());
    return result;
}

/// (K, C, kernel…) → (K, kernel…, C)
std::vector<float> from_torch(const std::vector<float>& values, Extents& extents) {
    if (extents.size() < 3) return values;
    auto result = exchanged(values, extents[1], product(extents, 2, extents.size()));
    std::rotate(extents.begin() + 1, extents.begin() + 2, extents.end());
    return result;
}

Extents extents_of(const Shape& shape) { return {shape.begin(), shape.end()}; }

/// The elements as bytes of `type`.
std::vector<std::byte> bytes_of(const std::vector<float>& values, io::TensorType type) {
    if (type == io::TensorType::float32) {
        const auto view = std::as_bytes(std::span(values));
        return {view.begin(), view.end()};
    }
    std::vector<std::uint16_t> upper;
    for (const float value : values) upper.push_back(kernels::bfloat16(value).bits);
    const auto view = std::as_bytes(std::span(upper));
    return {view.begin(), view.end()};
}

bool counts_batches(const std::string& name) { return name.ends_with("num_batches_tracked"); }

/// Overwrites one tensor; what is wrong with it, or nothing.
std::string load_tensor_of(const io::SafetensorsReader& file, const std::string& full, const Tensor& to) {
    Extents wanted = extents_of(to.shape());
    if (wanted.size() >= 3) std::rotate(wanted.begin() + 1, wanted.end() - 1, wanted.end());
    if (!file.contains(full)) return fmt::format("'{}' {} is not in the file", full, io::shape_text(wanted));
    Extents found = file.info(full).shape;
    if (found != wanted)
        return fmt::format("'{}' has the shape {} there, {} expected", full, io::shape_text(found),
                           io::shape_text(wanted));
    const auto values = from_torch(file.read<float>(full), found);
    const auto bad = std::find_if_not(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
    if (bad != values.end()) return fmt::format("'{}' {} holds {}", full, io::shape_text(wanted), *bad);
    to.assign(Tensor::from(to.queue(), to.shape(), to.type(), values));
    return {};
}

}  // namespace

std::vector<std::string> networks_of(const WeightsFile& weights) {
    const std::string group = "/networks/";
    std::vector<std::string> names;
    for (const auto& dataset : weights.file().datasets()) {
        if (!dataset.starts_with(group)) continue;
        const std::string name = dataset.substr(group.size(), dataset.find('/', group.size()) - group.size());
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
}

Shape engine_shape(const io::TensorInfo& info) {
    std::vector<std::int64_t> extents(info.shape.begin(), info.shape.end());
    if (extents.size() >= 3) std::rotate(extents.begin() + 1, extents.begin() + 2, extents.end());
    return Shape(extents);
}

void write_state_dict(const WeightsFile& weights, const std::string& network, const std::filesystem::path& path,
                      const std::string& prefix, io::TensorType type,
                      const std::map<std::string, std::string>& metadata) {
    require_input(weights.has_network(network), "{}: holds no network '{}'", weights.path().string(), network);
    const std::string group = "/networks/" + network + "/";
    std::vector<std::vector<std::byte>> data;
    std::vector<io::TensorToWrite> tensors;
    for (const auto& dataset : weights.file().datasets()) {
        if (!dataset.starts_with(group)) continue;
        const auto stored = weights.file().read<double>(dataset);
        const auto shape = weights.file().info(dataset).shape;
        Extents extents(shape.begin(), shape.end());
        data.push_back(bytes_of(to_torch({stored.begin(), stored.end()}, extents), type));
        tensors.push_back({prefix + dataset.substr(group.size()), type, extents, {}});
    }
    for (std::size_t i = 0; i < data.size(); ++i) tensors[i].bytes = data[i];
    io::write_safetensors(path, tensors, metadata);
}

void load_state_dict(const io::SafetensorsReader& file, const std::string& prefix, const NetworkWeights& network) {
    std::vector<std::string> wrong;
    std::set<std::string> expected;
    const auto take = [&](const std::string& name, const Tensor& to) {
        expected.insert(prefix + name);
        if (auto difference = load_tensor_of(file, prefix + name, to); !difference.empty())
            wrong.push_back(std::move(difference));
    };
    for (const auto& parameter : network.parameters) take(parameter.name, parameter.var.value());
    for (const auto& buffer : network.buffers) take(buffer.name, buffer.value);
    for (const auto& info : file.tensors())
        if (info.name.starts_with(prefix) && !expected.contains(info.name) && !counts_batches(info.name))
            wrong.push_back(
                fmt::format("'{}' {} is of no layer of this network", info.name, io::shape_text(info.shape)));
    require_input(wrong.empty(), "{}: does not fit the {}: {}", file.path().string(), network.name,
                  fmt::join(wrong, "; "));
}

std::string prefix_of(const io::SafetensorsReader& file, const std::string& name) {
    std::vector<std::string> found;
    for (const auto& info : file.tensors())
        if (info.name == name || info.name.ends_with("." + name))
            found.push_back(info.name.substr(0, info.name.size() - name.size()));
    require_input(!found.empty(),
                  "{}: no tensor is called '{}', with or without something before it; it has {} tensors",
                  file.path().string(), name, file.tensors().size());
    require_input(found.size() == 1, "{}: several networks, before whose '{}' stand '{}': say which by `prefix`",
                  file.path().string(), name, fmt::join(found, "', '"));
    return found.front();
}

}  // namespace protolith::train
