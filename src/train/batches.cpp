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

Shape Batches::shape() const {
    return {static_cast<std::int64_t>(mine_.size()), samples_.shape[0], samples_.shape[1], samples_.shape[2]};
}

void Batches::load(std::uint64_t update, std::span<float> values) {
    const auto size = static_cast<std::size_t>(samples_.shape.elements());
    require(values.size() == mine_.size() * size, "room for {} values of {} images of {}", values.size(), mine_.size(),
            samples_.shape.text());
    as_stored_.resize(size);
    const std::size_t rows = static_cast<std::size_t>(samples_.shape[0]),
                      columns = static_cast<std::size_t>(samples_.shape[1]),
                      channels = static_cast<std::size_t>(samples_.shape[2]);
    for (std::size_t k = mine_.first; k < mine_.last; ++k) {
        samples_.load(order_.sample(update * batch_ + k), as_stored_.data());
        RandomStream stream(seed_, RandomPurpose::augmentation, static_cast<std::uint32_t>(k));
        stream.seek(update);
        const auto element = static_cast<unsigned>(stream.below(order_of(symmetry_)));
        apply_symmetry(element, as_stored_.data(), rows, columns, channels, &values[(k - mine_.first) * size]);
    }
}

}  // namespace protolith::train
