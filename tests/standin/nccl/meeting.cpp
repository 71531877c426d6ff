#include "standin/nccl/meeting.hpp"

#include "standin/runtime/runtime.hpp"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <random>
#include <thread>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace standin {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto longest_start = std::chrono::seconds(60);

struct Seat {
    std::atomic<int> taken, seated, left;
    std::atomic<std::uint64_t> round;
    char device[64];
    Announcement announcement;
    alignas(64) std::byte part[Meeting::part_bytes];
};

}  // namespace

std::string Announcement::text() const {
    std::string said = std::string(call) + " of " + std::to_string(count) + " " + type;
    if (root >= 0) said += " from rank " + std::to_string(root);
    return said;
}

/// All zero at first, as a new file is.
struct Meeting::Shared {
    std::atomic<int> size;
    Seat seats[most_ranks];
};

std::string Meeting::new_name() {
    std::random_device random;
    return "/standin_nccl_" + std::to_string(getpid()) + "_" + std::to_string(random());
}

Meeting::Meeting(const std::string& name, int rank, int size, const std::string& device) : rank_(rank), size_(size) {
    if (size < 1 || size > most_ranks || rank < 0 || rank >= size)
        throw CannotMeet("rank " + std::to_string(rank) + " of " + std::to_string(size));
    file_ = shm_open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0 || ftruncate(file_, sizeof(Shared)) != 0)
        throw CannotMeet("shared memory " + name + ": " + std::strerror(errno));
    void* memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED, file_, 0);
    if (memory == MAP_FAILED) throw CannotMeet("shared memory " + name + ": " + std::strerror(errno));
    shared_ = static_cast<Shared*>(memory);
    try {
        join(device);
    } catch (...) {
        shm_unlink(name.c_str());
        munmap(shared_, sizeof(Shared));
        close(file_);
        throw;
    }
    shm_unlink(name.c_str());  // all have it open: it goes with the last of them, however they end
}

void Meeting::join(const std::string& device) {
    int said = 0;
    if (!shared_->size.compare_exchange_strong(said, size_) && said != size_)
        throw CannotMeet("a group of " + std::to_string(said) + " ranks for one, of " + std::to_string(size_) +
                         " for rank " + std::to_string(rank_));
    Seat& mine = shared_->seats[rank_];
    if (mine.taken.exchange(1) != 0) throw CannotMeet("two processes are rank " + std::to_string(rank_));
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = rank_;
    lock.l_len = 1;
    if (fcntl(file_, F_SETLK, &lock) != 0) throw CannotMeet(std::string("file lock: ") + std::strerror(errno));
    std::strncpy(mine.device, device.c_str(), sizeof mine.device - 1);
    mine.seated = 1;
    const auto start = Clock::now();
    for (int other = 0; other < size_; ++other)
        while (shared_->seats[other].seated == 0) {
            if (Clock::now() - start > longest_start)
                throw CannotMeet("rank " + std::to_string(other) + " does not come");
            std::this_thread::yield();
        }
    for (int other = 0; other < size_; ++other)
        if (other != rank_ && device == shared_->seats[other].device)
            throw CannotMeet("Duplicate GPU detected : rank " + std::to_string(rank_) + " and rank " +
                             std::to_string(other) + " both on " + device);
}

Meeting::~Meeting() {
    shared_->seats[rank_].left = 1;
    munmap(shared_, sizeof(Shared));
    close(file_);
}

bool Meeting::dead(int rank) const {
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = rank;
    lock.l_len = 1;
    return fcntl(file_, F_GETLK, &lock) == 0 && lock.l_type == F_UNLCK;
}

template <class Ready>
void Meeting::wait_for(int rank, Ready&& ready) const {
    for (unsigned turn = 1; !ready(); ++turn) {
        const bool gone = shared_->seats[rank].left != 0 || (turn % 256 == 0 && dead(rank));
        if (gone && !ready()) throw Gone("rank " + std::to_string(rank) + " is gone");
        std::this_thread::yield();
    }
}

void Meeting::barrier() {
    ++round_;
    shared_->seats[rank_].round = round_;
    for (int other = 0; other < size_; ++other)
        if (other != rank_) wait_for(other, [&] { return shared_->seats[other].round >= round_; });
}

void Meeting::agree(const Announcement& mine) {
    shared_->seats[rank_].announcement = mine;
    barrier();
    for (int other = 0; other < size_; ++other) {
        const Announcement& theirs = shared_->seats[other].announcement;
        if (!(theirs == mine))
            throw Misuse("exchange that ranks do not agree on: " + mine.text() + " on rank " + std::to_string(rank_) +
                         ", " + theirs.text() + " on rank " + std::to_string(other));
    }
    barrier();  // nobody announces the next before all have read this one
}

std::byte* Meeting::part(int rank) const { return shared_->seats[rank].part; }

}  // namespace standin
