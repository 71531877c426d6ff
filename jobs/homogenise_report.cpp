#include "homogenise_report.hpp"

#include "report/picture.hpp"
#include "report_frame.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace protolith::jobs {

namespace {

constexpr std::size_t most_mapped = 4, most_listed = 50;

GreyVolume field(const Extent& extent, const double* first) {
    GreyVolume volume(extent);
    std::copy_n(first, extent.count(), volume.begin());
    return volume;
}

/// Lowest and highest of one component over the images shown, so that colours compare.
std::pair<double, double> range_of(const std::vector<Homogenised>& shown, std::size_t component, std::size_t points) {
    double low = shown.front().tensors[component * points], high = low;
    for (const auto& one : shown)
        for (std::size_t p = 0; p < points; ++p) {
            low = std::min(low, one.tensors[component * points + p]);
            high = std::max(high, one.tensors[component * points + p]);
        }
    return {low, high};
}

report::Montage maps(const std::vector<Homogenised>& shown, const elastic::HomogeniserSettings& s,
                     const elastic::OutputGrid& grid) {
    report::Montage montage{"maps", "Images and the smooth media that long waves see", {}};
    montage.caption = fmt::format(
        "λ0 = {:.3g} of the image's width; components in Kelvin notation, C33 is 2μ of an "
        "isotropic medium; ξ = C22/C11.",
        s.filter.wavelength);
    const Extent points{1, grid.rows, grid.columns};
    const std::size_t n = points.count();
    std::vector<std::vector<double>> anisotropy(shown.size());
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (std::size_t i = 0; i < shown.size(); ++i)
        for (std::size_t p = 0; p < n; ++p) {
            anisotropy[i].push_back(elastic::anisotropy(shown[i].tensors.data() + p, n));
            low = std::min(low, anisotropy[i].back());
            high = std::max(high, anisotropy[i].back());
        }
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto add = [&](const std::string& label, const GreyVolume& values, const std::string& quantity,
                             double from, double to) {
            const auto one = report::grey_pictures(fmt::format("{}, {}", i, label), values, quantity, from, to);
            montage.pictures.insert(montage.pictures.end(), one.begin(), one.end());
        };
        add("image", field(s.image, shown[i].image.data()), "rock 1", 0, 1);
        for (const std::size_t c : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
            const auto [least, most] = range_of(shown, c, n);
            const std::string name(elastic::tensor_component_names[c]);
            add(name, field(points, shown[i].tensors.data() + c * n), name + " (GPa)", least, most);
        }
        add("ξ", field(points, anisotropy[i].data()), "ξ", low, high);
    }
    montage.columns = 5;
    return montage;
}

double mean(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

report::Table tensor_table(const std::vector<Homogenised>& listed, const ImageList& list,
                           const elastic::HomogeniserSettings& s, std::size_t points) {
    report::Table table{"Each image as a whole, and how its smooth medium varies",
                        {{"image"},
                         {"rock 1"},
                         {"C11", "GPa"},
                         {"C22", "GPa"},
                         {"C12", "GPa"},
                         {"C33", "GPa"},
                         {"ξ"},
                         {"lowest ξ(x)"},
                         {"highest ξ(x)"},
                         {"bulk", "GPa"},
                         {"Reuss"},
                         {"HS−"},
                         {"HS+"},
                         {"Voigt"},
                         {"shear", "GPa"},
                         {"Reuss"},
                         {"HS−"},
                         {"HS+"},
                         {"Voigt"}}};
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const auto& one = listed[i];
        const auto& c = one.whole;
        const double fraction = mean(one.image);
        const auto wide = elastic::voigt_reuss(s.medium, fraction),
                   narrow = elastic::hashin_shtrikman(s.medium, fraction);
        double low = 1e300, high = -1e300;
        for (std::size_t p = 0; p < points; ++p) {
            const double xi = elastic::anisotropy(one.tensors.data() + p, points);
            low = std::min(low, xi);
            high = std::max(high, xi);
        }
        const double bulk = (c[0] + c[1] + 2 * c[2]) / 4, shear = ((c[0] + c[1] - 2 * c[2]) / 2 + c[3]) / 4;
        table.add({list.names[i], fraction, c[0], c[1], c[2], c[3], c[1] / c[0], low, high, bulk, wide.lower.bulk,
                   narrow.lower.bulk, narrow.upper.bulk, wide.upper.bulk, shear, wide.lower.shear, narrow.lower.shear,
                   narrow.upper.shear, wide.upper.shear});
    }
    table.footnotes = {"C of the image as one point, λ0 = L. bulk and shear: λ + μ and μ of its isotropic part.",
                       "Voigt's and Reuss's bounds hold for any mixture, Hashin and Shtrikman's for isotropic ones."};
    return table;
}

}  // namespace

void report_homogenised(run::Run& run, const ImageList& list, const HomogenisedSet& set) {
    std::vector<Homogenised> listed;
    for (std::size_t i = 0; i < std::min(most_listed, set.total()); ++i)
        listed.push_back(set.everywhere(run.context.comm, i));
    const auto& s = set.settings();
    Papers papers(run, "Elastic homogenization",
                  fmt::format("{} images of {} pixels as elastic waves longer than λ0 = {:.4g} widths see them: in "
                              "each, three load cases are solved on the periodic image, and the effective stiffness "
                              "C*(x) = F(H) : F(G)⁻¹ follows from strains G and stresses H under the low-pass filter "
                              "F (Capdeville & Marigo 2007; GJI 2024, doi 10.1093/gji/ggae240).",
                              set.total(), to_string(s.image), s.filter.wavelength));
    papers.put_together([&] {
        const std::vector<Homogenised> shown(
            listed.begin(), listed.begin() + static_cast<std::ptrdiff_t>(std::min(most_mapped, listed.size())));
        papers.text([](report::Report& r) { r.section("Smooth media"); });
        papers.figure(maps(shown, s, set.grid()));
        papers.table("tensors", tensor_table(listed, list, s, set.grid().points()));
        papers.text([](report::Report& r) {
            r.paragraph(
                "Axis 1 runs along the rows (x), axis 2 along the columns (y). All components at all points "
                "are in `result.h5`, `stiffness`.");
        });
    });
}

}  // namespace protolith::jobs
