// A fiber that runs thread bodies one after the other and can be left in the middle of one (Boost.Context), with what
// AddressSanitizer has to be told when the stack changes.
#pragma once

#include <functional>
#include <memory>

#include <boost/context/fiber.hpp>

namespace simt {

/// Unwinds a fiber that nobody will resume; to be passed on by whoever catches everything. (Boost's own way throws on
/// a stack of which AddressSanitizer has not been told yet.)
struct Abandoned {};

class Fiber {
  public:
    /// `work` runs from the first resume(); when it returns, so does resume(), with done() true.
    explicit Fiber(std::function<void()> work);
    /// A fiber left in the middle is unwound: there, leave() throws Abandoned.
    ~Fiber();
    Fiber(const Fiber&) = delete;
    Fiber& operator=(const Fiber&) = delete;

    /// From outside: goes on where the fiber was left, until it leaves again.
    void resume();
    /// From inside: back to who resumed.
    void leave();

  private:
    const void* stack_ =
        nullptr;  // of the fiber, for the sanitizer; written when inside_ is made, so they come before it
    std::size_t stack_size_ = 0;
    const void* caller_stack_ = nullptr;
    std::size_t caller_size_ = 0;
    void* fake_caller_ = nullptr;
    void* fake_inside_ = nullptr;
    bool abandoned_ = false;
    boost::context::fiber inside_, outside_;
};

}  // namespace simt
