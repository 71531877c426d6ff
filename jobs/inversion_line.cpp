#include "inversion_line.hpp"

#include "condition/prior_line.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace protolith::jobs {

namespace {

constexpr std::size_t shown = 9;  // images of a strip

enum class Way : std::uint32_t { generator, simulator };  // items of the random directions

/// Images (last − first, rows, columns) of the points first … last − 1; point k of direction d is d · points + k.
using Images = std::function<std::vector<float>(std::size_t first, std::size_t last)>;

double rms(std::span<const float> a, std::span<const float> b) {
    double squares = 0;
    for (std::size_t p = 0; p < a.size(); ++p) {
        const auto difference = static_cast<double>(a[p]) - static_cast<double>(b[p]);
        squares += difference * difference;
    }
    return std::sqrt(squares / static_cast<double>(a.size()));
}

class Walker {
  public:
    Walker(const Surroundings& all, const Inversion& inversion)
        : all_(all),
          homogeniser_(all.homogeniser(inversion.wavelength)),
          observed_(inversion.target.observed.begin(), inversion.target.observed.end()),
          weights_(inversion.target.error.weights(all.keys.data_kind)),
          mode_(inversion.moments.mode),
          inputs_(simulate::draw_marble_cake_inputs(all.keys.cake.cake, all.keys.target.seed, 0)),
          points_(static_cast<std::size_t>(all.keys.line.points)),
          directions_(static_cast<std::size_t>(all.keys.line.directions)),
          positions_(condition::line_positions(points_, all.keys.line.length)) {
        lines_.positions = positions_;
        const std::size_t count = std::min(shown, points_);
        for (std::size_t i = 0; i < count; ++i) lines_.shown.push_back(i * (points_ - 1) / (count - 1));
    }

    /// Collective.
    Lines walk(const Communicator& comm) {
        const auto generator = directions(Way::generator, all_.generator.latent());
        const auto simulator = directions(Way::simulator, condition::movable_inputs(all_.keys.cake.cake).size());
        lines_.generator = walk(comm, [&](std::size_t first, std::size_t last) {
            std::vector<double> latents;
            for (std::size_t i = first; i < last; ++i) {
                const auto z = condition::latents_on_line(mode_, generator[i / points_], positions_[i % points_]);
                latents.insert(latents.end(), z.begin(), z.end());
            }
            return all_.generator.images(latents);
        });
        lines_.simulator = walk(comm, [&](std::size_t first, std::size_t last) {
            const auto& settings = all_.keys.cake.cake;
            std::vector<float> images;
            for (std::size_t i = first; i < last; ++i) {
                const auto inputs =
                    condition::inputs_on_line(settings, inputs_, simulator[i / points_], positions_[i % points_]);
                const auto cake = simulate::marble_cake(settings, inputs);
                images.insert(images.end(), cake.image.begin(), cake.image.end());
            }
            return images;
        });
        return std::move(lines_);
    }

  private:
    std::vector<std::vector<double>> directions(Way way, std::size_t dimensions) const {
        std::vector<std::vector<double>> result;
        for (std::size_t d = 0; d < directions_; ++d)
            result.push_back(condition::line_direction(
                dimensions, all_.keys.seed, static_cast<std::uint32_t>(2 * d) + static_cast<std::uint32_t>(way)));
        return result;
    }

    /// Misfit, difference from the middle and from the point before, of the points of this rank.
    std::vector<double> measure(ItemRange mine, const Images& images) const {
        const std::size_t pixels = all_.generator.image_size(), batch = all_.generator.batch();
        const auto middle = images(points_ / 2, points_ / 2 + 1);
        std::vector<float> before;
        if (mine.size() > 0 && mine.first % points_ > 0) before = images(mine.first - 1, mine.first);
        std::vector<double> numbers;
        for (std::size_t first = mine.first; first < mine.last; first += batch) {
            const std::size_t last = std::min(mine.last, first + batch);
            const auto made = images(first, last);
            const auto data = condition::stiffness_of_images(homogeniser_, made, batch);
            for (std::size_t i = first; i < last; ++i) {
                const std::span<const float> image(&made[(i - first) * pixels], pixels);
                numbers.push_back(elastic::data_misfit(&data[(i - first) * homogeniser_.data_size()], observed_.data(),
                                                       homogeniser_.grid().points(), weights_));
                numbers.push_back(rms(image, middle));
                numbers.push_back(i % points_ > 0 ? rms(image, before) : std::numeric_limits<double>::quiet_NaN());
                before.assign(image.begin(), image.end());
            }
        }
        return numbers;
    }

    Walk walk(const Communicator& comm, const Images& images) const {
        Walk walk;
        std::string mine;
        collectively(comm, [&] {
            const auto numbers = measure(comm.share(points_ * directions_), images);
            mine.assign(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(double));
            for (const std::size_t point : lines_.shown) {
                const auto image = images(point, point + 1);
                walk.strip.insert(walk.strip.end(), image.begin(), image.end());
            }
        });
        for (const auto& of_rank : comm.all_gather(mine))
            for (std::size_t at = 0; at < of_rank.size(); at += 3 * sizeof(double)) {
                std::array<double, 3> numbers;
                std::memcpy(numbers.data(), of_rank.data() + at, sizeof numbers);
                walk.misfit.push_back(numbers[0]);
                walk.from_middle.push_back(numbers[1]);
                walk.step.push_back(numbers[2]);
            }
        for (std::size_t d = 0; d < directions_; ++d)
            walk.roughness.push_back(condition::roughness(std::span(walk.misfit).subspan(d * points_, points_)));
        return walk;
    }

    const Surroundings& all_;
    elastic::Homogeniser<float> homogeniser_;
    std::vector<float> observed_;
    condition::Components weights_;
    std::vector<double> mode_;
    simulate::MarbleCakeInputs inputs_;
    std::size_t points_, directions_;
    std::vector<double> positions_;
    Lines lines_;
};

}  // namespace

void check_lines(const InvertSettings& keys) {
    if (keys.line.points == 0) return;
    require_input(keys.target.kind == TargetKeys::Kind::cake,
                  "line.points = {} and target.kind = '{}': only of a cake are the simulator's inputs known; expected "
                  "line.points = 0 or target.kind = 'cake'",
                  keys.line.points, keys.target.kind == TargetKeys::Kind::image ? "image" : "stiffness");
    condition::movable_inputs(keys.cake.cake);
}

std::optional<Lines> walk_lines(run::Run& run, const Surroundings& all, const Inversion& inversion) {
    if (all.keys.line.points == 0) return std::nullopt;
    const auto timer = run.context.timers.phase("lines");
    std::optional<Walker> walker;
    collectively(run.context.comm, [&] { walker.emplace(all, inversion); });
    return walker->walk(run.context.comm);
}

}  // namespace protolith::jobs
