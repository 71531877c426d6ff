// result.h5 of `protolith invert`.
#include "inversion_line.hpp"
#include "inversion_numbers.hpp"
#include "invert_report.hpp"
#include "io/result_file.hpp"

namespace protolith::jobs {

namespace {

template <class T, class Of>
std::vector<T> gathered(const std::vector<Inversion>& inversions, const Of& of) {
    std::vector<T> all;
    for (const auto& inversion : inversions) {
        const auto& values = of(inversion);
        all.insert(all.end(), values.begin(), values.end());
    }
    return all;
}

template <class Of>
std::vector<double> numbers(const std::vector<Inversion>& inversions, const Of& of) {
    std::vector<double> all;
    for (const auto& inversion : inversions) all.push_back(of(inversion));
    return all;
}

void write_images(io::ResultFile& file, const std::vector<Inversion>& all) {
    const std::vector<std::string> image{"inversion", "row", "column"};
    const auto write = [&](const char* name, const char* what, const auto& of) {
        std::vector<float> values;
        for (const auto& i : all)
            for (const auto value : of(i)) values.push_back(static_cast<float>(value));
        file.write(name, image, values, {"1", what, {}});
    };
    if (!all.front().target.image.empty())
        write("target", "the image that is to be found", [](const Inversion& i) { return i.target.image; });
    write("image_of_mean", "image of the latents' mean", [](const Inversion& i) { return i.image_of_mean; });
    write("image_of_mode", "image of the likeliest latents", [](const Inversion& i) { return i.image_of_mode; });
    write("pixel_mean", "mean of the samples' images", [](const Inversion& i) { return i.mean; });
    write("pixel_mode", "most frequent value in the samples' images", [](const Inversion& i) { return i.mode; });
    write("pixel_deviation", "standard deviation over the samples' images",
          [](const Inversion& i) { return i.deviation; });
    const std::size_t pixels = all.front().mean.size(), drawn = all.front().drawn.size() / pixels;
    file.dimension("sample", drawn, "sample of the posterior");
    file.write("sample_images", {"inversion", "sample", "row", "column"},
               gathered<float>(all, [](const Inversion& i) { return i.drawn; }),
               {"1", "images of samples of the posterior", {}});
}

void write_latents(io::ResultFile& file, const std::vector<Inversion>& all) {
    const std::vector<std::string> latent{"inversion", "latent"};
    const std::size_t n = all.front().moments.mean.size();
    const auto of_variables = [&](double sampling::VariableReport::*member) {
        std::vector<double> values;
        for (const auto& i : all)
            for (std::size_t d = 0; d < n; ++d) values.push_back(i.variables[d].*member);
        return values;
    };
    file.write("latent_mean", latent, gathered<double>(all, [](const Inversion& i) { return i.moments.mean; }),
               {"1", "mean of the latents", {}});
    file.write("latent_mode", latent, gathered<double>(all, [](const Inversion& i) { return i.moments.mode; }),
               {"1", "likeliest latents that were visited", {}});
    file.dimension("other_latent", n, "number of the latent variable");
    file.write("latent_covariance", {"inversion", "latent", "other_latent"},
               gathered<double>(all, [](const Inversion& i) { return i.moments.covariance; }),
               {"1", "covariance of the latents", {}});
    using sampling::VariableReport;
    file.write("r_hat", latent, of_variables(&VariableReport::r_hat), {"1", "rank-normalised split R-hat", {}});
    file.write("bulk_sample_size", latent, of_variables(&VariableReport::bulk_sample_size),
               {"1", "effective sample size of the bulk", {}});
    file.write("tail_sample_size", latent, of_variables(&VariableReport::tail_sample_size),
               {"1", "effective sample size of the tails", {}});
    file.write("mean_of_first_third", latent, of_variables(&VariableReport::mean_of_first_third),
               {"1", "mean over the first third of the draws", {}});
    file.write("mean_of_last_third", latent, of_variables(&VariableReport::mean_of_last_third),
               {"1", "mean over the last third of the draws", {}});
}

void write_errors(io::ResultFile& file, const std::vector<Inversion>& all) {
    const auto write = [&](const char* name, const char* units, const char* what, const auto& of) {
        file.write(name, {"inversion"}, numbers(all, of), {units, what, {}});
    };
    write("closest_fit", "1", "rms pixel difference of the generator's closest fits",
          [](const Inversion& i) { return i.target.closest_fit; });
    const std::vector<std::string> component{"inversion", "component"};
    file.write("sigma_observation", component,
               gathered<double>(all, [](const Inversion& i) { return i.target.error.observation; }),
               {"GPa", "sigma_o: error of the observation", {}});
    file.write("sigma_generator", component,
               gathered<double>(all, [](const Inversion& i) { return i.target.error.generator; }),
               {"GPa", "sigma_G: what the generator cannot make", {}});
    file.write("sigma_generator_estimated", component,
               gathered<double>(all, [](const Inversion& i) { return i.target.fitted; }),
               {"GPa", "what the generator's closest fits to unseen cakes leave", {}});
    file.write("variability", component, gathered<double>(all, [](const Inversion& i) { return i.target.variability; }),
               {"GPa", "variability of the components", {}});
}

/// Data and fits differ in size from wavelength to wavelength: a group for each inversion.
void write_data(io::ResultFile& file, const Inversion& i, std::size_t k) {
    const std::string group = fmt::format("inversion_{:02}/", k);
    file.dimension(group + "point_row", i.grid.rows, "row of points");
    file.dimension(group + "point_column", i.grid.columns, "column of points");
    const std::vector<std::string> data{"component", "point_row", "point_column"};
    file.write(group + "observed", data, i.target.observed, {"GPa", "effective stiffness with noise", {}});
    file.write(group + "true_stiffness", data, i.target.stiffness, {"GPa", "effective stiffness without noise", {}});
    file.write(group + "of_mean", data, i.predicted_mean, {"GPa", "effective stiffness of image_of_mean", {}});
    file.write(group + "of_mode", data, i.predicted_mode, {"GPa", "effective stiffness of image_of_mode", {}});
}

}  // namespace

void write_inversions(run::Run& run, const Surroundings& all, const std::vector<Inversion>& inversions) {
    const auto timer = run.context.timers.phase("write result");
    auto file = io::ResultFile::create(run.context.comm, run.directory().file("result.h5"), run.provenance());
    file.dimension("inversion", inversions.size(), "target at a wavelength");
    file.dimension("row", all.generator.rows(), "row of pixels");
    file.dimension("column", all.generator.columns(), "column of pixels");
    file.dimension("latent", all.generator.latent(), "number of the latent variable");
    file.dimension("component", elastic::tensor_components, "C11, C22, C12, C33, C13, C23 in Kelvin notation");
    std::vector<InversionNumbers> rows;
    for (const auto& i : inversions) rows.push_back(numbers_of(i, all.keys));
    write_numbers(file, rows);
    write_images(file, inversions);
    write_latents(file, inversions);
    write_errors(file, inversions);
    const auto& s = inversions.front().spectra;
    file.dimension("wavenumber", s.wavenumber, "px-1", "wave number");
    const std::vector<std::string> spectrum{"inversion", "wavenumber"};
    const auto spectra = [&](const char* name, const char* what, std::vector<double> Spectra::*member) {
        file.write(name, spectrum, gathered<double>(inversions, [&](const Inversion& i) { return i.spectra.*member; }),
                   {"px", what, {}});
    };
    spectra("spectrum_of_target", "E(k) of the target", &Spectra::target);
    spectra("spectrum_of_samples", "E(k), mean over the samples' images", &Spectra::samples);
    spectra("spectrum_of_mean", "E(k) of pixel_mean", &Spectra::mean);
    for (std::size_t k = 0; k < inversions.size(); ++k) write_data(file, inversions[k], k);
    if (inversions.front().lines) write_lines(*inversions.front().lines, file);
    file.complete();
}

}  // namespace protolith::jobs
