// The SVG is drawn in points; the PNG is the same picture at png_scale pixels per point (3: about 216 dpi).
#include "report/script_frame.hpp"

#include "report/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace protolith::report {
namespace {

/// Comment lines; a backslash at the end of a comment would continue it into the next line, so none is let through.
std::string comment(std::string_view text) {
    std::string line = clean_utf8(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::replace(line.begin(), line.end(), '\\', '/');
    return line.empty() ? std::string() : "# " + line + "\n";
}

}  // namespace

std::string script_head(std::string_view name, std::string_view title, std::string_view caption, std::string_view data,
                        const Canvas& canvas) {
    std::string out = comment(title) + comment(caption);
    out += fmt::format("# Run in this folder:  gnuplot {0}.gp   reads {1}, makes {0}.svg and {0}.png\n\n", name, data);
    const double scale = canvas.png_scale;
    out += "do for [format in 'svg png'] {\n    reset\n    set encoding utf8\n    set datafile separator comma\n";
    out += fmt::format(
        "    if (format eq 'svg') {{ set terminal svg size {:.0f},{:.0f} fixed enhanced butt font 'sans-serif,11' "
        "background '#FFFFFF' }}\n",
        canvas.width, canvas.height);
    // gnuplot's SVG counts a font in pixels, its PNG and PDF in points of 4/3 pixel
    out += fmt::format(
        "    if (format eq 'png') {{ set terminal pngcairo size {:.0f},{:.0f} enhanced butt font 'sans-serif,11' "
        "background '#FFFFFF' fontscale {:g} linewidth {:g} pointscale {:g} }}\n",
        canvas.width * scale, canvas.height * scale, 0.75 * scale, scale, scale);
    out += fmt::format(
        "    if (format eq 'pdf') {{ set terminal pdfcairo size {:.3g}in,{:.3g}in enhanced butt font 'sans-serif,11' "
        "fontscale 0.75 }}   # add pdf to the list above\n",
        canvas.width / 96, canvas.height / 96);
    out += fmt::format("    set output {}.'.'.format\n\n", gnuplot_path(name));
    return out;
}

std::string title_text(std::string_view title, std::size_t width) {
    std::vector<std::string> lines;
    for (const std::string& line : wrapped(title, width))
        lines.push_back(fmt::format("'{{/:Bold '.{}.'}}'", gnuplot_text(line)));
    return lines.empty() ? "''" : fmt::format("{}", fmt::join(lines, ".\"\\n\"."));
}

std::string script_foot() { return "    unset output\n}\n"; }

}  // namespace protolith::report
