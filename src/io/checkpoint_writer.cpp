// Writing of checkpoints: everything goes to NAME.tmp; commit() brings it to disk and renames.
#include "io/checkpoint.hpp"
#include "io/durable.hpp"
#include "io/result_file.hpp"

#include <algorithm>

namespace protolith::io {

namespace {
std::filesystem::path temporary_of(std::filesystem::path path) {
    path += ".tmp";
    return path;
}
}  // namespace

CheckpointWriter::CheckpointWriter(const Communicator& comm, const std::filesystem::path& path,
                                   const Provenance& provenance, const std::string& deck_hash, std::uint64_t step)
    : comm_(comm), path_(path) {
    try {
        file_ = std::make_unique<ParallelFile>(comm, temporary_of(path), FileFormat::checksummed);
        begin_file(*file_, "checkpoint", provenance);
        file_->attributes("/", {{"deck_hash", deck_hash}, {"step", step}});
        file_->group("/data");
    } catch (const CollectiveError&) {
        file_.reset();
        if (comm_.is_root()) discard_file(temporary_of(path_));
        throw;
    }
}

CheckpointWriter::~CheckpointWriter() {
    file_.reset();
    // Once it is complete on disk it may be the newest generation, whatever became of the renames.
    if (!on_disk_ && comm_.is_root()) discard_file(temporary_of(path_));
}

void CheckpointWriter::write_replicated(const std::string& name, ElementType type, const void* values,
                                        std::size_t count) {
    file_->write_from_root(file_->create("/data/" + name, type, {count}), values);
}

void CheckpointWriter::text(const std::string& name, const std::string& value) {
    write_replicated(name, ElementType::uint8, value.data(), value.size());
}

void CheckpointWriter::write_items(const std::string& name, ElementType type, std::size_t total, ItemRange mine,
                                   const Shape& shape, const void* values, std::size_t count) {
    Slab slab{Shape(shape.size() + 1, 0), shape};
    slab.offset[0] = mine.first;
    slab.count.insert(slab.count.begin(), mine.size());
    Shape all = slab.count;
    all[0] = total;
    file_->together([&] {
        require(count == slab.elements(), "checkpoint '{}': {} values given for items {} to {}, {} expected", name,
                count, mine.first, mine.last, slab.elements());
    });
    file_->write(file_->create("/data/" + name, type, all), slab, values);
}

void CheckpointWriter::blobs(const std::string& name, std::size_t total, ItemRange mine,
                             std::span<const std::string> bytes) {
    std::string joined;
    std::vector<std::uint64_t> ends;
    for (const std::string& blob : bytes) {
        joined += blob;
        ends.push_back(joined.size());
    }
    // Blobs lie in the order of the items, whichever rank holds them.
    std::vector<std::uint64_t> sizes(total, 0);
    for (std::size_t i = 0; i < bytes.size() && mine.first + i < total; ++i) sizes[mine.first + i] = bytes[i].size();
    comm_.sum_in_place(sizes.data(), sizes.size());
    std::uint64_t before = 0, sum = 0;
    for (std::size_t i = 0; i < total; ++i) {
        if (i < mine.first) before += sizes[i];
        sum += sizes[i];
    }
    for (std::uint64_t& end : ends) end += before;
    write_items(name + "_ends", ElementType::uint64, total, mine, {}, ends.data(), ends.size());
    write_items(name, ElementType::uint8, sum, {before, before + joined.size()}, {}, joined.data(), joined.size());
}

void CheckpointWriter::commit() {
    close_complete(*file_);
    on_disk_ = true;
    on_root(comm_, [&] {
        if (std::filesystem::exists(path_)) rename_file(path_, previous_generation(path_));
        rename_file(file_->path(), path_);
        sync_folder_of(path_);
    });
}

}  // namespace protolith::io
