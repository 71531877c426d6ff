// Keys of `protolith simulate KIND`.
#pragma once

#include <array>

#include "base/deck/visitor.hpp"
#include "simulate/marble_cake.hpp"

namespace protolith::jobs {

/// What every kind has.
struct SetKeys {
    std::uint64_t seed = 1;
    std::int64_t count = 16;
    double checkpoint_interval = 300;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("seed").help("image k draws from the stream (seed, k)"), seed);
        v.entry(Key("count").help("images").between(1, 4294967295.0), count);
        v.entry(Key("checkpoint_interval").help("between checkpoints").units("s").above(0), checkpoint_interval);
    }
};

}  // namespace protolith::jobs
