// The words of a RandomStream, the same in the same order, computed many at once.
#include "anneal/aligned.hpp"
#include "base/philox-inl.hpp"
#include "base/random.hpp"
#include "hwy/highway.h"

#include <cstdint>

#if defined(PROTOLITH_ANNEAL_WORD_STREAM_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_ANNEAL_WORD_STREAM_INL
#undef PROTOLITH_ANNEAL_WORD_STREAM_INL
#else
#define PROTOLITH_ANNEAL_WORD_STREAM_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace protolith::anneal {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

class WordStream {
  public:
    explicit WordStream(RandomStream& stream) : stream_(stream) {}
    std::uint64_t bits() { return stream_.bits(); }

  private:
    RandomStream& stream_;
};

#else

/// Continues a stream at its position and, when it ends, moves the stream to where it has come.
class WordStream {
  public:
    explicit WordStream(RandomStream& stream)
        : stream_(stream), next_block_(stream.position() / 2), words_(2 * kBlocks), at_(words_.size()) {
        if (stream.position() % 2 == 1) {
            refill();
            ++at_;
        }
    }
    ~WordStream() { stream_.seek(2 * next_block_ - (words_.size() - at_)); }
    WordStream(const WordStream&) = delete;
    WordStream& operator=(const WordStream&) = delete;

    HWY_INLINE std::uint64_t bits() {
        if (HWY_UNLIKELY(at_ == words_.size())) refill();
        return words_[at_++];
    }

  private:
    static constexpr std::size_t kBlocks = 128;
    using Lanes64 = hwy::HWY_NAMESPACE::ScalableTag<std::uint64_t>;

    HWY_NOINLINE void refill() {
        namespace hn = hwy::HWY_NAMESPACE;
        const Lanes64 d;
        for (std::size_t b = 0; b < kBlocks; b += hn::Lanes(d)) {
            const auto words = protolith::HWY_NAMESPACE::philox_words(d, hn::Iota(d, next_block_ + b), stream_.key(),
                                                                      stream_.purpose(), hn::Set(d, stream_.item()));
            hn::StoreInterleaved2(words.even, words.odd, d, &words_[2 * b]);
        }
        next_block_ += kBlocks;
        at_ = 0;
    }

    RandomStream& stream_;
    std::uint64_t next_block_;  // of the counter
    AlignedVector<std::uint64_t> words_;
    std::size_t at_;
};

#endif

// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace HWY_NAMESPACE
}  // namespace protolith::anneal
HWY_AFTER_NAMESPACE();
#endif
