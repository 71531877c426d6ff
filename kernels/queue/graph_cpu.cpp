#include "queue/graph.hpp"

#include <stdexcept>

namespace protolith::kernels::cpu {
namespace {

[[noreturn]] void refuse() { throw std::logic_error("a queue of the CPU cannot be captured: ask Graph::serves()"); }

}  // namespace

void begin_capture(Queue& /*queue*/) { refuse(); }
void end_capture(Queue& /*queue*/, void*& /*graph*/, std::size_t& /*nodes*/) { refuse(); }
void abandon_capture(Queue& /*queue*/) noexcept {}
void launch_graph(Queue& /*queue*/, void* /*graph*/) { refuse(); }
void drop_graph(void* /*graph*/) noexcept {}
void count_launch(Queue& /*queue*/, std::uint32_t* /*launches*/) { refuse(); }

}  // namespace protolith::kernels::cpu
