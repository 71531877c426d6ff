// Report of `protolith homogenise` on a volume: slices, the tensor of the whole, its moduli between their bounds.
#include "elastic/bounds.hpp"
#include "homogenised_volume.hpp"
#include "report/picture.hpp"
#include "report_frame.hpp"

#include <algorithm>

namespace protolith::jobs {

namespace {

using Kelvin = std::array<std::array<double, 6>, 6>;

Kelvin matrix_of(const std::array<double, elastic::volume_tensor_components>& components) {
    Kelvin c;
    std::size_t at = 0;
    for (std::size_t i = 0; i < 6; ++i)
        for (std::size_t j = i; j < 6; ++j) c[i][j] = c[j][i] = components[at++];
    return c;
}

void add(report::Montage& montage, const std::string& label, const MiddleSlice& slice, const std::string& quantity,
         double low, double high) {
    const auto one = report::grey_pictures(label + slice.name, slice.values, quantity, low, high);
    montage.pictures.insert(montage.pictures.end(), one.begin(), one.end());
}

report::Montage slices(const HomogenisedVolume& volume) {
    report::Montage montage{"volume", "Slices through the middle of the volume", {}};
    for (const auto& slice : volume.rock) add(montage, "", slice, "rock 1", 0, 1);
    montage.columns = 3;
    return montage;
}

/// The diagonal components in the middle plane of points.
report::Montage maps(const HomogenisedVolume& volume) {
    report::Montage montage{"maps", "The smooth medium that long waves see, in the middle plane of points", {}};
    montage.caption = fmt::format(
        "λ0 = {:.3g} of the width along x. Kelvin notation: 1, 2, 3 are x, y, z; C44, C55, "
        "C66 are 2μ of an isotropic medium.",
        volume.settings.filter.wavelength);
    for (const auto& [name, slice] : volume.maps) {
        const auto [low, high] = std::minmax_element(slice.values.begin(), slice.values.end());
        add(montage, name + ", ", slice, name + " (GPa)", *low, *high > *low ? *high : *low + 1);
    }
    montage.columns = 3;
    return montage;
}

report::Table tensor_table(const Kelvin& c) {
    report::Table table{"Stiffness of the volume as one point", {{"GPa"}}};
    for (const char* name : {"xx", "yy", "zz", "yz", "xz", "xy"}) table.columns.push_back({name});
    const char* const names[] = {"xx", "yy", "zz", "yz", "xz", "xy"};
    for (std::size_t i = 0; i < 6; ++i) table.add({names[i], c[i][0], c[i][1], c[i][2], c[i][3], c[i][4], c[i][5]});
    table.footnotes = {
        "Kelvin notation: shear rows and columns carry √2, so that C44, C55, C66 are 2μ of an isotropic "
        "medium."};
    return table;
}

report::Table moduli_table(const HomogenisedVolume& volume, const Kelvin& c) {
    const auto wide = elastic::volume_voigt_reuss(volume.settings.medium, volume.fraction),
               narrow = elastic::volume_hashin_shtrikman(volume.settings.medium, volume.fraction);
    const double axial = c[0][0] + c[1][1] + c[2][2], lateral = c[0][1] + c[0][2] + c[1][2],
                 shear = c[3][3] + c[4][4] + c[5][5];
    report::Table table{"Isotropic part between its bounds",
                        {{"modulus"}, {"GPa"}, {"Reuss"}, {"HS−"}, {"HS+"}, {"Voigt"}}};
    table.add(
        {"bulk", (axial + 2 * lateral) / 9, wide.lower.bulk, narrow.lower.bulk, narrow.upper.bulk, wide.upper.bulk});
    table.add({"shear", (axial - lateral + 1.5 * shear) / 15, wide.lower.shear, narrow.lower.shear, narrow.upper.shear,
               wide.upper.shear});
    table.footnotes = {
        fmt::format("Rock 1: {:.4g} of the volume. C22/C11 = {:.5g}, C33/C11 = {:.5g}, C44/C66 = {:.5g}.",
                    volume.fraction, c[1][1] / c[0][0], c[2][2] / c[0][0], c[3][3] / c[5][5]),
        "Voigt's and Reuss's bounds hold for any mixture, Hashin and Shtrikman's (1963) for isotropic ones."};
    return table;
}

}  // namespace

void report_volume(run::Run& run, const HomogenisedVolume& volume) {
    const Kelvin c = matrix_of(volume.whole);
    Papers papers(run, "Elastic homogenization of a volume",
                  fmt::format("{}, {} voxels, as elastic waves longer than λ0 = {:.4g} widths see it: six load cases "
                              "are solved on the periodic volume, and the effective stiffness C*(x) = F(H) : F(G)⁻¹ "
                              "follows from strains G and stresses H under the low-pass filter F (Capdeville & Marigo "
                              "2007). Estimated error of the strain {:.1e} after {} steps.",
                              volume.name, to_string(volume.settings.volume), volume.settings.filter.wavelength,
                              volume.convergence.residual, volume.convergence.steps));
    papers.put_together([&] {
        papers.text([](report::Report& r) { r.section("Smooth medium"); });
        papers.figure(slices(volume));
        papers.figure(maps(volume));
        papers.table("stiffness", tensor_table(c));
        papers.table("moduli", moduli_table(volume, c));
        papers.text(
            [](report::Report& r) { r.paragraph("All 21 components at all points are in `result.h5`, `stiffness`."); });
    });
}

}  // namespace protolith::jobs
