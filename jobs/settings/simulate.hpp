// Keys of `protolith simulate marble-cake`; the other kinds' stand in simulate_media.hpp.
#pragma once

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

/// How a cake is stirred and drawn; jobs that draw some of their own have it as a section.
struct CakeKeys {
    simulate::MarbleCakeSettings cake;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("size").help("rows and columns").units("pixel").between(2, 65536), cake.size);
        range(v, "centre_x", "centre of the circular anomaly", cake.centre_x);
        range(v, "centre_y", "centre of the circular anomaly", cake.centre_y);
        range(v, "A", "amplitude of sin 3πx in the stream function", cake.A);
        range(v, "B", "amplitude of sin 4πx in the stream function", cake.B);
        range(v, "f_a", "angular frequency of A's share", cake.f_a);
        range(v, "f_b", "angular frequency of B's share", cake.f_b);
        range(v, "phi_a", "phase of A's share", cake.phi_a);
        range(v, "phi_b", "phase of B's share", cake.phi_b);
        range(v, "time", "duration of the stirring", cake.time);
        v.entry(Key("step_strain")
                    .help("Runge-Kutta step times the largest velocity gradient; 0.7 is a step of 2.6e-3 for Fig. 1 of "
                          "the paper")
                    .between(1e-3, 1.25),
                cake.step_strain);
        v.entry(Key("longest_segment").help("longer segments of the contour are split").units("pixel").above(0),
                cake.longest_segment);
    }

  private:
    /// [low, high] of a uniform prior.
    static void range(deck::Visitor& v, const char* name, const char* what, simulate::Range& range) {
        std::vector<double> ends{range.low, range.high};
        v.entry(
            deck::Key(name).help(std::string("[low, high] of the uniform prior: ") + what).source("GJI 2024, ggae240"),
            ends);
        require_input(ends.size() == 2 && ends[0] <= ends[1], "{}: expected [low, high] with low ≤ high, found {}",
                      name, deck::to_toml(&ends));
        range = {ends[0], ends[1]};
    }
};

struct MarbleCakeKeys : SetKeys, CakeKeys {
    void visit(deck::Visitor& v) {
        SetKeys::visit(v);
        CakeKeys::visit(v);
    }
};

}  // namespace protolith::jobs
