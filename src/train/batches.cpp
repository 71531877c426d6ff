#include "train/batches.hpp"

#include "base/random.hpp"

namespace protolith::train {

Batches::Batches(Samples samples, std::uint64_t seed, std::int64_t batch, ItemRange mine, Symmetry symmetry)
    : samples_(std::move(samples)),
      seed_(seed),
      batch_(static_cast<std::uint64_t>(batch)),
      mine_(mine),
      symmetry_(symmetry),
      order_(seed, samples_.count) {
    require_input(symmetry != Symmetry::square || samples_.shape[0] == samples_.shape[1],
                  "augmentation 'square' exchanges rows and columns, but the images have {} × {}; 'mirrors' does not",
                  samples_.shape[0], samples_.shape[1]);
}

Tensor Batches::load(Queue& queue, DataType type, std::uint64_t update) {
    const auto size = static_cast<std::size_t>(samples_.shape.elements());
    as_stored_.resize(size);
    values_.resize(mine_.size() * size);
    const std::size_t rows = static_cast<std::size_t>(samples_.shape[0]),
                      columns = static_cast<std::size_t>(samples_.shape[1]),
                      channels = static_cast<std::size_t>(samples_.shape[2]);
    for (std::size_t k = mine_.first; k < mine_.last; ++k) {
        samples_.load(order_.sample(update * batch_ + k), as_stored_.data());
        RandomStream stream(seed_, RandomPurpose::augmentation, static_cast<std::uint32_t>(k));
        stream.seek(update);
        const auto element = static_cast<unsigned>(stream.below(order_of(symmetry_)));
        apply_symmetry(element, as_stored_.data(), rows, columns, channels, values_.data() + (k - mine_.first) * size);
    }
    const Shape shape{static_cast<std::int64_t>(mine_.size()), samples_.shape[0], samples_.shape[1], samples_.shape[2]};
    return Tensor::from(queue, shape, type, values_);
}

}  // namespace protolith::train
