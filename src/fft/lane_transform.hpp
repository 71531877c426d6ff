// Complex Fourier transforms of many lines at once, one line a lane: every step of the transform is one vector
// operation, whatever the length. Lengths that are powers of two run here (radix 4 and 8, decimation in frequency, in
// place, without a reordering pass); all others by FFTW on the same memory.
#pragma once

#include "fft/lanes.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace protolith::fft {

/// Transforms lines of `length` complex values in each of lanes<T> lanes. Value i of lane l:
///   real part line[(2 i) lanes + l], imaginary part line[(2 i + 1) lanes + l],   line aligned to lane_bytes.
///   forward   X(k) = Σ x(n) exp(−2πi k n / N),   backward   x(n) = Σ X(k) exp(+2πi k n / N), not normalised.
/// A transformed line holds X(frequency(j)) at place j: powers of two leave their frequencies in digit-reversed order,
/// which costs nothing where forward and backward enclose a multiplication. T is float or double.
/// Executing is const and may run on several threads at once; constructing takes FFTW's lock where FFTW serves.
template <class T>
class LaneTransform {
  public:
    /// @throws Error for length 0
    explicit LaneTransform(std::size_t length);
    ~LaneTransform();
    LaneTransform(LaneTransform&&) noexcept;
    LaneTransform& operator=(LaneTransform&&) noexcept;

    std::size_t length() const noexcept { return frequencies_.size(); }
    /// Of the value at `place` of a transformed line, in [0, length).
    std::size_t frequency(std::size_t place) const noexcept { return frequencies_[place]; }
    /// The place of minus that frequency.
    std::size_t opposite(std::size_t place) const noexcept { return opposites_[place]; }
    /// False where FFTW serves: three to five times slower. Callers tell their users.
    bool own() const noexcept;

    void forward(T* line) const;
    void backward(T* line) const;

  private:
    struct Library;
    void list_frequencies();

    std::vector<std::size_t> frequencies_, opposites_;
    std::vector<T> twiddles_;           // of one stage after another; powers of two
    std::unique_ptr<Library> library_;  // FFTW's plan; all other lengths
};

extern template class LaneTransform<float>;
extern template class LaneTransform<double>;

}  // namespace protolith::fft
