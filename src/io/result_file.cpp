#include "io/result_file.hpp"

#include "io/durable.hpp"

#include <algorithm>
#include <numeric>

#include <hdf5_hl.h>

namespace protolith::io {

namespace {
std::string absolute_name(const std::string& name) { return name.starts_with('/') ? name : fmt::format("/{}", name); }
std::string group_of(const std::string& absolute) { return absolute.substr(0, absolute.find_last_of('/')); }

std::filesystem::path temporary_of(std::filesystem::path path) {
    path += ".tmp";
    return path;
}
}  // namespace

void begin_file(ParallelFile& file, const std::string& kind, const Provenance& provenance) {
    file.attributes("/", {{"protolith_file", kind},
                          {"schema_version", schema_version},
                          {"complete", std::int64_t{0}},
                          {"source", "Protolith " + provenance.version}});
    file.group("/provenance");
    file.attributes("/provenance", to_attributes(provenance));
}

void close_complete(ParallelFile& file) {
    file.seal();
    file.flush();
    file.attributes("/", {{"complete", std::int64_t{1}}});
    file.close();
}

ResultFile::ResultFile(std::shared_ptr<ParallelFile> file, std::filesystem::path path)
    : file_(std::move(file)), path_(std::move(path)) {}

ResultFile ResultFile::create(const Communicator& comm, const std::filesystem::path& path,
                              const Provenance& provenance) {
    ResultFile result(std::make_shared<ParallelFile>(comm, temporary_of(path), FileFormat::portable), path);
    result.file_->attributes("/", {{"Conventions", std::string("CF-1.8")}, {"title", "Protolith " + provenance.job}});
    begin_file(*result.file_, "result", provenance);
    return result;
}

void ResultFile::dimension(const std::string& name, std::span<const double> values, const std::string& units,
                           const std::string& long_name) {
    const auto dataset = file_->create(absolute_name(name), ElementType::float64, {values.size()});
    make_scale(dataset, {units, long_name, {}});
    write_whole(dataset, values.data(), values.size());
}

void ResultFile::dimension(const std::string& name, std::size_t size, const std::string& long_name) {
    const auto dataset = file_->create(absolute_name(name), ElementType::int64, {size});
    make_scale(dataset, {"1", long_name, {}});
    std::vector<std::int64_t> numbers(size);
    std::iota(numbers.begin(), numbers.end(), std::int64_t{0});
    write_whole(dataset, numbers.data(), size);
}

void ResultFile::make_scale(const ParallelDataset& dataset, const Attributes& attributes) {
    const std::string file = path_.string(), action = "make dimension '" + dataset.name + "'";
    file_->together([&] {
        const std::string short_name = dataset.name.substr(dataset.name.find_last_of('/') + 1);
        checked(H5DSset_scale(dataset.id, short_name.c_str()), file, action);
        write_attributes(dataset.id, attributes, file);
    });
    dimensions_.push_back({dataset.name, dataset.shape[0], dataset.id});
}

std::vector<ResultFile::Dimension> ResultFile::find(const std::string& dataset,
                                                    const std::vector<std::string>& names) const {
    std::vector<Dimension> found;
    for (const std::string& wanted : names) {
        auto match = dimensions_.end();
        std::string group = absolute_name(dataset);
        do {
            group = group_of(group);
            match = std::find_if(dimensions_.begin(), dimensions_.end(),
                                 [&](const Dimension& d) { return d.name == fmt::format("{}/{}", group, wanted); });
        } while (match == dimensions_.end() && !group.empty());
        require(match != dimensions_.end(), "{}: dataset '{}' is over dimension '{}', which has not been defined",
                path_.string(), dataset, wanted);
        found.push_back(*match);
    }
    return found;
}

ParallelDataset ResultFile::create_dataset(const std::string& name, ElementType type,
                                           const std::vector<std::string>& dimensions, const Attributes& attributes,
                                           const Shape& chunk) {
    const std::vector<Dimension> axes = find(name, dimensions);
    Shape shape;
    for (const Dimension& axis : axes) shape.push_back(axis.size);
    const ParallelDataset dataset = file_->create(absolute_name(name), type, shape, chunk);
    label(dataset, axes, attributes);
    return dataset;
}

void ResultFile::label(const ParallelDataset& dataset, const std::vector<Dimension>& axes,
                       const Attributes& attributes) {
    const std::string file = path_.string();
    file_->together([&] {
        for (std::size_t a = 0; a < axes.size(); ++a)
            checked(H5DSattach_scale(dataset.id, axes[a].scale, static_cast<unsigned>(a)), file,
                    "label '" + dataset.name + "' with dimension '" + axes[a].name + "'");
        write_attributes(dataset.id, attributes, file);
    });
}

void ResultFile::write_whole(const ParallelDataset& dataset, const void* data, std::size_t count) {
    const Slab all{Shape(dataset.shape.size(), 0), dataset.shape};
    file_->together([&] {
        require(count == all.elements(), "{}: '{}' has {} elements, {} were given", path_.string(), dataset.name,
                all.elements(), count);
    });
    file_->write_from_root(dataset, data);
}

void ResultFile::write_text(const std::string& name, const std::vector<std::string>& dimensions,
                            std::span<const std::string> texts, const Attributes& attributes) {
    std::size_t length = 1;
    for (const std::string& text : texts) length = std::max(length, text.size());
    std::string padded;
    for (std::string text : texts) {
        text.resize(length, '\0');
        padded += text;
    }
    const std::vector<Dimension> axes = find(name, dimensions);
    Shape shape;
    for (const Dimension& axis : axes) shape.push_back(axis.size);
    const ParallelDataset dataset = file_->create_text(absolute_name(name), length, shape);
    label(dataset, axes, attributes);
    write_whole(dataset, padded.data(), texts.size());
}

void ResultFile::attribute(const std::string& object, const std::string& name, const AttributeValue& value) {
    file_->attributes(object, {{name, value}});
}

void ResultFile::complete() {
    close_complete(*file_);
    const Communicator& comm = file_->communicator();
    on_root(comm, [&] {
        rename_file(file_->path(), path_);
        sync_folder_of(path_);
    });
}

}  // namespace protolith::io
