#include "train/draws.hpp"

namespace protolith::train {

namespace {

/// `words` of the stream of each item belong to each value, whatever the update.
template <class Value, class Draw>
void draw(std::uint64_t seed, RandomPurpose purpose, std::uint64_t update, ItemRange mine, std::uint64_t words,
          std::span<Value> values, Draw one) {
    if (mine.size() == 0) return;
    const std::size_t size = values.size() / mine.size();
    require(values.size() == size * mine.size(), "{} values for {} items", values.size(), mine.size());
    for (std::size_t k = mine.first; k < mine.last; ++k) {
        RandomStream stream(seed, purpose, static_cast<std::uint32_t>(k));
        stream.seek(update * size * words);
        for (auto& value : values.subspan((k - mine.first) * size, size)) value = static_cast<Value>(one(stream));
    }
}

constexpr std::uint64_t words_of_normal = 2, words_of_uniform = 1;

}  // namespace

void draw_normal(std::uint64_t seed, RandomPurpose purpose, std::uint64_t update, ItemRange mine,
                 std::span<float> values) {
    draw(seed, purpose, update, mine, words_of_normal, values, [](RandomStream& s) { return s.normal(); });
}

void draw_uniform(std::uint64_t seed, RandomPurpose purpose, std::uint64_t update, ItemRange mine,
                  std::span<float> values) {
    draw(seed, purpose, update, mine, words_of_uniform, values, [](RandomStream& s) { return s.uniform(); });
}

Tensor normal_draws(Queue& queue, DataType type, std::uint64_t seed, RandomPurpose purpose, std::uint64_t update,
                    ItemRange mine, const Shape& each) {
    std::vector<double> values(mine.size() * static_cast<std::size_t>(each.elements()));
    draw(seed, purpose, update, mine, words_of_normal, std::span(values), [](RandomStream& s) { return s.normal(); });
    std::vector<std::int64_t> extents{static_cast<std::int64_t>(mine.size())};
    extents.insert(extents.end(), each.begin(), each.end());
    return Tensor::from(queue, Shape(extents), type, values);
}

}  // namespace protolith::train
