#include "anneal/state.hpp"

#include <cstring>

namespace protolith::anneal {

std::string_view to_string(Outcome outcome) {
    switch (outcome) {
        case Outcome::running:
            return "running";
        case Outcome::energy_reached:
            return "energy reached";
        case Outcome::stages_done:
            return "stages done";
        case Outcome::acceptance_low:
            return "acceptance low";
    }
    throw Error("an outcome of unknown kind");
}

namespace {
constexpr std::uint64_t magic = 0x3130534e4e41'5250ULL;  // first word of a packed state; changes with its layout

class Writer {
  public:
    template <class T>
    void put(const T& value) {
        const auto* at = reinterpret_cast<const std::byte*>(&value);
        bytes_.insert(bytes_.end(), at, at + sizeof value);
    }
    void put(const PhaseVolume& volume) {
        for (std::size_t side : {volume.extent().z, volume.extent().y, volume.extent().x}) put(std::uint64_t{side});
        for (std::size_t k = 0; k < volume.size(); k += 8) {
            unsigned bits = 0;
            for (std::size_t b = 0; b < 8 && k + b < volume.size(); ++b) bits |= unsigned{volume[k + b]} << b;
            bytes_.push_back(static_cast<std::byte>(bits));
        }
    }
    std::vector<std::byte> take() { return std::move(bytes_); }

  private:
    std::vector<std::byte> bytes_;
};

class Reader {
  public:
    explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}
    template <class T>
    T get() {
        T value;
        std::memcpy(&value, next(sizeof value), sizeof value);
        return value;
    }
    PhaseVolume get_volume() {
        const auto z = get<std::uint64_t>(), y = get<std::uint64_t>(), x = get<std::uint64_t>();
        const std::uint64_t most = 8 * std::uint64_t{bytes_.size()};
        require(z <= most && y <= most && x <= most && (y == 0 || z <= most / y) && (x == 0 || z * y <= most / x),
                "a saved state has a volume of {} × {} × {} voxels in {} bytes", z, y, x, bytes_.size());
        PhaseVolume volume(Extent{z, y, x});
        const std::byte* const bits = next((volume.size() + 7) / 8);
        for (std::size_t k = 0; k < volume.size(); ++k)
            volume[k] = static_cast<std::uint8_t>((static_cast<unsigned>(bits[k / 8]) >> (k % 8)) & 1u);
        return volume;
    }
    std::size_t left() const noexcept { return bytes_.size(); }

  private:
    const std::byte* next(std::size_t count) {
        require(count <= bytes_.size(), "a saved state ends {} bytes too early", count - bytes_.size());
        const std::byte* at = bytes_.data();
        bytes_ = bytes_.subspan(count);
        return at;
    }
    std::span<const std::byte> bytes_;
};
}  // namespace

std::vector<std::byte> pack(const State& s) {
    Writer out;
    out.put(magic);
    out.put(s.item);
    out.put(s.outcome);
    out.put(s.level);
    out.put(s.stage);
    out.put(s.temperature);
    out.put(s.random_position);
    out.put(s.energy);
    out.put(s.best_energy);
    out.put(s.volume);
    out.put(s.best);
    out.put(std::uint64_t{s.history.size()});
    for (const StageRecord& record : s.history) out.put(record);
    return out.take();
}

State unpack(std::span<const std::byte> bytes) {
    Reader in(bytes);
    require(in.get<std::uint64_t>() == magic, "a saved state of {} bytes does not begin as one", bytes.size());
    State s;
    s.item = in.get<std::uint32_t>();
    s.outcome = in.get<Outcome>();
    require(s.outcome <= Outcome::acceptance_low, "a saved state has the outcome {}",
            static_cast<std::uint32_t>(s.outcome));
    s.level = in.get<std::uint32_t>();
    s.stage = in.get<std::uint32_t>();
    s.temperature = in.get<double>();
    s.random_position = in.get<std::uint64_t>();
    s.energy = in.get<double>();
    s.best_energy = in.get<double>();
    s.volume = in.get_volume();
    s.best = in.get_volume();
    const auto records = in.get<std::uint64_t>();
    require(in.left() == records * sizeof(StageRecord), "a saved state with {} stages has {} bytes for them", records,
            in.left());
    for (std::uint64_t k = 0; k < records; ++k) s.history.push_back(in.get<StageRecord>());
    return s;
}

}  // namespace protolith::anneal
