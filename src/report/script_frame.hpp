// What every gnuplot script of a figure shares: its head, and the loop that draws once for SVG and once for PNG.
#pragma once

#include <string>
#include <string_view>

namespace protolith::report {

/// Size of a picture: SVG points, and PNG pixels per point.
struct Canvas {
    double width, height;
    double png_scale = 3;
};

/// Opening lines up to `set output`: comments (title, caption, how to run), terminals and encoding.
std::string script_head(std::string_view name, std::string_view title, std::string_view caption, std::string_view data,
                        const Canvas& canvas);

/// A gnuplot string expression of a title in bold, broken into lines of at most `width` characters where words allow.
std::string title_text(std::string_view title, std::size_t width);

/// Closes the loop that `script_head` opened.
std::string script_foot();

}  // namespace protolith::report
