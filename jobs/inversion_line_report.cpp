// Figures, table and datasets of the lines.
#include "inversion_line.hpp"

#include <algorithm>
#include <numeric>

namespace protolith::jobs {

namespace {

template <class Of>
std::vector<double> each(const Walk& walk, const Of& of) {
    std::vector<double> values;
    for (const auto& r : walk.roughness) values.push_back(static_cast<double>(of(r)));
    return values;
}

double mean(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}
double largest(const std::vector<double>& values) { return *std::max_element(values.begin(), values.end()); }

double relative_variation(const condition::Roughness& r) { return r.relative_variation(); }
double relative_step(const condition::Roughness& r) { return r.largest_step / r.range; }
std::size_t minima(const condition::Roughness& r) { return r.minima; }
std::size_t caught_minima(const condition::Roughness& r) { return r.caught_minima; }

/// Mean over all points but the first of each line, which has none before it.
double mean_step(const Walk& walk, std::size_t points) {
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < walk.step.size(); ++i)
        if (i % points > 0) sum += walk.step[i], ++count;
    return sum / count;
}

/// Mean over the ends of all lines.
double mean_at_ends(const std::vector<double>& values, std::size_t points) {
    double sum = 0, count = 0;
    for (std::size_t first = 0; first < values.size(); first += points, count += 2)
        sum += values[first] + values[first + points - 1];
    return sum / count;
}

void write_walk(io::ResultFile& file, const std::string& way, const Walk& walk) {
    const auto curve = [&](const std::string& name, const char* what, const std::vector<double>& values) {
        file.write("line/" + way + "_" + name, {"direction", "position"}, values, {"1", what, {}});
    };
    curve("misfit", "negative log-likelihood of the target's data without its constant", walk.misfit);
    curve("difference_from_middle", "rms pixel difference to the image at position 0", walk.from_middle);
    curve("difference_from_last", "rms pixel difference to the point before", walk.step);
    const auto number = [&](const std::string& name, const char* what, const std::vector<double>& values) {
        file.write("line/" + way + "_" + name, {"direction"}, values, {"1", what, {}});
    };
    number("relative_variation", "total variation of the misfit over its range", each(walk, relative_variation));
    number("minima", "local minima of the misfit", each(walk, minima));
    number("caught_minima", "local minima of the misfit at least 1 deep", each(walk, caught_minima));
    file.write("line/" + way + "_images", {"shown", "row", "column"}, walk.strip,
               {"1", "images along the first direction", {}});
}

}  // namespace

void write_lines(const Lines& lines, io::ResultFile& file) {
    std::vector<double> at;
    for (const std::size_t point : lines.shown) at.push_back(lines.positions[point]);
    file.dimension("line/direction", lines.generator.roughness.size(), "random direction");
    file.dimension("line/position", lines.positions, "1", "place on the line in standard deviations of the prior");
    file.dimension("line/shown", at, "1", "places of the images");
    write_walk(file, "generator", lines.generator);
    write_walk(file, "simulator", lines.simulator);
}

report::PanelFigure line_figure(const Lines& lines, const std::string& suffix) {
    report::PanelFigure figure{"line" + suffix, "Along a line across latents and across the simulator's inputs", {}};
    const std::size_t points = lines.positions.size();
    const auto panel = [&](const std::string& name, const std::string& label, std::vector<double> Walk::*member,
                           std::size_t first) {
        report::Figure p;
        p.name = name;
        p.title = label;
        p.x_label = "position s (prior deviations)";
        p.y_label = label;
        for (const auto& [way, walk] :
             {std::pair{"generator", &lines.generator}, std::pair{"simulator", &lines.simulator}}) {
            const auto& values = walk->*member;
            p.curves.push_back({way,
                                {lines.positions.begin() + static_cast<std::ptrdiff_t>(first), lines.positions.end()},
                                {values.begin() + static_cast<std::ptrdiff_t>(first),
                                 values.begin() + static_cast<std::ptrdiff_t>(points)}});
        }
        figure.panels.push_back(p);
    };
    panel("misfit", "misfit -log L", &Walk::misfit, 0);
    panel("from_middle", "pixel difference to s = 0", &Walk::from_middle, 0);
    panel("step", "pixel difference to the neighbour", &Walk::step, 1);
    figure.columns = 3;
    figure.caption =
        "The first direction: through the likeliest latents, and through the inputs that made the target. At s every "
        "number has moved by s standard deviations of its prior, root mean square; two draws of the prior are √2 "
        "apart.";
    return figure;
}

report::Montage line_strip(const Lines& lines, const Extent& extent, const std::string& suffix) {
    report::Montage montage{"line_images" + suffix, "Images along the line: generator above, simulator below", {}};
    for (const auto* walk : {&lines.generator, &lines.simulator})
        for (std::size_t i = 0; i < lines.shown.size(); ++i) {
            GreyVolume image(extent);
            const auto* values = &walk->strip[i * extent.count()];
            std::copy(values, values + extent.count(), image.begin());
            const auto pictures = report::grey_pictures(fmt::format("s = {:.2f}", lines.positions[lines.shown[i]]),
                                                        image, "rock 1", 0, 1);
            montage.pictures.insert(montage.pictures.end(), pictures.begin(), pictures.end());
        }
    montage.columns = lines.shown.size();
    return montage;
}

report::Table line_table(const Lines& lines) {
    report::Table table{"Smoothness along lines",
                        {{"way"},
                         {"lines"},
                         {"misfit in the middle"},
                         {"misfit at the ends"},
                         {"total variation / range"},
                         {"its largest"},
                         {"minima"},
                         {"their largest number"},
                         {"minima 1 deep"},
                         {"their largest number"},
                         {"largest step / range"},
                         {"pixel difference of neighbours"},
                         {"of middle and ends"}}};
    const std::size_t points = lines.positions.size();
    for (const auto& [way, walk] :
         {std::pair{"generator", &lines.generator}, std::pair{"simulator", &lines.simulator}}) {
        const auto variation = each(*walk, relative_variation), all_minima = each(*walk, minima),
                   deep = each(*walk, caught_minima);
        table.add({way, walk->roughness.size(), walk->misfit[points / 2], mean_at_ends(walk->misfit, points),
                   mean(variation), largest(variation), mean(all_minima), largest(all_minima), mean(deep),
                   largest(deep), mean(each(*walk, relative_step)), mean_step(*walk, points),
                   mean_at_ends(walk->from_middle, points)});
    }
    table.footnotes = {
        "Means over lines of random directions; all lead through the same middle. Misfit: −log L of the target's data.",
        "total variation / range: of the misfit; 1 if it only falls or rises, 2 for one valley between equal ends, "
        "more "
        "with every hill. minima: of the misfit, without the ends; 1 deep: a chain must climb by 1 to leave.",
        "generator: its latents, about the likeliest; simulator: its inputs, mapped to normal numbers, about the "
        "target's. Pixel differences: root mean square."};
    return table;
}

}  // namespace protolith::jobs
