#include "io/hdf5/attributes.hpp"

#include "io/hdf5/element_type.hpp"

#include <algorithm>

namespace protolith::io {

namespace {
void write_value(hid_t object, const std::string& name, hid_t in_file, hid_t in_memory, hsize_t count, bool scalar,
                 const void* data, const std::string& file) {
    const std::string action = "write attribute '" + name + "'";
    if (H5Aexists(object, name.c_str()) > 0) {
        AttributeHandle old(checked(H5Aopen(object, name.c_str(), H5P_DEFAULT), file, action));
        checked(H5Awrite(old.get(), in_memory, data), file, action);
        return;
    }
    SpaceHandle space(checked(scalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr), file, action));
    AttributeHandle attribute(
        checked(H5Acreate2(object, name.c_str(), in_file, space.get(), H5P_DEFAULT, H5P_DEFAULT), file, action));
    checked(H5Awrite(attribute.get(), in_memory, data), file, action);
}

template <class T>
T read_number(hid_t attribute, const std::string& file, const std::string& name) {
    T value{};
    checked(H5Aread(attribute, memory_type(element_type_of<T>()), &value), file, "read attribute '" + name + "'");
    return value;
}

std::string read_text(hid_t attribute, hid_t type, const std::string& file, const std::string& name) {
    std::string text(H5Tget_size(type), '\0');
    TypeHandle memory = text_type(text.size());
    checked(H5Aread(attribute, memory.get(), text.data()), file, "read attribute '" + name + "'");
    text.resize(std::min(text.size(), text.find('\0')));
    return text;
}

std::vector<double> read_list(hid_t attribute, hssize_t count, const std::string& file, const std::string& name) {
    std::vector<double> values(static_cast<std::size_t>(count));
    checked(H5Aread(attribute, H5T_NATIVE_DOUBLE, values.data()), file, "read attribute '" + name + "'");
    return values;
}

bool is_ours(hid_t attribute) {
    TypeHandle type(H5Aget_type(attribute));
    const H5T_class_t kind = H5Tget_class(type.get());
    return kind == H5T_INTEGER || kind == H5T_FLOAT || (kind == H5T_STRING && H5Tis_variable_str(type.get()) == 0);
}

herr_t remember_name(hid_t, const char* name, const H5A_info_t*, void* names) {
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}
}  // namespace

void write_attribute(hid_t object, const std::string& name, const AttributeValue& value, const std::string& file) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        std::string padded = *text;
        if (padded.empty()) padded.push_back('\0');
        TypeHandle type = text_type(padded.size());
        write_value(object, name, type.get(), type.get(), 1, true, padded.data(), file);
    } else if (const auto* list = std::get_if<std::vector<double>>(&value)) {
        write_value(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, list->size(), false, list->data(), file);
    } else if (const auto* real = std::get_if<double>(&value)) {
        write_value(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1, true, real, file);
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        write_value(object, name, H5T_STD_I64LE, H5T_NATIVE_INT64, 1, true, whole, file);
    } else {
        write_value(object, name, H5T_STD_U64LE, H5T_NATIVE_UINT64, 1, true, &std::get<std::uint64_t>(value), file);
    }
}

void write_attributes(hid_t object, const Attributes& attributes, const std::string& file) {
    if (!attributes.units.empty()) write_attribute(object, "units", attributes.units, file);
    if (!attributes.long_name.empty()) write_attribute(object, "long_name", attributes.long_name, file);
    for (const auto& [name, value] : attributes.extra) write_attribute(object, name, value, file);
}

bool has_attribute(hid_t object, const std::string& name) { return H5Aexists(object, name.c_str()) > 0; }

AttributeValue read_attribute(hid_t object, const std::string& name, const std::string& file) {
    const std::string action = "read attribute '" + name + "'";
    AttributeHandle attribute(checked(H5Aopen(object, name.c_str(), H5P_DEFAULT), file, action));
    require(is_ours(attribute.get()), "{}: attribute '{}' is of a kind that Protolith does not write", file, name);
    TypeHandle type(checked(H5Aget_type(attribute.get()), file, action));
    SpaceHandle space(checked(H5Aget_space(attribute.get()), file, action));
    const H5T_class_t kind = H5Tget_class(type.get());
    if (kind == H5T_STRING) return read_text(attribute.get(), type.get(), file, name);
    if (H5Sget_simple_extent_ndims(space.get()) > 0)
        return read_list(attribute.get(), H5Sget_simple_extent_npoints(space.get()), file, name);
    if (kind == H5T_FLOAT) return read_number<double>(attribute.get(), file, name);
    if (H5Tget_sign(type.get()) == H5T_SGN_NONE) return read_number<std::uint64_t>(attribute.get(), file, name);
    return read_number<std::int64_t>(attribute.get(), file, name);
}

AttributeList read_attributes(hid_t object, const std::string& file) {
    std::vector<std::string> names;
    if (H5Aiterate2(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, remember_name, &names) < 0) {
        names.clear();
        checked(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, remember_name, &names), file,
                "list attributes");
    }
    AttributeList list;
    for (const std::string& name : names) {
        AttributeHandle attribute(
            checked(H5Aopen(object, name.c_str(), H5P_DEFAULT), file, "open attribute '" + name + "'"));
        if (is_ours(attribute.get())) list.emplace_back(name, read_attribute(object, name, file));
    }
    return list;
}

std::string to_string(const AttributeValue& value) {
    return std::visit(
        [](const auto& v) -> std::string {
            if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::vector<double>>)
                return fmt::format("{}", fmt::join(v, ", "));
            else
                return fmt::format("{}", v);
        },
        value);
}

}  // namespace protolith::io
