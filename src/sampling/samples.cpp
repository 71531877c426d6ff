#include "sampling/samples.hpp"

#include <algorithm>
#include <bit>

namespace protolith::sampling {

Samples::Samples(const Communicator& comm, const Settings& settings)
    : comm_(comm),
      ladders_(settings.ladders),
      dimensions_(settings.dimensions),
      burn_in_draws_(settings.burn_in_draws()),
      mine_(comm.share(settings.ladders)),
      kept_(mine_.size()),
      pending_(block * ladders_ * (dimensions_ + 1)) {
    for (auto& rows : kept_) rows.reserve((settings.burn_in_draws() + settings.draws()) * (dimensions_ + 1));
}

double Samples::log_posterior(std::size_t ladder, std::size_t draw) const noexcept {
    double squares = 0;
    for (double z : state(ladder, draw)) squares += z * z;
    return log_likelihood(ladder, draw) - squares / 2;
}

std::vector<double> Samples::series(std::size_t variable) const {
    const std::size_t length = draws_ - std::min(draws_, burn_in_draws_);
    std::vector<std::uint64_t> bits(ladders_ * length);
    for (std::size_t ladder = mine_.first; ladder < mine_.last; ++ladder)
        for (std::size_t i = 0; i < length; ++i)
            bits[ladder * length + i] = std::bit_cast<std::uint64_t>(row(ladder, burn_in_draws_ + i)[variable]);
    comm_.sum_in_place(bits.data(), bits.size());  // one rank has the bits of a ladder, the others zero
    std::vector<double> values(bits.size());
    std::transform(bits.begin(), bits.end(), values.begin(), [](std::uint64_t b) { return std::bit_cast<double>(b); });
    return values;
}

void Samples::note(std::size_t ladder, std::span<const double> state, double log_likelihood) {
    std::uint64_t* to = &pending_[(noted_ * ladders_ + ladder) * (dimensions_ + 1)];
    for (double z : state) *to++ = std::bit_cast<std::uint64_t>(z);
    *to = std::bit_cast<std::uint64_t>(log_likelihood);
}

bool Samples::end_draw() { return ++noted_ == block; }

void Samples::collect() {
    const std::size_t each = dimensions_ + 1, numbers = noted_ * ladders_ * each;
    comm_.sum_in_place(pending_.data(), numbers);
    for (std::size_t ladder = mine_.first; ladder < mine_.last; ++ladder)
        for (std::size_t draw = 0; draw < noted_; ++draw) {
            const std::uint64_t* from = &pending_[(draw * ladders_ + ladder) * each];
            for (std::size_t k = 0; k < each; ++k)
                kept_[ladder - mine_.first].push_back(std::bit_cast<double>(from[k]));
        }
    draws_ += noted_;
    noted_ = 0;
    std::fill_n(pending_.begin(), numbers, 0);
}

std::vector<double> Samples::pack() const {
    std::vector<double> packed;
    packed.reserve(mine_.size() * packed_size());
    for (const auto& rows : kept_) packed.insert(packed.end(), rows.begin(), rows.end());
    return packed;
}

void Samples::unpack(std::size_t draws, std::span<const double> packed) {
    draws_ = draws;
    noted_ = 0;
    require(packed.size() == mine_.size() * packed_size(), "{} numbers saved of {} draws of {} ladders, {} expected",
            packed.size(), draws, mine_.size(), mine_.size() * packed_size());
    for (std::size_t k = 0; k < kept_.size(); ++k) {
        const auto rows = packed.subspan(k * packed_size(), packed_size());
        kept_[k].assign(rows.begin(), rows.end());
    }
}

}  // namespace protolith::sampling
