#include "io/safetensors.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <bit>
#include <fstream>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

namespace protolith::io {

static_assert(std::endian::native == std::endian::little, "safetensors data are little-endian");

namespace {
using Json = nlohmann::json;

// The format's own limit; a longer header is taken for a damaged length.
constexpr std::uint64_t longest_header = 100'000'000;

TensorType type_of(const std::string& dtype, const std::string& where) {
    for (const auto type : {TensorType::float64, TensorType::float32, TensorType::bfloat16, TensorType::int64})
        if (dtype == to_string(type)) return type;
    throw InputError(fmt::format("{}: dtype '{}', expected F64, F32, BF16 or I64", where, dtype));
}

std::uint64_t natural(const Json& value, const std::string& where, const char* what) {
    require_input(value.is_number_unsigned(), "{}: {} holds {}, expected an integer of at least 0", where, what,
                  value.dump());
    return value.get<std::uint64_t>();
}

const Json& member(const Json& entry, const char* key, const std::string& where) {
    const auto found = entry.find(key);
    require_input(found != entry.end(), "{}: no '{}' in the header", where, key);
    return *found;
}

/// One entry of the header; `data_bytes` is what the file has behind it.
TensorInfo parse_entry(const std::string& name, const Json& entry, std::uint64_t data_bytes, const std::string& where) {
    require_input(entry.is_object(), "{}: its header entry is not an object", where);
    TensorInfo info;
    info.name = name;
    const Json& dtype = member(entry, "dtype", where);
    require_input(dtype.is_string(), "{}: dtype is {}, expected a text", where, dtype.dump());
    info.type = type_of(dtype.get<std::string>(), where);
    const Json& shape = member(entry, "shape", where);
    require_input(shape.is_array(), "{}: shape is {}, expected a list", where, shape.dump());
    std::uint64_t bytes = element_size(info.type);
    for (const Json& extent : shape) {
        info.shape.push_back(natural(extent, where, "shape"));
        require_input(!__builtin_mul_overflow(bytes, info.shape.back(), &bytes), "{}: shape {} is larger than any file",
                      where, shape.dump());
    }
    const Json& offsets = member(entry, "data_offsets", where);
    require_input(offsets.is_array() && offsets.size() == 2, "{}: data_offsets is {}, expected [first, last]", where,
                  offsets.dump());
    info.first_byte = natural(offsets[0], where, "data_offsets");
    info.last_byte = natural(offsets[1], where, "data_offsets");
    require_input(info.first_byte <= info.last_byte && info.last_byte <= data_bytes,
                  "{}: data_offsets {} are outside the {} bytes of data in the file: truncated or damaged", where,
                  offsets.dump(), data_bytes);
    require_input(info.last_byte - info.first_byte == bytes,
                  "{}: data_offsets {} hold {} bytes, but shape {} of {} needs {}", where, offsets.dump(),
                  info.last_byte - info.first_byte, shape_text(info.shape), to_string(info.type), bytes);
    return info;
}

/// The header as JSON; a name that comes twice is an error, which a plain parser would not notice.
Json parse_header(const std::string& text, const std::string& file) {
    std::set<std::string> names;
    std::string doubled;
    const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::key && depth == 1 && !names.insert(parsed.get<std::string>()).second)
            doubled = parsed.get<std::string>();
        return true;
    };
    Json header = Json::parse(text, watch, false);
    require_input(header.is_object(), "{}: its header is not valid JSON: no safetensors file, or damaged", file);
    require_input(doubled.empty(), "{}: the tensor '{}' stands twice in the header", file, doubled);
    return header;
}

/// Every byte of the data must belong to one tensor.
void require_no_gaps(const std::vector<TensorInfo>& tensors, std::uint64_t data_bytes, const std::string& file) {
    std::uint64_t at = 0;
    for (const TensorInfo& info : tensors) {
        require_input(info.first_byte == at, "{}: tensor '{}' begins at byte {} of the data, expected {}: it {}", file,
                      info.name, info.first_byte, at,
                      info.first_byte < at ? "overlaps the one before" : "leaves a hole");
        at = info.last_byte;
    }
    require_input(at == data_bytes, "{}: {} bytes of data, but the header tells of {}", file, data_bytes, at);
}
}  // namespace

std::string to_string(TensorType type) {
    switch (type) {
        case TensorType::float64:
            return "F64";
        case TensorType::float32:
            return "F32";
        case TensorType::bfloat16:
            return "BF16";
        default:
            return "I64";
    }
}

std::size_t element_size(TensorType type) {
    return type == TensorType::bfloat16 ? 2 : type == TensorType::float32 ? 4 : 8;
}

std::uint64_t TensorInfo::elements() const noexcept { return (last_byte - first_byte) / element_size(type); }

std::string shape_text(const std::vector<std::uint64_t>& shape) { return fmt::format("({})", fmt::join(shape, ", ")); }

SafetensorsReader::SafetensorsReader(std::filesystem::path path) : path_(std::move(path)) {
    const std::string file = path_.string();
    std::ifstream in(path_, std::ios::binary | std::ios::ate);
    require_input(in.is_open() && std::filesystem::is_regular_file(path_), "{}: cannot be opened", file);
    const auto size = static_cast<std::uint64_t>(in.tellg());
    require_input(size >= 8, "{}: {} bytes, too short for a safetensors file", file, size);
    std::uint64_t length = 0;
    in.seekg(0).read(reinterpret_cast<char*>(&length), sizeof length);
    require_input(length <= std::min(size - 8, longest_header),
                  "{}: its header should have {} bytes, but the file has {}: no safetensors file, or truncated", file,
                  length, size - 8);
    std::string text(length, ' ');
    in.read(text.data(), static_cast<std::streamsize>(length));
    require_input(in.good(), "{}: its header cannot be read", file);
    data_start_ = 8 + length;
    const Json header = parse_header(text, file);
    for (const auto& [name, entry] : header.items()) {
        if (name == "__metadata__") {
            require_input(entry.is_object(), "{}: __metadata__ is {}, expected texts by name", file, entry.dump());
            for (const auto& [key, value] : entry.items()) {
                require_input(value.is_string(), "{}: __metadata__ '{}' is {}, expected a text", file, key,
                              value.dump());
                metadata_[key] = value.get<std::string>();
            }
            continue;
        }
        tensors_.push_back(parse_entry(name, entry, size - data_start_, fmt::format("{}: tensor '{}'", file, name)));
    }
    // tensors without elements share their place with the one that follows
    std::stable_sort(tensors_.begin(), tensors_.end(), [](const TensorInfo& a, const TensorInfo& b) {
        return std::pair(a.first_byte, a.last_byte) < std::pair(b.first_byte, b.last_byte);
    });
    require_no_gaps(tensors_, size - data_start_, file);
}

bool SafetensorsReader::contains(const std::string& name) const noexcept {
    return std::any_of(tensors_.begin(), tensors_.end(), [&](const TensorInfo& t) { return t.name == name; });
}

const TensorInfo& SafetensorsReader::info(const std::string& name) const {
    std::vector<std::string> names;
    for (const TensorInfo& t : tensors_) {
        if (t.name == name) return t;
        names.push_back(t.name);
    }
    throw InputError(fmt::format("{}: no tensor '{}'; it has {}", path_.string(), name, fmt::join(names, ", ")));
}

void SafetensorsReader::read_bytes(const TensorInfo& info, void* out) const {
    std::ifstream in(path_, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(data_start_ + info.first_byte));
    in.read(static_cast<char*>(out), static_cast<std::streamsize>(info.last_byte - info.first_byte));
    require_input(in.good(), "{}: tensor '{}' cannot be read", path_.string(), info.name);
}

void SafetensorsReader::read_into(const TensorInfo& info, float* out) const {
    require_input(info.type == TensorType::float32 || info.type == TensorType::bfloat16,
                  "{}: tensor '{}' {} is {}, expected F32 or BF16", path_.string(), info.name, shape_text(info.shape),
                  to_string(info.type));
    if (info.type == TensorType::float32) return read_bytes(info, out);
    std::vector<std::uint16_t> upper(info.elements());
    read_bytes(info, upper.data());
    std::transform(upper.begin(), upper.end(), out,
                   [](std::uint16_t bits) { return std::bit_cast<float>(std::uint32_t{bits} << 16); });
}

void SafetensorsReader::read_into(const TensorInfo& info, double* out) const {
    if (info.type == TensorType::float64) return read_bytes(info, out);
    require_input(info.type != TensorType::int64, "{}: tensor '{}' {} is I64, expected F64, F32 or BF16",
                  path_.string(), info.name, shape_text(info.shape));
    std::vector<float> narrow(info.elements());
    read_into(info, narrow.data());
    std::copy(narrow.begin(), narrow.end(), out);
}

void SafetensorsReader::read_into(const TensorInfo& info, std::int64_t* out) const {
    require_input(info.type == TensorType::int64, "{}: tensor '{}' {} is {}, expected I64", path_.string(), info.name,
                  shape_text(info.shape), to_string(info.type));
    read_bytes(info, out);
}

}  // namespace protolith::io
