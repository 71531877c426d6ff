// Means of gradients over ranks, taken while the backward that makes them goes on (Li et al. 2020, PyTorch Distributed,
// VLDB 13, 3005): gradients are packed into buckets of a few MiB, last parameters first, and a full bucket is sent off.
#pragma once

#include "parallel/exchange.hpp"

#include <span>
#include <vector>

namespace protolith::parallel {

/// One bucket's parameters, and where each lies in it.
struct BucketPlan {
    struct Member {
        std::size_t parameter;
        std::int64_t offset;  // in elements
    };
    DataType type = DataType::float32;
    std::int64_t elements = 0;
    std::vector<Member> members;
};

/// Buckets of at least `bytes` (but the last) of parameters in reverse order, the order in which a backward meets them.
/// A bucket holds one element type.
std::vector<BucketPlan> plan_buckets(std::span<const Tensor> parameters, std::size_t bytes);

class GradientMean {
  public:
    static constexpr std::size_t default_bucket_bytes = std::size_t{4} << 20;

    /// For the gradients of these parameters; the same on every rank. The exchange must outlive this object.
    GradientMean(const Exchange& exchange, std::vector<Tensor> parameters,
                 std::size_t bucket_bytes = default_bucket_bytes);

    /// Takes the gradient of parameter i, starts what can be started and lets the rest make progress. Each parameter
    /// once, in any order. With one rank the gradient is only kept.
    void add(std::size_t parameter, const Tensor& gradient);
    /// Waits for the means: one for each parameter, in their order. Ready for the next backward then. On GPUs, throws
    /// where a rank is gone. Collective.
    std::vector<Tensor> finish();

  private:
    struct Bucket {
        Tensor elements;
        std::size_t missing = 0;
        SumInFlight sum;
    };
    void start_full_buckets();
    void reset();

    const Exchange& exchange_;
    std::vector<Tensor> parameters_;
    std::vector<BucketPlan> plans_;
    std::vector<BucketPlan::Member> place_;  // of each parameter; `parameter` is its bucket
    std::vector<Bucket> buckets_;
    std::vector<Tensor> results_;
    std::size_t started_ = 0;
};

}  // namespace protolith::parallel
