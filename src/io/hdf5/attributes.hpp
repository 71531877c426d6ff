// Attributes of HDF5 objects: what a dataset means (CF units and long names) and any further facts.
#pragma once

#include "io/hdf5/handle.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace protolith::io {

using AttributeValue = std::variant<std::string, std::int64_t, std::uint64_t, double, std::vector<double>>;
using AttributeList = std::vector<std::pair<std::string, AttributeValue>>;

/// What a dataset holds, in the terms of the CF conventions.
struct Attributes {
    std::string units;      ///< UDUNITS text such as "m" or "1" (dimensionless); empty: no such attribute
    std::string long_name;  ///< words for an axis label; empty: no such attribute
    AttributeList extra;
};

/// Writes or replaces an attribute; a replaced value must keep its type and size. On a parallel file: collective.
void write_attribute(hid_t object, const std::string& name, const AttributeValue& value, const std::string& file);
/// Writes units, long_name and the rest.
void write_attributes(hid_t object, const Attributes& attributes, const std::string& file);
/// Reads one attribute; Error naming file and attribute if it is absent or of a kind that Protolith does not write.
AttributeValue read_attribute(hid_t object, const std::string& name, const std::string& file);
bool has_attribute(hid_t object, const std::string& name);
/// The readable attributes in the order of their creation; what Protolith does not write (references) is left out.
AttributeList read_attributes(hid_t object, const std::string& file);

/// Readable form of a value.
std::string to_string(const AttributeValue& value);

}  // namespace protolith::io
