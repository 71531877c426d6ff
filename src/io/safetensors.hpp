// Files of named arrays in the safetensors format (Hugging Face, format 0.x): 8 bytes of header length (little-endian),
// a JSON header {name: {dtype, shape, data_offsets}}, the arrays one after the other in row-major order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace protolith::io {

/// The element types that Protolith reads and writes; int64 is what PyTorch counts batches with.
enum class TensorType { float64, float32, bfloat16, int64 };

/// The format's name: "F64", "F32", "BF16", "I64".
std::string to_string(TensorType type);
std::size_t element_size(TensorType type);

struct TensorInfo {
    std::string name;
    TensorType type = TensorType::float32;
    std::vector<std::uint64_t> shape;             ///< empty: one number
    std::uint64_t first_byte = 0, last_byte = 0;  ///< half-open, from the end of the header
    std::uint64_t elements() const noexcept;
};

/// "(64, 1, 4, 4)", "()" for one number.
std::string shape_text(const std::vector<std::uint64_t>& shape);

/// A file whose header was found good; arrays are read when asked for. What is wrong with the file (truncated, holes or
/// overlaps between arrays, sizes that do not fit, unknown types, doubled names) is an InputError that names file,
/// array, what was found and what was expected. Values are not looked at: NaN is the caller's question.
class SafetensorsReader {
  public:
    explicit SafetensorsReader(std::filesystem::path path);

    const std::filesystem::path& path() const noexcept { return path_; }
    /// In the order of their data.
    const std::vector<TensorInfo>& tensors() const noexcept { return tensors_; }
    /// Texts of the header's "__metadata__".
    const std::map<std::string, std::string>& metadata() const noexcept { return metadata_; }
    bool contains(const std::string& name) const noexcept;
    /// InputError that lists the names there are if there is none of this one.
    const TensorInfo& info(const std::string& name) const;

    /// The whole array, row-major. float32 takes F32 and BF16, float64 those and F64, int64 takes I64: exact all of
    /// them.
    template <class T>
    std::vector<T> read(const std::string& name) const {
        static_assert(std::is_same_v<T, float> || std::is_same_v<T, double> || std::is_same_v<T, std::int64_t>);
        const TensorInfo& found = info(name);
        std::vector<T> values(found.elements());
        read_into(found, values.data());
        return values;
    }

  private:
    void read_into(const TensorInfo& info, float* out) const;
    void read_into(const TensorInfo& info, double* out) const;
    void read_into(const TensorInfo& info, std::int64_t* out) const;
    void read_bytes(const TensorInfo& info, void* out) const;

    std::filesystem::path path_;
    std::uint64_t data_start_ = 0;
    std::vector<TensorInfo> tensors_;
    std::map<std::string, std::string> metadata_;
};

/// An array to be written: `bytes` are its elements row-major, bfloat16 as the upper halves of float32.
struct TensorToWrite {
    std::string name;
    TensorType type = TensorType::float32;
    std::vector<std::uint64_t> shape;
    std::span<const std::byte> bytes;
};

/// Writes all arrays, larger element types first so that each is aligned; an older file stays until the new one is
/// whole. Error if bytes do not fit a shape or a name comes twice.
void write_safetensors(const std::filesystem::path& path, std::vector<TensorToWrite> tensors,
                       const std::map<std::string, std::string>& metadata);

}  // namespace protolith::io
