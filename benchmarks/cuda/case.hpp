// One line of the table of kernels: what runs, on what, and what it has to move and to compute at least.
#pragma once

#include "queue/kernel.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace protolith::benchmarks {

using kernels::DataType;
using kernels::Queue;

struct Case {
    std::string kernel, shape;
    DataType type;
    double bytes;           // that its passes over the arrays read and write
    double operations = 0;  // of convolutions and matrix products, 2 for a product and its sum; else not counted
    /// Allocates and fills the operands; what it returns launches the kernel once.
    std::function<std::function<void()>(Queue&)> prepare;
};

/// Device memory of one case, freed with it. Shared by what prepare() returns.
class Operands {
  public:
    explicit Operands(Queue& queue) : queue_(queue) {}

    /// `count` elements, half of them zeros and half of them ones, at random places.
    template <class T>
    T* array(std::int64_t count);
    /// `count` elements of this value.
    template <class T>
    T* constant(std::int64_t count, double value);
    /// Zero bytes.
    template <class T>
    T* zeros(std::int64_t count);

  private:
    void* allocate(std::size_t bytes);

    Queue& queue_;
    std::vector<std::unique_ptr<kernels::Scratch>> memory_;
};

/// A case of element type T: work(queue, operands) returns the launch.
template <class T, class Work>
Case make_case(std::string kernel, std::string shape, double bytes, double operations, Work work) {
    return {std::move(kernel), std::move(shape), kernels::data_type_of<T>(), bytes, operations, [work](Queue& queue) {
                auto operands = std::make_shared<Operands>(queue);
                return [operands, launch = work(queue, *operands)] { launch(); };
            }};
}

/// "float32", "bfloat16", "float64"
std::string name_of(DataType type);

// The cases of each topic, for a batch of `images`.
void add_pointwise(std::vector<Case>& cases, std::int64_t images);
void add_sums(std::vector<Case>& cases, std::int64_t images);
void add_rearrangements(std::vector<Case>& cases, std::int64_t images);
void add_products(std::vector<Case>& cases, std::int64_t images);

}  // namespace protolith::benchmarks
