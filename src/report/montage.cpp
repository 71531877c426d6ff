// The sheet of pixels is composed here at the PNG's own resolution; gnuplot lays texts, frames and the scale bar over
// it.
#include "report/montage.hpp"

#include "base/error.hpp"
#include "io/durable.hpp"
#include "report/gnuplot.hpp"
#include "report/montage_layout.hpp"
#include "report/palette.hpp"
#include "report/script_frame.hpp"
#include "report/stem.hpp"
#include "report/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace protolith::report {
namespace {

constexpr std::size_t legend_box = 22;

Raster sheet_of(const Montage& montage, const MontageLayout& layout) {
    Raster sheet(layout.height, layout.width, {255, 255, 255});
    for (std::size_t k = 0; k < layout.cells.size(); ++k) {
        const Picture& picture = montage.pictures[k];
        const Raster shown = magnified(reduced(picture.raster, layout.reduction / picture.reduction), layout.factor);
        paste(sheet, shown, layout.cells[k].top, layout.cells[k].left);
    }
    for (const LegendEntry& entry : layout.legend)
        for (std::size_t j = 0; j < entry.width; ++j) {
            const Colour colour =
                entry.bar ? colour_at(entry.scale.map, static_cast<double>(j) / static_cast<double>(entry.width - 1))
                          : entry.swatch.colour;
            for (std::size_t i = 0; i < legend_box; ++i) sheet(entry.top + i, entry.left + j) = colour;
        }
    return sheet;
}

std::string csv_of(const Montage& montage, const MontageLayout& layout) {
    std::string out = fmt::format(
        "# Pictures of {0}_pixels.png; left, top, width and height in its pixels, one image pixel is {1}/{2} of them\n",
        montage.name, layout.factor, layout.reduction);
    out += "picture,label,grid row,grid column,left,top,width,height\n";
    for (std::size_t k = 0; k < layout.cells.size(); ++k) {
        const MontageCell& cell = layout.cells[k];
        out += fmt::format("{},{},{},{},{},{},{},{}\n", k + 1, csv_field(montage.pictures[k].label), cell.row + 1,
                           cell.column + 1, cell.left, cell.top, cell.width, cell.height);
    }
    return out;
}

/// gnuplot counts y upwards.
class Writer {
  public:
    explicit Writer(std::size_t height) : height_(height) {}

    void frame_about(std::size_t left, std::size_t top, std::size_t width, std::size_t height) {
        text += fmt::format(
            "    set object rectangle from {},{} to {},{} front fillstyle empty border lc rgb '{}' lw 0.6\n", left,
            height_ - top - height, left + width, height_ - top, frame);
    }
    void label(const std::string& words, double x, double y, const char* place) {
        text += fmt::format("    set label {} at {:g},{:g} {} front textcolor rgb '{}'\n", gnuplot_text(words), x,
                            static_cast<double>(height_) - y, place, ink);
    }
    std::string text;

  private:
    std::size_t height_;
};

void write_legend(Writer& writer, const MontageLayout& layout) {
    for (const LegendEntry& entry : layout.legend) {
        const double middle = static_cast<double>(entry.top) + legend_box / 2.0;
        const double left = static_cast<double>(entry.left), right = left + static_cast<double>(entry.width);
        writer.frame_about(entry.left, entry.top, entry.width, legend_box);
        if (entry.bar) writer.label(low_text(entry.scale), left - 8, middle, "right");
        writer.label(entry.bar ? high_text(entry.scale) : entry.swatch.name, right + 8, middle, "left");
    }
}

std::string script_of(const Montage& montage, const MontageLayout& layout) {
    const double scale = montage_png_scale;
    const auto width = static_cast<double>(layout.width), height = static_cast<double>(layout.height);
    std::string out = script_head(montage.name, montage.title, montage.caption, montage.name + "_pixels.png",
                                  {width / scale, height / scale, scale});
    out += "    # one unit is one pixel of the PNG, from the lower left corner\n";
    out += fmt::format("    set xrange [0:{}]\n    set yrange [0:{}]\n", layout.width, layout.height);
    out +=
        "    set lmargin at screen 0\n    set rmargin at screen 1\n    set bmargin at screen 0\n    set tmargin at "
        "screen 1\n";
    out += "    unset border\n    unset tics\n    unset key\n";
    if (!montage.title.empty())
        out +=
            fmt::format("    set label {} at {:g},{:g} center front textcolor rgb '{}' font ',12'\n",
                        title_text(montage.title, static_cast<std::size_t>(width / 15.5)), width / 2, height - 34, ink);
    Writer writer(layout.height);
    for (const MontageCell& cell : layout.cells) {
        writer.frame_about(cell.left, cell.top, cell.width, cell.height);
        double y = static_cast<double>(cell.top + cell.height) + 20;
        for (const std::string& line : cell.label) {
            writer.label(line, static_cast<double>(cell.left) + static_cast<double>(cell.width) / 2, y, "center");
            y += 27;
        }
    }
    write_legend(writer, layout);
    out += writer.text;
    const double right = width - 24, bar_y = height - static_cast<double>(layout.legend_top) - 4;
    out += fmt::format("    set arrow from {0:g},{2:g} to {1:g},{2:g} nohead front lw 2.5 lc rgb '{3}'\n",
                       right - layout.bar_pixels, right, bar_y, ink);
    out += fmt::format("    set label {} at {:g},{:g} center front textcolor rgb '{}'\n",
                       gnuplot_text(layout.bar_label), right - layout.bar_pixels / 2, bar_y - 20, ink);
    out += fmt::format("    plot {} binary filetype=png origin=(0.5,0.5) with rgbimage notitle\n",
                       gnuplot_path(montage.name + "_pixels.png"));
    return out + script_foot();
}

void validate(const Montage& montage) {
    require_stem(montage.name);
    require(!montage.pictures.empty(), "montage {}: no pictures", montage.name);
    for (const Picture& picture : montage.pictures)
        require(picture.raster.rows() > 0 && picture.raster.columns() > 0, "montage {}, picture '{}': {} × {} pixels",
                montage.name, picture.label, picture.raster.rows(), picture.raster.columns());
    require(montage.voxel_size >= 0, "montage {}: pixel size {}, expected 0 or more", montage.name, montage.voxel_size);
}

}  // namespace

std::string write_sources(const std::filesystem::path& directory, const Montage& montage) {
    validate(montage);
    const MontageLayout layout = layout_of(montage);
    remove_pictures(directory, montage.name);
    write_png(directory / (montage.name + "_pixels.png"), sheet_of(montage, layout));
    io::write_atomically(directory / (montage.name + ".csv"), csv_of(montage, layout), io::Flush::no);
    io::write_atomically(directory / (montage.name + ".gp"), script_of(montage, layout), io::Flush::no);
    return montage.name + ".gp";
}

std::string write_figure(const std::filesystem::path& directory, const Montage& montage) {
    return draw(directory, {write_sources(directory, montage)});
}

}  // namespace protolith::report
