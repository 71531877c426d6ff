// The stand-in for cuFFT, for tests: real transforms and back, batched, in up to three dimensions. Arguments are
// checked as the real library does; the sums are those of the definition, axis by axis, in double.
#include "standin/runtime/runtime.hpp"

#include <complex>
#include <cstring>
#include <map>
#include <numbers>
#include <string>
#include <vector>

#include <cufft.h>

namespace standin::cufft {
namespace {

using Complex = std::complex<double>;

struct Plan {
    bool made = false, allocates = true, stream_set = false;
    cufftType type{};
    std::vector<long long> n, in, out;  // extents; extents of the arrays on both sides
    long long in_distance = 0, out_distance = 0, batch = 0;
    cudaStream_t stream = nullptr;
    void* area = nullptr;

    bool inverse() const { return type == CUFFT_C2R || type == CUFFT_Z2D; }
    bool is_double() const { return type == CUFFT_D2Z || type == CUFFT_Z2D; }
    std::size_t real_bytes() const { return is_double() ? 8 : 4; }
};

constexpr std::size_t wanted_area = 1024;

std::map<cufftHandle, Plan>& plans() {
    static std::map<cufftHandle, Plan> all;
    return all;
}

long long product(const std::vector<long long>& values) {
    long long result = 1;
    for (const long long v : values) result *= v;
    return result;
}

/// Sums along one axis of a box; sign −1 forward, +1 back.
void along(std::vector<Complex>& values, const std::vector<long long>& extents, std::size_t axis, double sign) {
    long long stride = 1;
    for (std::size_t later = axis + 1; later < extents.size(); ++later) stride *= extents[later];
    const long long n = extents[axis], outer = static_cast<long long>(values.size()) / (n * stride);
    std::vector<Complex> line(static_cast<std::size_t>(n));
    for (long long o = 0; o < outer; ++o)
        for (long long s = 0; s < stride; ++s) {
            Complex* const first = &values[static_cast<std::size_t>(o * n * stride + s)];
            for (long long k = 0; k < n; ++k) {
                line[static_cast<std::size_t>(k)] = 0;
                for (long long i = 0; i < n; ++i)
                    line[static_cast<std::size_t>(k)] +=
                        first[i * stride] *
                        std::polar(
                            1.0, sign * 2 * std::numbers::pi * static_cast<double>(k * i % n) / static_cast<double>(n));
            }
            for (long long k = 0; k < n; ++k) first[k * stride] = line[static_cast<std::size_t>(k)];
        }
}

/// Offset in an array whose rows are longer than the box's.
long long offset(long long flat, const std::vector<long long>& extents, const std::vector<long long>& array) {
    long long at = 0, step = 1;
    for (std::size_t axis = extents.size(); axis-- > 0;) {
        at += flat % extents[axis] * step;
        flat /= extents[axis];
        step *= array[axis];
    }
    return at;
}

template <class T>
void forward(const Plan& p, const T* field, std::complex<T>* spectrum) {
    std::vector<long long> half = p.n;
    half.back() = p.n.back() / 2 + 1;
    std::vector<std::vector<Complex>> all;  // read before anything is written: it may be in place
    for (long long b = 0; b < p.batch; ++b) {
        std::vector<Complex> values(static_cast<std::size_t>(product(p.n)));
        for (long long i = 0; i < product(p.n); ++i)
            values[static_cast<std::size_t>(i)] = field[b * p.in_distance + offset(i, p.n, p.in)];
        for (std::size_t axis = 0; axis < p.n.size(); ++axis) along(values, p.n, axis, -1.0);
        all.push_back(std::move(values));
    }
    for (long long b = 0; b < p.batch; ++b)
        for (long long i = 0; i < product(half); ++i)
            spectrum[b * p.out_distance + offset(i, half, p.out)] =
                std::complex<T>(all[static_cast<std::size_t>(b)][static_cast<std::size_t>(offset(i, half, p.n))]);
}

template <class T>
void inverse(const Plan& p, std::complex<T>* spectrum, T* field, bool in_place) {
    std::vector<long long> half = p.n;
    half.back() = p.n.back() / 2 + 1;
    const long long x = p.n.back();
    std::vector<std::vector<Complex>> all;
    for (long long b = 0; b < p.batch; ++b) {
        std::vector<Complex> values(static_cast<std::size_t>(product(half)));
        for (long long i = 0; i < product(half); ++i)
            values[static_cast<std::size_t>(i)] = Complex(spectrum[b * p.in_distance + offset(i, half, p.in)]);
        for (std::size_t axis = 0; axis + 1 < p.n.size(); ++axis) along(values, half, axis, 1.0);
        all.push_back(std::move(values));
    }
    if (!in_place && p.n.size() > 1)  // the real library may use it for its own
        for (long long b = 0; b < p.batch; ++b)
            for (long long i = 0; i < product(half); ++i)
                spectrum[b * p.in_distance + offset(i, half, p.in)] = static_cast<T>(NAN);
    for (long long b = 0; b < p.batch; ++b)
        for (long long i = 0; i < product(p.n); ++i) {
            const Complex* row = &all[static_cast<std::size_t>(b)][static_cast<std::size_t>(i / x * half.back())];
            double sum = row[0].real();
            for (long long k = 1; k < half.back(); ++k) {
                const double angle =
                    2 * std::numbers::pi * static_cast<double>(k * (i % x) % x) / static_cast<double>(x);
                sum += (2 * k == x ? 1.0 : 2.0) * (row[k] * std::polar(1.0, angle)).real();
            }
            field[b * p.out_distance + offset(i, p.n, p.out)] = static_cast<T>(sum);
        }
}

/// Bytes from the first to behind the last element of one side.
std::size_t bytes_of(const Plan& p, const std::vector<long long>& array, long long distance, bool complex) {
    std::vector<long long> extents = p.n;
    if (complex) extents.back() = p.n.back() / 2 + 1;
    const long long last = (p.batch - 1) * distance + offset(product(extents) - 1, extents, array);
    return static_cast<std::size_t>(last + 1) * p.real_bytes() * (complex ? 2 : 1);
}

template <class T>
cufftResult execute(cufftHandle handle, cufftType type, void* in, void* out) {
    const char* const call = "cufftExec";
    const auto found = plans().find(handle);
    if (found == plans().end() || !found->second.made) return CUFFT_INVALID_PLAN;
    const Plan p = found->second;
    if (p.type != type) return CUFFT_INVALID_TYPE;
    if (!p.stream_set) throw Misuse("cufftExec: the plan has no stream");
    const bool inverse_one = p.inverse(), in_place = in == out;
    const std::size_t in_bytes = bytes_of(p, p.in, p.in_distance, inverse_one),
                      out_bytes = bytes_of(p, p.out, p.out_distance, !inverse_one);
    require_device(in, in_bytes, call, "input", 2 * sizeof(T));
    require_device(out, out_bytes, call, "output", 2 * sizeof(T));
    const auto *a = static_cast<const char*>(in), *b = static_cast<const char*>(out);
    if (!in_place && a < b + out_bytes && b < a + in_bytes) throw Misuse("cufftExec: input and output overlap");
    const long long real = inverse_one ? p.out_distance : p.in_distance,
                    half = inverse_one ? p.in_distance : p.out_distance;
    if (in_place && real != 2 * half) throw Misuse("cufftExec: in place, rows of reals are padded");
    if (!p.allocates) require_device(p.area, wanted_area, call, "work area", 16);
    enqueue(p.stream, call, [=] {
        if (!p.allocates) std::memset(p.area, 0xff, wanted_area);
        if (inverse_one)
            inverse(p, static_cast<std::complex<T>*>(in), static_cast<T*>(out), in_place);
        else
            forward(p, static_cast<const T*>(in), static_cast<std::complex<T>*>(out));
    });
    return CUFFT_SUCCESS;
}

}  // namespace
}  // namespace standin::cufft

using namespace standin::cufft;

extern "C" {

cufftResult cufftCreate(cufftHandle* handle) {
    static cufftHandle next = 0;
    *handle = next++;
    plans()[*handle] = {};
    return CUFFT_SUCCESS;
}

cufftResult cufftDestroy(cufftHandle handle) { return plans().erase(handle) == 1 ? CUFFT_SUCCESS : CUFFT_INVALID_PLAN; }

cufftResult cufftSetAutoAllocation(cufftHandle handle, int allocate) {
    const auto found = plans().find(handle);
    if (found == plans().end() || found->second.made) return CUFFT_INVALID_PLAN;
    found->second.allocates = allocate != 0;
    return CUFFT_SUCCESS;
}

cufftResult cufftMakePlanMany64(cufftHandle handle, int rank, long long* n, long long* in, long long in_stride,
                                long long in_distance, long long* out, long long out_stride, long long out_distance,
                                cufftType type, long long batch, std::size_t* work) {
    const auto found = plans().find(handle);
    if (found == plans().end() || found->second.made) return CUFFT_INVALID_PLAN;
    if (rank < 1 || rank > 3 || batch < 1) return CUFFT_INVALID_SIZE;
    if (n == nullptr || in == nullptr || out == nullptr || in_stride != 1 || out_stride != 1 || work == nullptr)
        return CUFFT_INVALID_VALUE;
    Plan& p = found->second;
    p.type = type;
    p.n.assign(n, n + rank);
    p.in.assign(in, in + rank);
    p.out.assign(out, out + rank);
    p.in_distance = in_distance;
    p.out_distance = out_distance;
    p.batch = batch;
    for (int axis = 0; axis < rank; ++axis) {
        const long long half = axis == rank - 1 ? n[axis] / 2 + 1 : n[axis];
        if (n[axis] < 1 || in[axis] < (p.inverse() ? half : n[axis]) || out[axis] < (p.inverse() ? n[axis] : half))
            return CUFFT_INVALID_SIZE;
    }
    if (in_distance < product(p.in) || out_distance < product(p.out)) return CUFFT_INVALID_SIZE;
    *work = wanted_area;
    p.made = true;
    return CUFFT_SUCCESS;
}

cufftResult cufftSetStream(cufftHandle handle, cudaStream_t stream) {
    const auto found = plans().find(handle);
    if (found == plans().end()) return CUFFT_INVALID_PLAN;
    found->second.stream = stream;
    found->second.stream_set = true;
    return CUFFT_SUCCESS;
}

cufftResult cufftSetWorkArea(cufftHandle handle, void* area) {
    const auto found = plans().find(handle);
    if (found == plans().end() || !found->second.made) return CUFFT_INVALID_PLAN;
    found->second.area = area;
    return CUFFT_SUCCESS;
}

cufftResult cufftExecR2C(cufftHandle plan, cufftReal* in, cufftComplex* out) {
    return execute<float>(plan, CUFFT_R2C, in, out);
}
cufftResult cufftExecC2R(cufftHandle plan, cufftComplex* in, cufftReal* out) {
    return execute<float>(plan, CUFFT_C2R, in, out);
}
cufftResult cufftExecD2Z(cufftHandle plan, cufftDoubleReal* in, cufftDoubleComplex* out) {
    return execute<double>(plan, CUFFT_D2Z, in, out);
}
cufftResult cufftExecZ2D(cufftHandle plan, cufftDoubleComplex* in, cufftDoubleReal* out) {
    return execute<double>(plan, CUFFT_Z2D, in, out);
}

}  // extern "C"
