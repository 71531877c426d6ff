// Images of a call shared out to blocks of lanes, and blocks to threads.
#pragma once

#include "elastic/lanes/solve.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace protolith::elastic {

/// Blocks are made once and lent to whoever runs one.
template <class T>
class BlockPool {
  public:
    BlockPool(const LanePlan<T>& plan, BlockUse use, std::size_t steps) : plan_(plan), use_(use), steps_(steps) {}
    std::unique_ptr<LaneBlock<T>> take();
    void give(std::unique_ptr<LaneBlock<T>> block);

  private:
    const LanePlan<T>& plan_;
    BlockUse use_;
    std::size_t steps_;
    std::mutex lock_;
    std::vector<std::unique_ptr<LaneBlock<T>>> idle_;
};

template <class T>
class LaneBatch {
  public:
    explicit LaneBatch(const HomogeniserSettings& settings);

    const LanePlan<T>& plan() const noexcept { return plan_; }
    /// As Homogeniser's functions of these names.
    Convergence tensors(const T* images, std::size_t count, T* tensors);
    Convergence gradient(const T* images, std::size_t count, const typename Homogeniser<T>::Source& source, T* tensors,
                         T* gradients);

  private:
    /// First load case of a block and how many lanes it uses; load case i belongs to image i / 3.
    struct Cases {
        std::size_t first, count;
    };
    LaneHistory<T> load_and_solve(LaneBlock<T>& block, const T* images, Cases cases) const;
    void write_tensors(const T* fields, std::size_t images, T* tensors) const;
    LaneHistory<T> gradient_of(LaneBlock<T>& block, const T* images, Cases cases,
                               const typename Homogeniser<T>::Source& source, T* tensors, T* gradients) const;
    void differentiate_points(LaneBlock<T>& block, Cases cases, const typename Homogeniser<T>::Source& source,
                              T* tensors) const;

    HomogeniserSettings settings_;
    LanePlan<T> plan_;
    BlockPool<T> forward_, backward_;
};

extern template class LaneBatch<float>;
extern template class LaneBatch<double>;

}  // namespace protolith::elastic
