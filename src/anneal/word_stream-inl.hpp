// The words of a RandomStream, the same in the same order, computed many at once: Philox4x32-10 (Salmon et al. 2011,
// SC'11) with one block of the counter per 64-bit lane.
#include "anneal/aligned.hpp"
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
    using V = hwy::HWY_NAMESPACE::Vec<Lanes64>;

    /// Low 32 bits of each lane times a constant: 64 bits.
    static HWY_INLINE V multiply(V a, std::uint32_t constant) {
        namespace hn = hwy::HWY_NAMESPACE;
        const hn::Repartition<std::uint32_t, Lanes64> d32;
        return hn::MulEven(hn::BitCast(d32, a), hn::Set(d32, constant));
    }

    HWY_NOINLINE void refill() {
        namespace hn = hwy::HWY_NAMESPACE;
        const Lanes64 d;
        const auto key = stream_.key();
        for (std::size_t b = 0; b < kBlocks; b += hn::Lanes(d)) {
            const V block = hn::Iota(d, next_block_ + b);
            // Only the low 32 bits of a lane count; what lies above is not cleared before the end.
            V c0 = block, c1 = hn::ShiftRight<32>(block), c2 = hn::Set(d, stream_.purpose()),
              c3 = hn::Set(d, stream_.item());
            std::uint32_t k0 = key[0], k1 = key[1];
            for (int round = 0; round < 10; ++round) {
                const V p0 = multiply(c0, 0xD2511F53u), p1 = multiply(c2, 0xCD9E8D57u);
                c0 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p1), c1), hn::Set(d, k0));
                c1 = p1;
                c2 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p0), c3), hn::Set(d, k1));
                c3 = p0;
                k0 += 0x9E3779B9u;
                k1 += 0xBB67AE85u;
            }
            const V low = hn::Set(d, 0xffffffffu);
            const V even = hn::Or(hn::And(c0, low), hn::ShiftLeft<32>(c1));
            const V odd = hn::Or(hn::And(c2, low), hn::ShiftLeft<32>(c3));
            hn::StoreInterleaved2(even, odd, d, &words_[2 * b]);
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
