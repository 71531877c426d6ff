// The populations of a pack whose directions are not each one run: gathered from its pieces and the sites' own slots,
// and scattered back to them. Compiled once per SIMD target.
#include "flow/pack_addresses.hpp"
#include "flow/some_lanes-inl.hpp"
#include "flow/unroll.hpp"

#if defined(PROTOLITH_FLOW_LISTED_PACK_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_FLOW_LISTED_PACK_INL
#undef PROTOLITH_FLOW_LISTED_PACK_INL
#else
#define PROTOLITH_FLOW_LISTED_PACK_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace protolith::flow {
namespace HWY_NAMESPACE {

template <class T>
struct MaskType;
template <>
struct MaskType<double> {
    typedef std::uint8_t M __attribute__((may_alias));
};
template <>
struct MaskType<float> {
    typedef std::uint16_t M __attribute__((may_alias));
};

/// A pack of K pieces a direction.
template <int K, class T>
struct Listed {
    using M = typename MaskType<T>::M;
    static constexpr std::uint32_t all = (1u << pack_lanes<T>)-1;
    T* populations;
    T* own;  // of direction 0
    std::size_t stride;
    const std::int32_t* bases;
    const M* masks;

    Listed(const Lattice<T>& lattice, std::size_t site, const std::int32_t* words)
        : populations(lattice.populations),
          own(lattice.populations + site),
          stride(lattice.stride),
          bases(words),
          masks(reinterpret_cast<const M*>(words + K * links)) {}

    HWY_INLINE std::uint32_t of_own(int d) const {
        std::uint32_t taken = 0;
        for (int k = 0; k < K; ++k) taken |= masks[k * links + d];
        return all & ~taken;
    }
    HWY_INLINE Pack<T> load(int d) const {
        Pack<T> f = load_some(of_own(d), own + static_cast<std::size_t>(d + 1) * stride);
        PROTOLITH_UNROLL(4)
        for (int k = 0; k < K; ++k) {
            const Pack<T> piece = load_some(masks[k * links + d], populations + bases[k * links + d]);
            f = reinterpret_cast<Pack<T>>(reinterpret_cast<Bits>(f) | reinterpret_cast<Bits>(piece));
        }
        return f;
    }
    HWY_INLINE void store(int d, const Pack<T>& f) const {
        store_some(f, of_own(d), own + static_cast<std::size_t>(d + 1) * stride);
        PROTOLITH_UNROLL(4)
        for (int k = 0; k < K; ++k) store_some(f, masks[k * links + d], populations + bases[k * links + d]);
    }

  private:
    typedef std::int64_t Bits __attribute__((vector_size(64), may_alias));
};

/// Every lane by itself.
template <class T>
struct EachLane {
    T* populations;
    const std::int32_t* at;
    EachLane(const Lattice<T>& lattice, std::size_t, const std::int32_t* words)
        : populations(lattice.populations), at(words) {}
    HWY_INLINE Pack<T> load(int d) const {
        Pack<T> f;
        for (std::size_t l = 0; l < pack_lanes<T>; ++l)
            f[l] = populations[at[static_cast<std::size_t>(d) * pack_lanes<T> + l]];
        return f;
    }
    HWY_INLINE void store(int d, const Pack<T>& f) const {
        for (std::size_t l = 0; l < pack_lanes<T>; ++l)
            populations[at[static_cast<std::size_t>(d) * pack_lanes<T> + l]] = f[l];
    }
};

template <class List, class T>
HWY_NOINLINE void gather_by(const Lattice<T>& lattice, std::size_t site, const std::int32_t* words, Pack<T>* f) {
    const List list(lattice, site, words);
    PROTOLITH_UNROLL(18)
    for (int d = 0; d < links; ++d) f[d + 1] = list.load(d);
}
template <class List, class T>
HWY_NOINLINE void scatter_by(const Lattice<T>& lattice, std::size_t site, const std::int32_t* words, const Pack<T>* f) {
    const List list(lattice, site, words);
    PROTOLITH_UNROLL(18)
    for (int d = 0; d < links; ++d) list.store(d, f[opposite(d + 1)]);
}

/// f[1 … 18] of the pack that begins at `site`.
template <class T>
HWY_INLINE void gather(const Lattice<T>& lattice, int kind, std::size_t site, const std::int32_t* words, Pack<T>* f) {
    switch (kind) {
        case 1:
            return gather_by<Listed<1, T>>(lattice, site, words, f);
        case 2:
            return gather_by<Listed<2, T>>(lattice, site, words, f);
        case 3:
            return gather_by<Listed<3, T>>(lattice, site, words, f);
        case 4:
            return gather_by<Listed<4, T>>(lattice, site, words, f);
        default:
            return gather_by<EachLane<T>>(lattice, site, words, f);
    }
}
/// What leaves in each direction to where its opposite came from.
template <class T>
HWY_INLINE void scatter(const Lattice<T>& lattice, int kind, std::size_t site, const std::int32_t* words,
                        const Pack<T>* f) {
    switch (kind) {
        case 1:
            return scatter_by<Listed<1, T>>(lattice, site, words, f);
        case 2:
            return scatter_by<Listed<2, T>>(lattice, site, words, f);
        case 3:
            return scatter_by<Listed<3, T>>(lattice, site, words, f);
        case 4:
            return scatter_by<Listed<4, T>>(lattice, site, words, f);
        default:
            return scatter_by<EachLane<T>>(lattice, site, words, f);
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace protolith::flow
HWY_AFTER_NAMESPACE();

#endif
