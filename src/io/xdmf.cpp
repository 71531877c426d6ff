#include "io/xdmf.hpp"

#include "io/durable.hpp"

#include <algorithm>

namespace protolith::io {

namespace {
std::string escaped(const std::string& text) {
    std::string safe;
    for (const char c : text) switch (c) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            default:
                safe += c;
        }
    return safe;
}

std::string number_type(ElementType type) {
    switch (type) {
        case ElementType::uint8:
            return R"(NumberType="UChar" Precision="1")";
        case ElementType::int32:
            return R"(NumberType="Int" Precision="4")";
        case ElementType::int64:
            return R"(NumberType="Int" Precision="8")";
        case ElementType::uint32:
            return R"(NumberType="UInt" Precision="4")";
        case ElementType::uint64:
            return R"(NumberType="UInt" Precision="8")";
        case ElementType::float32:
            return R"(NumberType="Float" Precision="4")";
        case ElementType::float64:
            return R"(NumberType="Float" Precision="8")";
        case ElementType::text:
            break;
    }
    throw Error("text cannot be shown as a volume");
}

// Voxels (z, y, x) of what a field shows.
Shape field_extent(const DatasetInfo& info, const XdmfField& field) {
    Shape extent(info.shape.begin() + (field.item >= 0 && !info.shape.empty() ? 1 : 0), info.shape.end());
    require(extent.size() == 2 || extent.size() == 3, "'{}' has {} axes, a volume or image is needed", field.dataset,
            info.shape.size());
    require(field.item < 0 || static_cast<hsize_t>(field.item) < info.shape[0],
            "'{}' has {} items, item {} was asked for", field.dataset, info.shape[0], field.item);
    if (extent.size() == 2) extent.insert(extent.begin(), 1);
    return extent;
}

std::string data_item(const FileReader& file, const DatasetInfo& info, const XdmfField& field, const Shape& extent) {
    const std::string source = escaped(std::filesystem::canonical(file.path()).string()) + ":" + escaped(info.name);
    const std::string whole =
        fmt::format(R"(<DataItem Dimensions="{}" {} Format="HDF">{}</DataItem>)",
                    fmt::join(field.item < 0 ? extent : info.shape, " "), number_type(info.type), source);
    if (field.item < 0) return whole;
    Shape start(info.shape.size(), 0), count = info.shape;
    start[0] = static_cast<hsize_t>(field.item);
    count[0] = 1;
    return fmt::format(
        R"(<DataItem ItemType="HyperSlab" Dimensions="{}"><DataItem Dimensions="3 {}" Format="XML">{} {} {})"
        R"(</DataItem>{}</DataItem>)",
        fmt::join(extent, " "), info.shape.size(), fmt::join(start, " "), fmt::join(Shape(info.shape.size(), 1), " "),
        fmt::join(count, " "), whole);
}
}  // namespace

std::string to_xdmf(const FileReader& file, const std::vector<XdmfField>& fields, const std::array<double, 3>& voxel) {
    require(!fields.empty(), "{}: no field to be shown", file.path().string());
    std::string attributes;
    Shape extent;
    for (const XdmfField& field : fields) {
        const DatasetInfo info = file.info(field.dataset);
        const Shape mine = field_extent(info, field);
        if (extent.empty()) extent = mine;
        require(mine == extent, "'{}' has {} voxels, '{}' has {}", field.dataset, fmt::join(mine, " x "),
                fields[0].dataset, fmt::join(extent, " x "));
        attributes +=
            fmt::format("      <Attribute Name=\"{}\" AttributeType=\"Scalar\" Center=\"Cell\">{}</Attribute>\n",
                        escaped(field.label), data_item(file, info, field, extent));
    }
    return fmt::format(R"(<?xml version="1.0" ?>
<Xdmf Version="3.0">
  <Domain>
    <Grid Name="volume" GridType="Uniform">
      <Topology TopologyType="3DCoRectMesh" Dimensions="{} {} {}"/>
      <Geometry GeometryType="ORIGIN_DXDYDZ">
        <DataItem Dimensions="3" NumberType="Float" Precision="8" Format="XML">0 0 0</DataItem>
        <DataItem Dimensions="3" NumberType="Float" Precision="8" Format="XML">{}</DataItem>
      </Geometry>
{}    </Grid>
  </Domain>
</Xdmf>
)",
                       extent[0] + 1, extent[1] + 1, extent[2] + 1, fmt::join(voxel, " "), attributes);
}

std::filesystem::path write_xdmf(const std::filesystem::path& result, const std::vector<XdmfField>& fields,
                                 const std::array<double, 3>& voxel) {
    std::filesystem::path sidecar = result;
    sidecar.replace_extension(".xdmf");
    write_atomically(sidecar, to_xdmf(FileReader(result), fields, voxel));
    return sidecar;
}

}  // namespace protolith::io
