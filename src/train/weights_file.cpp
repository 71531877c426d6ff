#include "train/weights_file.hpp"

#include "io/durable.hpp"
#include "io/hdf5/parallel_file.hpp"
#include "io/result_file.hpp"
#include "train/state.hpp"

#include <algorithm>
#include <set>

namespace protolith::train {

namespace {

constexpr const char* kind = "weights";

std::string group_of(const std::string& network) { return "/networks/" + network; }

io::Shape stored_shape(const Shape& shape) {
    io::Shape stored;
    for (const auto extent : shape) stored.push_back(static_cast<hsize_t>(extent));
    return stored;
}

std::string text_of(const io::Shape& shape) { return fmt::format("({})", fmt::join(shape, ", ")); }

/// All tensors of a network under their names.
std::vector<nn::Buffer> tensors_of(const NetworkWeights& network) {
    std::vector<nn::Buffer> all;
    for (const auto& parameter : network.parameters) all.push_back({parameter.name, parameter.var.value()});
    all.insert(all.end(), network.buffers.begin(), network.buffers.end());
    return all;
}

void write_tensor(io::ParallelFile& file, const std::string& name, const Tensor& tensor) {
    const auto write = [&]<class T>(T) {
        const auto dataset = file.create(name, io::element_type_of<T>(), stored_shape(tensor.shape()));
        const std::vector<double> values = tensor.to_doubles();
        const std::vector<T> stored(values.begin(), values.end());
        file.write_from_root(dataset, stored.data());
    };
    with_accumulator_type(tensor.type(), write);
}

}  // namespace

NetworkWeights weights_of(std::string name, const nn::Module& network) {
    return {std::move(name), network.parameters(), network.buffers()};
}

void write_weights(const Communicator& comm, const std::filesystem::path& path, const io::Provenance& provenance,
                   const ModelFacts& facts, std::span<const NetworkWeights> networks) {
    for (const auto& network : networks)
        for (const auto& one : tensors_of(network))
            require(finite(one.value), "{}: {} {} is not finite, it is not written", path.string(), network.name,
                    one.name);
    std::filesystem::path temporary = path;
    temporary += ".tmp";
    {
        io::ParallelFile file(comm, temporary, io::FileFormat::portable);
        io::begin_file(file, kind, provenance);
        file.group("/model");
        io::AttributeList model{{"name", facts.model}};
        model.insert(model.end(), facts.settings.begin(), facts.settings.end());
        file.attributes("/model", model);
        for (const auto& network : networks) {
            file.group(group_of(network.name));
            for (const auto& one : tensors_of(network))
                write_tensor(file, group_of(network.name) + "/" + one.name, one.value);
        }
        io::close_complete(file);
    }
    on_root(comm, [&] {
        io::sync_file(temporary);
        io::rename_file(temporary, path);
        io::sync_folder_of(path);
    });
}

WeightsFile::WeightsFile(const std::filesystem::path& path) : file_(path) {
    const std::string name = path.string();
    require_input(file_.has_attribute("/", "protolith_file"), "{}: not written by Protolith", name);
    const std::string found = file_.text_attribute("/", "protolith_file");
    require_input(found == kind, "{}: a {} file; a weights file (of `protolith train`) expected", name, found);
    require_input(file_.int_attribute("/", "complete") == 1, "{}: incomplete, its writing was interrupted", name);
    const auto schema = file_.int_attribute("/", "schema_version");
    require_input(schema <= io::schema_version, "{}: schema version {}, this program reads up to {}", name, schema,
                  io::schema_version);
    for (const auto& dataset : file_.datasets()) file_.verify(dataset);
    model_ = file_.text_attribute("/model", "name");
}

std::int64_t WeightsFile::integer(const std::string& setting) const { return file_.int_attribute("/model", setting); }

double WeightsFile::real(const std::string& setting) const {
    const auto value = file_.attribute("/model", setting);
    const double* number = std::get_if<double>(&value);
    require_input(number != nullptr, "{}: setting '{}' of its model is {}; a number expected", path().string(), setting,
                  io::to_string(value));
    return *number;
}

bool WeightsFile::has_network(const std::string& network) const { return file_.contains(group_of(network)); }

void WeightsFile::load(const NetworkWeights& network) const {
    const std::string name = path().string(), group = group_of(network.name);
    require_input(has_network(network.name), "{}: holds no network '{}'", name, network.name);
    std::vector<std::string> wrong;
    std::set<std::string> expected;
    for (const auto& one : tensors_of(network)) {
        const std::string dataset = group + "/" + one.name;
        expected.insert(dataset);
        if (!file_.contains(dataset)) {
            wrong.push_back(fmt::format("'{}' {} is not in the file", one.name, one.value.shape().text()));
            continue;
        }
        const auto shape = file_.info(dataset).shape;
        if (shape != stored_shape(one.value.shape())) {
            wrong.push_back(fmt::format("'{}' has the shape {} there, {} expected", one.name, text_of(shape),
                                        one.value.shape().text()));
            continue;
        }
        const auto values = file_.read<double>(dataset);
        const auto bad = std::find_if_not(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
        if (bad != values.end())
            wrong.push_back(
                fmt::format("'{}' {} holds {} at element {}", one.name, text_of(shape), *bad, bad - values.begin()));
        else
            one.value.assign(Tensor::from(one.value.queue(), one.value.shape(), one.value.type(), values));
    }
    for (const auto& dataset : file_.datasets())
        if (dataset.starts_with(group + "/") && !expected.contains(dataset))
            wrong.push_back(fmt::format("'{}' {} is of no layer of this network", dataset.substr(group.size() + 1),
                                        text_of(file_.info(dataset).shape)));
    constexpr std::size_t most = 6;
    const std::size_t more = wrong.size() > most ? wrong.size() - most : 0;
    if (more > 0) wrong.resize(most);
    require_input(wrong.empty(), "{}: the {}'s weights do not fit: {}{}", name, network.name, fmt::join(wrong, "; "),
                  more > 0 ? fmt::format("; and {} more", more) : "");
}

}  // namespace protolith::train
