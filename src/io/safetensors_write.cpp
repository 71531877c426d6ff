#include "base/error.hpp"
#include "io/durable.hpp"
#include "io/safetensors.hpp"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

namespace protolith::io {

void write_safetensors(const std::filesystem::path& path, std::vector<TensorToWrite> tensors,
                       const std::map<std::string, std::string>& metadata) {
    std::stable_sort(tensors.begin(), tensors.end(), [](const TensorToWrite& a, const TensorToWrite& b) {
        return element_size(a.type) > element_size(b.type);
    });
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    std::set<std::string> names{"__metadata__"};
    std::uint64_t at = 0;
    for (const TensorToWrite& tensor : tensors) {
        std::uint64_t bytes = element_size(tensor.type);
        for (const std::uint64_t extent : tensor.shape) bytes *= extent;
        require(bytes == tensor.bytes.size(), "{}: tensor '{}' {} of {} needs {} bytes, {} given", path.string(),
                tensor.name, shape_text(tensor.shape), to_string(tensor.type), bytes, tensor.bytes.size());
        require(names.insert(tensor.name).second, "{}: the name '{}' comes twice", path.string(), tensor.name);
        header[tensor.name] = {
            {"dtype", to_string(tensor.type)}, {"shape", tensor.shape}, {"data_offsets", {at, at + bytes}}};
        at += bytes;
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');  // the data begin on a multiple of eight
    const std::uint64_t length = text.size();
    std::string file(reinterpret_cast<const char*>(&length), sizeof length);
    file.reserve(file.size() + text.size() + at);
    file += text;
    for (const TensorToWrite& tensor : tensors)
        file.append(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
    write_atomically(path, file);
}

}  // namespace protolith::io
