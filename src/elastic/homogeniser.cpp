// Batches of images into blocks of lanes and back.
#include "elastic/homogeniser.hpp"

#include "elastic/effective.hpp"
#include "elastic/lanes/batch.hpp"
#include "elastic/lanes/solve.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace protolith::elastic {
namespace {

HomogeniserSettings with_grid(HomogeniserSettings settings) {
    check(settings);
    if (settings.grid.points() == 0) settings.grid = half_wavelength_grid(settings.image, settings.filter);
    return settings;
}

}  // namespace

OutputGrid half_wavelength_grid(const Extent& image, const LowPass& filter) {
    const double height = static_cast<double>(image.y) / static_cast<double>(image.x);
    const auto cells = [&](double side, std::size_t pixels) {
        const auto n = static_cast<std::size_t>(std::lround(2 * side / filter.wavelength));
        return std::clamp<std::size_t>(n, 1, pixels);
    };
    return {cells(height, image.y), cells(1, image.x)};
}

void check(const HomogeniserSettings& settings) {
    const Extent& image = settings.image;
    require_input(image.z == 1 && image.y >= 2 && image.x >= 2,
                  "an image to homogenize has {}; expected one plane of at least 2 × 2 pixels", to_string(image));
    check(settings.medium);
    const double pixel = 1 / static_cast<double>(image.x);
    check(settings.filter, pixel, std::min(1.0, static_cast<double>(image.y) * pixel));
    require_input((settings.grid.rows == 0) == (settings.grid.columns == 0),
                  "the output grid has {} × {} points; expected both positive, or 0 × 0 for cells of λ0/2",
                  settings.grid.rows, settings.grid.columns);
    const SolverControl& solver = settings.solver;
    require_input(solver.tolerance >= 0 && solver.tolerance < 1, "tolerance is {}; expected 0 (fixed steps) … 1",
                  solver.tolerance);
    require_input(solver.tolerance > 0 ? solver.max_steps > 0 : solver.steps > 0,
                  "conjugate gradients of 0 steps; expected at least one");
    require_input(settings.threads > 0, "threads is {}; expected at least 1", settings.threads);
}

template <class T>
struct Homogeniser<T>::Work {
    HomogeniserSettings settings;
    LaneBatch<T> batch;

    explicit Work(const HomogeniserSettings& given) : settings(with_grid(given)), batch(settings) {}
};

template <class T>
Homogeniser<T>::Homogeniser(const HomogeniserSettings& settings) : work_(std::make_unique<Work>(settings)) {}
template <class T>
Homogeniser<T>::~Homogeniser() = default;
template <class T>
Homogeniser<T>::Homogeniser(Homogeniser&&) noexcept = default;
template <class T>
Homogeniser<T>& Homogeniser<T>::operator=(Homogeniser&&) noexcept = default;

template <class T>
const HomogeniserSettings& Homogeniser<T>::settings() const noexcept {
    return work_->settings;
}
template <class T>
const OutputGrid& Homogeniser<T>::grid() const noexcept {
    return work_->settings.grid;
}
template <class T>
std::size_t Homogeniser<T>::image_size() const noexcept {
    return work_->settings.image.count();
}
template <class T>
bool Homogeniser<T>::own_transforms() const noexcept {
    return work_->batch.plan().along_row.own() && work_->batch.plan().along_column.own();
}

template <class T>
Convergence Homogeniser<T>::tensors(const T* images, std::size_t count, T* tensors) const {
    return work_->batch.tensors(images, count, tensors);
}

template <class T>
Convergence Homogeniser<T>::gradient(const T* images, std::size_t count, const Source& source, T* tensors,
                                     T* gradients) const {
    return work_->batch.gradient(images, count, source, tensors, gradients);
}

template <class T>
Convergence Homogeniser<T>::misfit(const T* images, std::size_t count, const T* observed,
                                   const std::array<double, tensor_components>& weights, double* misfits, T* tensors,
                                   T* gradients) const {
    const std::size_t points = grid().points();
    const Source source = [&](std::size_t image, const T* found, T* derivative) {
        misfits[image] = data_misfit(found, observed, points, weights);
        for (std::size_t c = 0; c < tensor_components; ++c)
            for (std::size_t j = c * points; j < (c + 1) * points; ++j)
                derivative[j] = static_cast<T>(weights[c]) * (found[j] - observed[j]);
    };
    return gradient(images, count, source, tensors, gradients);
}

template <class T>
double data_misfit(const T* tensors, const T* observed, std::size_t points,
                   const std::array<double, tensor_components>& weights) {
    double misfit = 0;
    for (std::size_t c = 0; c < tensor_components; ++c) {
        double squares = 0;
        for (std::size_t j = c * points; j < (c + 1) * points; ++j) {
            const double r = static_cast<double>(observed[j]) - static_cast<double>(tensors[j]);
            squares += r * r;
        }
        if (weights[c] != 0) misfit += weights[c] * squares / 2;
    }
    return misfit;
}

template class Homogeniser<float>;
template class Homogeniser<double>;
template double data_misfit(const float*, const float*, std::size_t, const std::array<double, tensor_components>&);
template double data_misfit(const double*, const double*, std::size_t, const std::array<double, tensor_components>&);

}  // namespace protolith::elastic
