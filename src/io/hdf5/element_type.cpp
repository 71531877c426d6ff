#include "io/hdf5/element_type.hpp"

#include <algorithm>
#include <array>

namespace protolith::io {

namespace {
constexpr std::array numbers{ElementType::uint8,  ElementType::int32,   ElementType::int64,  ElementType::uint32,
                             ElementType::uint64, ElementType::float32, ElementType::float64};
}

std::string to_string(ElementType type) {
    constexpr std::array names{"uint8", "int32", "int64", "uint32", "uint64", "float32", "float64", "text"};
    return names[static_cast<std::size_t>(type)];
}

std::size_t element_size(ElementType type) {
    constexpr std::array<std::size_t, 8> sizes{1, 4, 8, 4, 8, 4, 8, 0};
    return sizes[static_cast<std::size_t>(type)];
}

hid_t memory_type(ElementType type) {
    switch (type) {
        case ElementType::uint8:
            return H5T_NATIVE_UINT8;
        case ElementType::int32:
            return H5T_NATIVE_INT32;
        case ElementType::int64:
            return H5T_NATIVE_INT64;
        case ElementType::uint32:
            return H5T_NATIVE_UINT32;
        case ElementType::uint64:
            return H5T_NATIVE_UINT64;
        case ElementType::float32:
            return H5T_NATIVE_FLOAT;
        case ElementType::float64:
            return H5T_NATIVE_DOUBLE;
        case ElementType::text:
            break;
    }
    throw Error("text has no numeric HDF5 type");
}

hid_t file_type(ElementType type) {
    switch (type) {
        case ElementType::uint8:
            return H5T_STD_U8LE;
        case ElementType::int32:
            return H5T_STD_I32LE;
        case ElementType::int64:
            return H5T_STD_I64LE;
        case ElementType::uint32:
            return H5T_STD_U32LE;
        case ElementType::uint64:
            return H5T_STD_U64LE;
        case ElementType::float32:
            return H5T_IEEE_F32LE;
        case ElementType::float64:
            return H5T_IEEE_F64LE;
        case ElementType::text:
            break;
    }
    throw Error("text has no numeric HDF5 type");
}

TypeHandle text_type(std::size_t length) {
    TypeHandle type(checked(H5Tcopy(H5T_C_S1), "HDF5", "copy a text type"));
    checked(H5Tset_size(type.get(), std::max<std::size_t>(length, 1)), "HDF5", "set a text length");
    checked(H5Tset_strpad(type.get(), H5T_STR_NULLPAD), "HDF5", "set text padding");
    checked(H5Tset_cset(type.get(), H5T_CSET_UTF8), "HDF5", "set the text encoding");
    return type;
}

ElementType classify(hid_t type, const std::string& file, const std::string& name) {
    if (H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0) return ElementType::text;
    for (const ElementType candidate : numbers)
        if (H5Tequal(type, file_type(candidate)) > 0 || H5Tequal(type, memory_type(candidate)) > 0) return candidate;
    throw Error(fmt::format("{}: '{}' has an element type that Protolith does not write", file, name));
}

}  // namespace protolith::io
