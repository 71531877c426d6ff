// One entry of the record: known to record() and grad() alone.
#pragma once

#include "autograd/var.hpp"

#include <cstdint>

namespace protolith::autograd {

struct Node {
    Node(Tensor v, bool w);
    ~Node();
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    Tensor value;
    bool wanted;
    bool consumed = false;  // its inputs and rules were released by grad()
    std::uint64_t age;      // inputs are older than what was made of them
    std::vector<Var> inputs;
    std::vector<Rule> rules;
};

}  // namespace protolith::autograd
