#include "set_datasets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace protolith::jobs {

namespace {

using descriptors::Band;
using descriptors::function_table;
using descriptors::SetDescriptors;
using Select = std::function<const Band&(const SetDescriptors&)>;

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// Writes bands of all sets over (set, axis); what a shorter curve lacks is NaN.
class BandWriter {
  public:
    BandWriter(io::ResultFile& file, const std::vector<SetDescriptors>& sets) : file_(file), sets_(sets) {}

    /// A dimension with the coordinates of the set whose curve is longest; sets share them where they have them.
    void axis(const std::string& name, const std::string& units, const std::string& long_name, const Select& select) {
        const auto& longest = *std::max_element(sets_.begin(), sets_.end(), [&](const auto& a, const auto& b) {
            return select(a).mean.r.size() < select(b).mean.r.size();
        });
        axis_ = name;
        size_ = select(longest).mean.r.size();
        file_.dimension(name, select(longest).mean.r, units, long_name);
    }
    /// A dimension that counts, for curves whose coordinates differ from set to set; `name` of them is written too.
    void counted_axis(const std::string& dimension, const std::string& name, const std::string& units,
                      const std::string& long_name, const Select& select) {
        axis_ = dimension;
        size_ = 0;
        for (const auto& set : sets_) size_ = std::max(size_, select(set).mean.r.size());
        file_.dimension(dimension, size_, "point of the curve");
        column(name, units, long_name,
               [&](const SetDescriptors& s) -> const std::vector<double>& { return select(s).mean.r; });
    }
    void bands(const std::string& name, const std::string& units, const std::string& long_name, const Select& select) {
        column(name, units, long_name,
               [&](const SetDescriptors& s) -> const std::vector<double>& { return select(s).mean.value; });
        column(name + "_low", units, long_name + ", lower end of the 95 % band of the mean",
               [&](const SetDescriptors& s) -> const std::vector<double>& { return select(s).low; });
        column(name + "_high", units, long_name + ", upper end of the 95 % band of the mean",
               [&](const SetDescriptors& s) -> const std::vector<double>& { return select(s).high; });
    }

  private:
    template <class Values>
    void column(const std::string& name, const std::string& units, const std::string& long_name, const Values& values) {
        std::vector<double> all;
        for (const auto& set : sets_) {
            const auto& one = values(set);
            all.insert(all.end(), one.begin(), one.end());
            all.resize(all.size() + size_ - one.size(), undefined);
        }
        file_.write(name, {"set", axis_}, all, {units, long_name, {}});
    }

    io::ResultFile& file_;
    const std::vector<SetDescriptors>& sets_;
    std::string axis_;
    std::size_t size_ = 0;
};

void write_labels(io::ResultFile& file, const std::vector<SetDescriptors>& sets) {
    std::vector<std::string> labels;
    std::vector<std::int64_t> images;
    for (const auto& set : sets) {
        labels.push_back(set.label);
        images.push_back(static_cast<std::int64_t>(set.images));
    }
    file.dimension("set", sets.size(), "set of images");
    file.write_text("set_label", {"set"}, labels, {"", "name of the set", {}});
    file.write("set_images", {"set"}, images, {"1", "images in the set", {}});
}

void write_numbers(io::ResultFile& file, const std::vector<SetDescriptors>& sets) {
    for (std::size_t n = 0; n < descriptors::number_table().size(); ++n) {
        const auto& info = descriptors::number_table()[n];
        std::vector<double> mean;
        for (const auto& set : sets)
            mean.push_back(std::accumulate(set.numbers[n].begin(), set.numbers[n].end(), 0.0) /
                           static_cast<double>(set.numbers[n].size()));
        file.write(info.name, {"set"}, mean,
                   {info.units, std::string(info.long_name) + ", mean over the images of the set", {}});
    }
}

}  // namespace

void write_sets(io::ResultFile& file, const std::vector<SetDescriptors>& sets) {
    write_labels(file, sets);
    BandWriter writer(file, sets);
    for (std::size_t f = 0; f < function_table().size(); ++f) {
        const auto& info = function_table()[f];
        const Select function = [f](const SetDescriptors& s) -> const Band& { return s.functions[f]; };
        writer.axis(std::string("r_") + info.symbol, "pixel", "distance r", function);
        writer.bands(info.dataset, "1", info.long_name, function);
        if (info.points >= 2)
            writer.bands(std::string(info.dataset) + "_scaled", "1", std::string("scaled ") + info.long_name,
                         [f](const SetDescriptors& s) -> const Band& { return s.scaled[f]; });
    }
    const Select chord = [](const SetDescriptors& s) -> const Band& { return s.chord_length_density; };
    const Select pore = [](const SetDescriptors& s) -> const Band& { return s.pore_size_density; };
    const Select thickness = [](const SetDescriptors& s) -> const Band& { return s.thickness_density; };
    const Select spectrum = [](const SetDescriptors& s) -> const Band& { return s.power_spectrum; };
    writer.axis("chord_length", "pixel", "chord length", chord);
    writer.bands("chord_length_density", "1/pixel", "chord length density", chord);
    writer.axis("pore_size", "pixel", "distance to the other phase", pore);
    writer.bands("pore_size_density", "1/pixel", "pore size density", pore);
    writer.axis("local_thickness", "pixel", "local thickness", thickness);
    writer.bands("local_thickness_density", "1/pixel", "local thickness density", thickness);
    writer.counted_axis("mode", "wavenumber", "1/pixel", "wavenumber", spectrum);
    writer.bands("power_spectrum", "1", "radially averaged power spectrum", spectrum);
    write_numbers(file, sets);
}

}  // namespace protolith::jobs
