#include "simt/fiber.hpp"

#include <boost/context/protected_fixedsize_stack.hpp>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif

namespace simt {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t stack_bytes = 512 << 10;  // red zones around every variable
void start_switch(void** fake, const void* bottom, std::size_t size) {
    __sanitizer_start_switch_fiber(fake, bottom, size);
}
void finish_switch(void* fake, const void** bottom, std::size_t* size) {
    __sanitizer_finish_switch_fiber(fake, bottom, size);
}
#else
constexpr std::size_t stack_bytes = 128 << 10;
void start_switch(void** /*fake*/, const void* /*bottom*/, std::size_t /*size*/) {}
void finish_switch(void* /*fake*/, const void** /*bottom*/, std::size_t* /*size*/) {}
#endif

/// Tells where the stack that it gives lies.
struct KnownStack {
    const void** bottom;
    std::size_t* size;
    boost::context::protected_fixedsize_stack source{stack_bytes};

    boost::context::stack_context allocate() {
        auto stack = source.allocate();
        *size = stack.size;
        *bottom = static_cast<char*>(stack.sp) - stack.size;
        return stack;
    }
    void deallocate(boost::context::stack_context& stack) { source.deallocate(stack); }
};

}  // namespace

Fiber::Fiber(std::function<void()> work)
    : inside_(std::allocator_arg, KnownStack{&stack_, &stack_size_},
              [this, work = std::move(work)](boost::context::fiber&& outside) {
                  finish_switch(nullptr, &caller_stack_, &caller_size_);
                  outside_ = std::move(outside);
                  try {
                      if (!abandoned_) work();
                  } catch (const Abandoned&) {  // unwound
                  }
                  start_switch(nullptr, caller_stack_, caller_size_);  // null: this stack is not needed again
                  return std::move(outside_);
              }) {}

Fiber::~Fiber() {
    if (!inside_) return;
    abandoned_ = true;
    resume();
}

void Fiber::resume() {
    start_switch(&fake_caller_, stack_, stack_size_);
    inside_ = std::move(inside_).resume();
    finish_switch(fake_caller_, nullptr, nullptr);
}

void Fiber::leave() {
    start_switch(&fake_inside_, caller_stack_, caller_size_);
    outside_ = std::move(outside_).resume();
    finish_switch(fake_inside_, &caller_stack_, &caller_size_);
    if (abandoned_) throw Abandoned();
}

}  // namespace simt
