// Rates of relaxation and the body force as the kernels take them.
#pragma once

#include "flow/lattice.hpp"

namespace protolith::flow {

/// Force on a unit of mass, and w_q·3·c_q·F of each pair: what one step adds to the first direction of the pair.
template <class T>
struct BodyForce {
    T vector[3] = {};  // x, y, z
    T of_pair[pairs] = {};

    BodyForce() = default;
    BodyForce(double x, double y, double z) : vector{static_cast<T>(x), static_cast<T>(y), static_cast<T>(z)} {
        for (int k = 0; k < pairs; ++k) {
            const Velocity c = velocities[2 * k + 1];
            of_pair[k] = static_cast<T>(3 * weight(2 * k + 1) * (c.x * x + c.y * y + c.z * z));
        }
    }
};

/// Rates of the moments beyond those of two relaxation times, less the rate of the stress.
template <class T>
struct ExtraRates {
    T energy = 0, energy_square = 0, stress = 0;
};

/// All that a collision needs beside the populations.
template <class T>
struct CollisionRates {
    T half_even = 0, half_odd = 0;  // ω/2 of the even (stress) and of the odd part
    ExtraRates<T> extra;
    bool many = false;  // use `extra`
    BodyForce<T> force;
};

}  // namespace protolith::flow
