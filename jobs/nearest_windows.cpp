#include "nearest_windows.hpp"

#include "train/phase_quality.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <tuple>

namespace protolith::jobs {

namespace {

std::uint32_t differing(const PhaseVolume& a, const PhaseVolume& b) {
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) count += a[i] != b[i];
    return count;
}

/// The nearest of each image among this rank's samples; mean_different holds a sum.
std::vector<Nearest> nearest_here(const std::vector<PhaseVolume>& images, const train::Samples& samples,
                                  unsigned symmetries, ItemRange mine) {
    std::vector<Nearest> best(images.size());
    for (auto& one : best) one.different = std::numeric_limits<std::uint32_t>::max();
    for (std::size_t k = mine.first; k < mine.last; ++k)
        for (unsigned g = 0; g < symmetries; ++g) {
            const auto sample = sample_phases(samples, k, g);
            for (std::size_t i = 0; i < images.size(); ++i) {
                const auto different = differing(images[i], sample);
                best[i].mean_different += different;
                if (different < best[i].different) {
                    best[i].sample = k;
                    best[i].symmetry = g;
                    best[i].different = different;
                }
            }
        }
    return best;
}

}  // namespace

PhaseVolume sample_phases(const train::Samples& samples, std::size_t sample, unsigned symmetry) {
    const auto rows = static_cast<std::size_t>(samples.shape[0]), columns = static_cast<std::size_t>(samples.shape[1]);
    std::vector<float> stored(rows * columns), values(rows * columns);
    samples.load(sample, stored.data());
    train::apply_symmetry(symmetry, stored.data(), rows, columns, 1, values.data());
    return train::to_phases(values, {1, rows, columns}, 0).front();
}

std::vector<Nearest> nearest_samples(const Communicator& comm, const std::vector<PhaseVolume>& images,
                                     const train::Samples& samples, train::Symmetry symmetry) {
    const unsigned symmetries = train::order_of(symmetry);
    std::vector<Nearest> mine;
    collectively(comm, [&] { mine = nearest_here(images, samples, symmetries, comm.share(samples.count)); });
    std::vector<Nearest> best(images.size());
    for (auto& one : best) one.different = std::numeric_limits<std::uint32_t>::max();
    for (const auto& bytes :
         comm.all_gather(std::string(reinterpret_cast<const char*>(mine.data()), mine.size() * sizeof(Nearest)))) {
        std::vector<Nearest> theirs(bytes.size() / sizeof(Nearest));
        std::memcpy(theirs.data(), bytes.data(), bytes.size());
        for (std::size_t i = 0; i < best.size(); ++i) {
            const double sum = best[i].mean_different + theirs[i].mean_different;
            const auto key = [](const Nearest& n) { return std::tuple(n.different, n.sample, n.symmetry); };
            if (key(theirs[i]) < key(best[i])) best[i] = theirs[i];
            best[i].mean_different = sum;
        }
    }
    for (auto& one : best) one.mean_different /= static_cast<double>(samples.count) * symmetries;
    return best;
}

}  // namespace protolith::jobs
