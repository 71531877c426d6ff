// Checkpoints in two generations: NAME (newest) and NAME.previous. A new one is written beside them, brought to disk,
// and only then takes the name, so that a kill at any moment leaves one that loads. Structures and data are all
// checksummed: a flipped bit is noticed on loading and the previous generation is used instead.
#pragma once

#include "io/hdf5/file_reader.hpp"
#include "io/hdf5/parallel_file.hpp"
#include "io/provenance.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace protolith::io {

/// "checkpoint.h5" → "checkpoint.previous.h5".
std::filesystem::path previous_generation(const std::filesystem::path& path);

/// Writes one checkpoint. All members are collective and end in the same error on every rank; then, as when the object
/// goes away without commit(), the generations on disk are as they were and the temporary file is gone.
class CheckpointWriter {
  public:
    /// `deck_hash` (text_hash of what decides the run) must be the same when it is resumed; `step` is the job's count.
    CheckpointWriter(const Communicator& comm, const std::filesystem::path& path, const Provenance& provenance,
                     const std::string& deck_hash, std::uint64_t step);
    ~CheckpointWriter();

    /// Values that every rank holds alike; rank 0 writes them.
    template <class T>
    void replicated(const std::string& name, std::span<const T> values) {
        write_replicated(name, element_type_of<T>(), values.data(), values.size());
    }
    template <class T>
    void replicated(const std::string& name, const std::vector<T>& values) {
        replicated(name, std::span<const T>(values));
    }
    void text(const std::string& name, const std::string& value);

    /// Equal-sized items 0 … total − 1 (images, chains): this rank holds `mine`, each of `shape`, one after the other.
    template <class T>
    void items(const std::string& name, std::size_t total, ItemRange mine, const Shape& shape,
               std::span<const T> values) {
        write_items(name, element_type_of<T>(), total, mine, shape, values.data(), values.size());
    }
    /// Items of any size: one text of bytes for each item of `mine`.
    void blobs(const std::string& name, std::size_t total, ItemRange mine, std::span<const std::string> bytes);

    /// Brings everything to disk, then renames: NAME becomes NAME.previous, the new file NAME.
    void commit();

  private:
    void write_replicated(const std::string& name, ElementType type, const void* values, std::size_t count);
    void write_items(const std::string& name, ElementType type, std::size_t total, ItemRange mine, const Shape& shape,
                     const void* values, std::size_t count);

    const Communicator& comm_;
    std::filesystem::path path_;
    std::unique_ptr<ParallelFile> file_;
    bool on_disk_ = false;
};

/// A checkpoint that was found good. Reading is each rank's own: any rank may read any items.
class Checkpoint {
  public:
    std::uint64_t step() const noexcept { return step_; }
    /// The file that was chosen.
    const std::filesystem::path& path() const noexcept { return reader_.path(); }
    bool contains(const std::string& name) const { return reader_.contains("/data/" + name); }

    template <class T>
    std::vector<T> replicated(const std::string& name) const {
        return reader_.read<T>("/data/" + name);
    }
    std::string text(const std::string& name) const;
    /// Number of items of a dataset.
    std::size_t count(const std::string& name) const;
    /// Values of the items `mine`, one after the other.
    template <class T>
    std::vector<T> items(const std::string& name, ItemRange mine) const {
        const Slab slab = items_slab(name, mine);
        std::vector<T> values(slab.elements());
        reader_.read("/data/" + name, slab.offset, slab.count, values.data());
        return values;
    }
    std::vector<std::string> blobs(const std::string& name, ItemRange mine) const;

  private:
    friend std::optional<Checkpoint> load_checkpoint(const Communicator&, const std::filesystem::path&,
                                                     const std::string&,
                                                     const std::function<void(const std::string&)>&);
    explicit Checkpoint(FileReader reader);
    Slab items_slab(const std::string& name, ItemRange mine) const;

    FileReader reader_;
    std::uint64_t step_;
};

/// Loads the newest good generation. Rank 0 reads every byte of it first and all ranks follow its verdict. A generation
/// that cannot be used is passed over and `warn` is told why (on rank 0); none on disk: nullopt; none of those on disk
/// usable: InputError that names each with its reason. Collective.
std::optional<Checkpoint> load_checkpoint(const Communicator& comm, const std::filesystem::path& path,
                                          const std::string& deck_hash,
                                          const std::function<void(const std::string&)>& warn);

/// Removes both generations and what an interrupted commit left; for a job that has finished. Collective.
void remove_checkpoints(const Communicator& comm, const std::filesystem::path& path);

}  // namespace protolith::io
