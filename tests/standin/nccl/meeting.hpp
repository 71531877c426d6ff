// Where the processes of the stand-in for NCCL meet: POSIX shared memory with a barrier that notices who has died (the
// kernel gives a dead process's file lock back), what each is about to exchange, and room for a part of its elements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace standin {

/// The ranks cannot meet: wrong numbers, or two on one device.
struct CannotMeet : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Another rank has ended, or has left the group.
struct Gone : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What a rank says before an exchange; all must say the same.
struct Announcement {
    char call[24] = "";
    char type[16] = "";
    std::uint64_t count = 0;
    int root = -1;

    std::string text() const;
    bool operator==(const Announcement& other) const { return text() == other.text(); }
};

class Meeting {
  public:
    static constexpr int most_ranks = 16;
    static constexpr std::size_t part_bytes = std::size_t{1} << 18;

    /// A name that no other group has.
    static std::string new_name();
    /// Waits for all `size` ranks, a process each; `device` tells one GPU from another.
    Meeting(const std::string& name, int rank, int size, const std::string& device);
    ~Meeting();
    Meeting(const Meeting&) = delete;
    Meeting& operator=(const Meeting&) = delete;

    int rank() const { return rank_; }
    int size() const { return size_; }

    /// Waits for all ranks. Gone where one cannot come any more.
    void barrier();
    /// Waits for all ranks to announce; Misuse, naming two that differ, unless all say the same.
    void agree(const Announcement& mine);
    /// Room for part_bytes of a rank's elements.
    std::byte* part(int rank) const;

  private:
    struct Shared;
    void join(const std::string& device);
    bool dead(int rank) const;
    template <class Ready>
    void wait_for(int rank, Ready&& ready) const;

    int rank_, size_, file_ = -1;
    Shared* shared_ = nullptr;
    std::uint64_t round_ = 0;
};

}  // namespace standin
