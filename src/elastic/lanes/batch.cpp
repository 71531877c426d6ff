#include "elastic/lanes/batch.hpp"

#include "base/error.hpp"
#include "elastic/effective.hpp"

#include <algorithm>
#include <exception>
#include <functional>
#include <numbers>

namespace protolith::elastic {
namespace {

constexpr std::size_t cases_of_image = 3;
constexpr std::size_t fields_of_case = 6;  // strain and stress, Kelvin

std::size_t fixed_steps(const SolverControl& control) { return control.tolerance > 0 ? 0 : control.steps; }

/// Calls work(i) for i < count on `threads` threads; the first exception is thrown when all have ended.
void over_threads(int threads, std::size_t count, const std::function<void(std::size_t)>& work) {
    std::exception_ptr failure;
    const auto items = static_cast<std::ptrdiff_t>(count);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1) if (threads > 1 && items > 1)
    for (std::ptrdiff_t i = 0; i < items; ++i) {
        try {
            work(static_cast<std::size_t>(i));
        } catch (...) {
#pragma omp critical(protolith_elastic_failure)
            failure = std::current_exception();
        }
    }
    if (failure) std::rethrow_exception(failure);
}

/// A worst of all blocks.
class WorstOf {
  public:
    template <class T>
    void add(const LaneHistory<T>& history) {
        const std::lock_guard guard(lock_);
        worst_.steps = std::max(worst_.steps, history.steps.size());
        worst_.residual = std::max(worst_.residual, history.residual);
    }
    const Convergence& worst() const noexcept { return worst_; }

  private:
    std::mutex lock_;
    Convergence worst_;
};

/// Which image every lane sees and the strain that is applied in it; lanes beyond the cases repeat the last image and
/// are left without strain. Three cases of an image lie in a row, so at most six images share a block.
template <class T>
void load_lanes(LaneBlock<T>& block, const T* images, std::size_t pixels, std::size_t first, std::size_t count) {
    block.images.clear();
    for (std::size_t l = 0; l < fft::lanes<T>; ++l) {
        const std::size_t load_case = first + std::min(l, count - 1);
        const T* const image = images + load_case / cases_of_image * pixels;
        if (block.images.empty() || block.images.back().pixels != image) block.images.push_back({image, {}});
        block.images.back().lanes[l] = T(1);
        for (std::size_t c = 0; c < 3; ++c) {
            // A unit of strain in Kelvin notation; the third is 2ε12 = √2.
            const T unit = c == 2 ? static_cast<T>(std::numbers::sqrt2) : T(1);
            block.load[c][l] = l < count && load_case % cases_of_image == c ? unit : T(0);
        }
    }
    require(block.images.size() <= 6, "{} images in a block; its pass takes up to 6", block.images.size());
}

/// Filtered fields of one point from the values of an image's three cases; value (l, c) at at(l, c).
template <class At>
FilteredFields fields_of_point(double unit, const At& at) {
    FilteredFields fields;
    for (std::size_t l = 0; l < 3; ++l)
        for (std::size_t c = 0; c < 3; ++c) {
            fields.strain[c][l] = static_cast<double>(at(l, c));
            fields.stress[c][l] = unit * static_cast<double>(at(l, 3 + c));
        }
    return fields;
}

}  // namespace

template <class T>
std::unique_ptr<LaneBlock<T>> BlockPool<T>::take() {
    {
        const std::lock_guard guard(lock_);
        if (!idle_.empty()) {
            auto block = std::move(idle_.back());
            idle_.pop_back();
            return block;
        }
    }
    return std::make_unique<LaneBlock<T>>(plan_, use_, steps_);
}

template <class T>
void BlockPool<T>::give(std::unique_ptr<LaneBlock<T>> block) {
    const std::lock_guard guard(lock_);
    idle_.push_back(std::move(block));
}

template <class T>
LaneBatch<T>::LaneBatch(const HomogeniserSettings& settings)
    : settings_(settings),
      plan_(settings),
      forward_(plan_, BlockUse::tensors, fixed_steps(settings.solver)),
      backward_(plan_, settings.solver.tolerance > 0 ? BlockUse::gradient_by_adjoint : BlockUse::gradient_of_steps,
                fixed_steps(settings.solver)) {}

template <class T>
LaneHistory<T> LaneBatch<T>::load_and_solve(LaneBlock<T>& block, const T* images, Cases cases) const {
    load_lanes(block, images, plan_.rows * plan_.columns, cases.first, cases.count);
    run(Pass::load_grey, plan_, block, 0);
    run(Pass::applied_stress, plan_, block, 0);
    auto history = solve(plan_, block, settings_.solver, ErrorScale::applied_strain);
    run(Pass::measure, plan_, block, history.steps.size() - 1);
    return history;
}

template <class T>
Convergence LaneBatch<T>::tensors(const T* images, std::size_t count, T* tensors) {
    constexpr std::size_t lanes = fft::lanes<T>;
    const std::size_t points = plan_.grid.points(), case_size = points * fields_of_case;
    const std::size_t image_size = plan_.rows * plan_.columns;
    // Images that are at hand at once fill three blocks each `lanes` images: several times the threads, so that all end
    // together, as far as the fields of all points take no more than some megabytes.
    constexpr std::size_t megabytes = std::size_t{32} << 20;
    const std::size_t bytes = lanes * cases_of_image * case_size * sizeof(T);
    const auto threads = static_cast<std::size_t>(settings_.threads);
    const std::size_t round = lanes * threads * std::clamp<std::size_t>(megabytes / (bytes * threads), 1, 8);
    LargeArray<T> fields(std::min(round, count) * cases_of_image * case_size);
    WorstOf worst;
    for (std::size_t done = 0; done < count; done += round) {
        const std::size_t now = std::min(round, count - done), all_cases = now * cases_of_image;
        over_threads(settings_.threads, (all_cases + lanes - 1) / lanes, [&](std::size_t b) {
            const Cases cases{b * lanes, std::min(lanes, all_cases - b * lanes)};
            auto block = forward_.take();
            worst.add(load_and_solve(*block, images + done * image_size, cases));
            for (std::size_t l = 0; l < cases.count; ++l)
                for (std::size_t i = 0; i < case_size; ++i)
                    fields[(cases.first + l) * case_size + i] = block->points[i * lanes + l];
            forward_.give(std::move(block));
        });
        write_tensors(fields.data(), now, tensors + done * tensor_components * points);
    }
    return worst.worst();
}

template <class T>
void LaneBatch<T>::write_tensors(const T* fields, std::size_t images, T* tensors) const {
    const std::size_t points = plan_.grid.points(), case_size = points * fields_of_case;
    over_threads(settings_.threads, images, [&](std::size_t image) {
        const T* const cases = fields + image * cases_of_image * case_size;
        T* const out = tensors + image * tensor_components * points;
        for (std::size_t j = 0; j < points; ++j) {
            const auto at = [&](std::size_t l, std::size_t c) { return cases[l * case_size + j * fields_of_case + c]; };
            const auto components = EffectiveTensor(fields_of_point(plan_.unit, at)).components();
            for (std::size_t c = 0; c < tensor_components; ++c) out[c * points + j] = static_cast<T>(components[c]);
        }
    });
}

template <class T>
Convergence LaneBatch<T>::gradient(const T* images, std::size_t count, const typename Homogeniser<T>::Source& source,
                                   T* tensors, T* gradients) {
    constexpr std::size_t images_of_block = fft::lanes<T> / cases_of_image;  // the three cases of an image together
    WorstOf worst;
    over_threads(settings_.threads, (count + images_of_block - 1) / images_of_block, [&](std::size_t b) {
        const std::size_t first = b * images_of_block, now = std::min(images_of_block, count - first);
        auto block = backward_.take();
        worst.add(
            gradient_of(*block, images, {first * cases_of_image, now * cases_of_image}, source, tensors, gradients));
        backward_.give(std::move(block));
    });
    return worst.worst();
}

template <class T>
LaneHistory<T> LaneBatch<T>::gradient_of(LaneBlock<T>& block, const T* images, Cases cases,
                                         const typename Homogeniser<T>::Source& source, T* tensors,
                                         T* gradients) const {
    const auto history = load_and_solve(block, images, cases);
    differentiate_points(block, cases, source, tensors);
    run(Pass::misfit_source, plan_, block, history.steps.size() - 1);
    if (settings_.solver.tolerance > 0) {
        run(Pass::adjoint_load, plan_, block, 0);
        std::swap(block.displacement, block.adjoint);
        const auto adjoint = solve(plan_, block, settings_.solver, ErrorScale::right_hand_side);
        std::swap(block.displacement, block.adjoint);
        run(Pass::adjoint_gradient, plan_, block, adjoint.steps.size() - 1);
    } else {
        solve_backwards(plan_, block, history);
    }
    constexpr std::size_t lanes = fft::lanes<T>;
    const std::size_t pixels = plan_.rows * plan_.columns;
    for (std::size_t i = 0; i < cases.count / cases_of_image; ++i) {
        T* const out = gradients + (cases.first / cases_of_image + i) * pixels;
        const T* from = block.gradient + i * cases_of_image;
        for (std::size_t p = 0; p < pixels; ++p, from += lanes) out[p] = from[0] + from[1] + from[2];
    }
    return history;
}

template <class T>
void LaneBatch<T>::differentiate_points(LaneBlock<T>& block, Cases cases, const typename Homogeniser<T>::Source& source,
                                        T* tensors) const {
    constexpr std::size_t lanes = fft::lanes<T>;
    const std::size_t points = plan_.grid.points();
    std::vector<EffectiveTensor> effective;
    std::vector<T> derivative(tensor_components * points);
    for (std::size_t i = 0; i < cases.count / cases_of_image; ++i) {
        const std::size_t image = cases.first / cases_of_image + i;
        T* const out = tensors + image * tensor_components * points;
        const auto value = [&](std::size_t j, std::size_t l, std::size_t c) -> T& {
            return block.points[(j * fields_of_case + c) * lanes + i * cases_of_image + l];
        };
        effective.clear();
        for (std::size_t j = 0; j < points; ++j) {
            const auto at = [&](std::size_t l, std::size_t c) { return value(j, l, c); };
            effective.emplace_back(fields_of_point(plan_.unit, at));
            const auto components = effective[j].components();
            for (std::size_t c = 0; c < tensor_components; ++c) out[c * points + j] = static_cast<T>(components[c]);
        }
        source(image, out, derivative.data());
        for (std::size_t j = 0; j < points; ++j) {
            std::array<double, tensor_components> by;
            for (std::size_t c = 0; c < tensor_components; ++c) by[c] = static_cast<double>(derivative[c * points + j]);
            const FilteredFields fields = effective[j].derivative(by);
            for (std::size_t l = 0; l < 3; ++l)
                for (std::size_t c = 0; c < 3; ++c) {
                    value(j, l, c) = static_cast<T>(fields.strain[c][l]);
                    value(j, l, 3 + c) = static_cast<T>(plan_.unit * fields.stress[c][l]);
                }
        }
    }
    // Lanes without a case carry whatever lay there; nothing reads what they make of it.
}

template class BlockPool<float>;
template class BlockPool<double>;
template class LaneBatch<float>;
template class LaneBatch<double>;

}  // namespace protolith::elastic
