#include "train/draws.hpp"

namespace protolith::train {

namespace {

/// `words` of the stream of each item belong to each value, whatever the update.
template <class Draw>
Tensor draws(Queue& queue, DataType type, std::uint64_t seed, RandomPurpose purpose, std::uint64_t update,
             ItemRange mine, const Shape& each, std::uint64_t words, Draw draw) {
    const auto size = static_cast<std::uint64_t>(each.elements());
    std::vector<double> values;
    values.reserve(mine.size() * size);
    for (std::size_t k = mine.first; k < mine.last; ++k) {
        RandomStream stream(seed, purpose, static_cast<std::uint32_t>(k));
        stream.seek(update * size * words);
        for (std::uint64_t i = 0; i < size; ++i) values.push_back(draw(stream));
    }
    std::vector<std::int64_t> extents{static_cast<std::int64_t>(mine.size())};
    extents.insert(extents.end(), each.begin(), each.end());
    return Tensor::from(queue, Shape(extents), type, values);
}

}  // namespace

Tensor normal_draws(Queue& queue, DataType type, std::uint64_t seed, RandomPurpose purpose, std::uint64_t update,
                    ItemRange mine, const Shape& each) {
    return draws(queue, type, seed, purpose, update, mine, each, 2, [](RandomStream& s) { return s.normal(); });
}

Tensor uniform_draws(Queue& queue, DataType type, std::uint64_t seed, RandomPurpose purpose, std::uint64_t update,
                     ItemRange mine, const Shape& each) {
    return draws(queue, type, seed, purpose, update, mine, each, 1, [](RandomStream& s) { return s.uniform(); });
}

}  // namespace protolith::train
