#include "fft/slab_transform.hpp"

#include "fft/planner_lock.hpp"

#include <cstddef>

#include <fftw3-mpi.h>

namespace protolith::fft {
namespace {

/// FFTW's MPI part starts once in a process; it is never ended, since plans of others may live on.
void start_fftw_mpi() {
    static const bool started = [] {
        fftw_mpi_init();
        return true;
    }();
    static_cast<void>(started);
}

ItemRange range(std::ptrdiff_t first, std::ptrdiff_t count) {
    if (count == 0) return {0, 0};
    return {static_cast<std::size_t>(first), static_cast<std::size_t>(first + count)};
}

}  // namespace

struct SlabTransform::Plans {
    fftw_plan forward = nullptr, backward = nullptr;

    ~Plans() {
        const std::lock_guard guard(planner_lock());
        if (forward) fftw_destroy_plan(forward);
        if (backward) fftw_destroy_plan(backward);
    }
};

SlabTransform::SlabTransform(const Communicator& comm, const Extent& extent, Planning planning)
    : extent_(extent), plans_(std::make_unique<Plans>()) {
    require(extent.count() > 0, "a transform of {} × {} × {} has nothing to transform", extent.z, extent.y, extent.x);
    start_fftw_mpi();
    const auto size = [](std::size_t n) { return static_cast<std::ptrdiff_t>(n); };
    std::ptrdiff_t planes = 0, first_plane = 0, frequencies = 0, first_frequency = 0;
    const std::ptrdiff_t complex =
        fftw_mpi_local_size_3d_transposed(size(extent.z), size(extent.y), size(extent.x / 2 + 1), comm.handle(),
                                          &planes, &first_plane, &frequencies, &first_frequency);
    planes_ = range(first_plane, planes);
    frequencies_ = range(first_frequency, frequencies);
    memory_ = 2 * static_cast<std::size_t>(complex);

    auto field = Buffer<double>::uninitialised(memory_);
    auto* const spectrum = reinterpret_cast<fftw_complex*>(field.data());
    const unsigned effort = planning == Planning::measure ? FFTW_MEASURE : FFTW_ESTIMATE;
    const std::lock_guard guard(planner_lock());
    plans_->forward = fftw_mpi_plan_dft_r2c_3d(size(extent.z), size(extent.y), size(extent.x), field.data(), spectrum,
                                               comm.handle(), effort | FFTW_MPI_TRANSPOSED_OUT);
    plans_->backward = fftw_mpi_plan_dft_c2r_3d(size(extent.z), size(extent.y), size(extent.x), spectrum, field.data(),
                                                comm.handle(), effort | FFTW_MPI_TRANSPOSED_IN);
    require(plans_->forward && plans_->backward, "FFTW cannot plan a transform of {} over {} ranks", to_string(extent),
            comm.size());
}

SlabTransform::~SlabTransform() = default;
SlabTransform::SlabTransform(SlabTransform&&) noexcept = default;
SlabTransform& SlabTransform::operator=(SlabTransform&&) noexcept = default;

void SlabTransform::forward(double* field) const {
    fftw_mpi_execute_dft_r2c(plans_->forward, field, reinterpret_cast<fftw_complex*>(field));
}

void SlabTransform::backward(double* field) const {
    fftw_mpi_execute_dft_c2r(plans_->backward, reinterpret_cast<fftw_complex*>(field), field);
}

}  // namespace protolith::fft
