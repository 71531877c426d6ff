#include "io/hdf5/handle.hpp"

#include <algorithm>
#include <vector>

namespace protolith::io {

namespace {
constexpr std::size_t shown_causes = 3;

herr_t collect(unsigned, const H5E_error2_t* error, void* out) {
    std::string text = error->desc ? error->desc : "";
    std::replace(text.begin(), text.end(), '\n', ' ');
    auto& causes = *static_cast<std::vector<std::string>*>(out);
    if (!text.empty() && std::find(causes.begin(), causes.end(), text) == causes.end()) causes.push_back(text);
    return 0;
}
}  // namespace

void quiet_hdf5_errors() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

std::string take_hdf5_errors() {
    std::vector<std::string> causes;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collect, &causes);
    H5Eclear2(H5E_DEFAULT);
    if (causes.size() > shown_causes) causes.resize(shown_causes);
    return causes.empty() ? "HDF5 gave no reason" : fmt::format("{}", fmt::join(causes, "; "));
}

void throw_hdf5_error(const std::string& file, const std::string& action) {
    throw Error(fmt::format("{}: cannot {}: {}", file, action, take_hdf5_errors()));
}

}  // namespace protolith::io
