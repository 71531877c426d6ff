// MPI by RAII: the environment, a duplicated communicator, and collective agreement about errors.
#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <mpi.h>

namespace protolith {

/// Starts MPI and ends it; one in main.
class MpiEnvironment {
  public:
    MpiEnvironment(int* argc, char*** argv);
    ~MpiEnvironment();
    MpiEnvironment(const MpiEnvironment&) = delete;
    MpiEnvironment& operator=(const MpiEnvironment&) = delete;
};

/// Half-open range of items [first, last).
struct ItemRange {
    std::size_t first = 0, last = 0;
    std::size_t size() const noexcept { return last - first; }
};

/// Owns a duplicate of an MPI communicator.
class Communicator {
  public:
    explicit Communicator(MPI_Comm parent = MPI_COMM_WORLD);
    /// The ranks of `parent` that pass the same `color`, ordered by rank. Collective.
    static Communicator split(const Communicator& parent, int color);
    ~Communicator();
    Communicator(Communicator&& other) noexcept;
    Communicator& operator=(Communicator&& other) noexcept;

    MPI_Comm handle() const noexcept { return comm_; }
    int rank() const noexcept { return rank_; }
    int size() const noexcept { return size_; }
    bool is_root() const noexcept { return rank_ == 0; }

    void barrier() const;
    double sum(double value) const;
    double min(double value) const;
    double max(double value) const;
    std::uint64_t sum(std::uint64_t value) const;
    bool any(bool value) const;
    bool all(bool value) const;
    /// Element by element over ranks, in place; integer sums are exact on any number of ranks.
    void sum_in_place(double* values, std::size_t count) const;
    void sum_in_place(std::uint64_t* values, std::size_t count) const;
    void sum_in_place(std::int64_t* values, std::size_t count) const;
    void broadcast(void* data, std::size_t bytes, int root = 0) const;
    std::string broadcast(std::string text, int root = 0) const;
    /// The bytes of every rank, in rank order, on every rank.
    std::vector<std::string> all_gather(const std::string& text) const;

    /// This rank's contiguous share of `count` items; earlier ranks take one more when it does not divide.
    ItemRange share(std::size_t count) const noexcept;

  private:
    struct Adopt {};
    Communicator(MPI_Comm owned, Adopt);
    MPI_Comm comm_ = MPI_COMM_NULL;
    int rank_ = 0, size_ = 1;
};

/// Marks an error that every rank has thrown together, so that one report serves for all.
class CollectiveError : public Error {
  public:
    using Error::Error;
};

/// Runs `work` on every rank; if it throws on any, every rank throws the message of the lowest failing rank
/// (CollectiveError with its exit code). Collective; `work` itself must not communicate after it can fail.
void collectively(const Communicator& comm, const std::function<void()>& work);
/// The same with `work` on rank 0 alone.
void on_root(const Communicator& comm, const std::function<void()>& work);

}  // namespace protolith
