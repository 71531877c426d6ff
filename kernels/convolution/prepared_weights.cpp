#include "convolution/prepared_weights.hpp"

namespace protolith::kernels {
namespace {

constexpr std::uint64_t patience = 256;  // a training step of the largest network uses weights fewer times

}  // namespace

const std::shared_ptr<const Scratch>* PreparedWeights::find(WeightsKey key, std::uint64_t form) {
    if (key.id == 0) return nullptr;
    const auto found = sets_.find(key.id);
    if (found == sets_.end()) return nullptr;
    Set& set = found->second;
    if (set.version != key.version || set.capture != queue_.capture()) set.forms.clear();
    set.version = key.version;
    set.capture = queue_.capture();
    set.last_use = ++uses_;
    for (const Form& made : set.forms)
        if (made.form == form) return &made.memory;
    return nullptr;
}

void PreparedWeights::keep(WeightsKey key, std::uint64_t form, std::shared_ptr<const Scratch> memory) {
    Set& set = sets_[key.id];
    set.version = key.version;
    set.capture = queue_.capture();
    set.last_use = ++uses_;
    set.forms.push_back({form, std::move(memory)});
    std::erase_if(sets_, [&](const auto& entry) { return entry.second.last_use + patience < uses_; });
}

}  // namespace protolith::kernels
