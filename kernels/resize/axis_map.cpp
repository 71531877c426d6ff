#include "resize/axis_map.hpp"

#include "queue/queue.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace protolith::kernels {
namespace {

struct Tap {
    std::int64_t index;
    double weight;
};

/// The taps of one place of the output.
std::vector<Tap> taps_of(const AxisMap& map, std::int64_t o) {
    switch (map.rule) {
        case AxisRule::nearest:
            return {{o * map.in / map.out, 1.0}};
        case AxisRule::linear: {
            const double scale = static_cast<double>(map.in) / static_cast<double>(map.out);
            const double place = std::max(0.0, (static_cast<double>(o) + 0.5) * scale - 0.5);
            const std::int64_t low = std::min(static_cast<std::int64_t>(place), map.in - 1);
            const double fraction = place - static_cast<double>(low);
            if (low + 1 >= map.in || fraction == 0.0) return {{low, 1.0}};
            return {{low, 1.0 - fraction}, {low + 1, fraction}};
        }
        case AxisRule::average: {
            std::vector<Tap> taps;
            const std::int64_t first = o * map.stride - map.pad;
            for (std::int64_t i = std::max<std::int64_t>(first, 0); i < std::min(first + map.window, map.in); ++i)
                taps.push_back({i, 1.0 / static_cast<double>(map.window)});
            return taps;
        }
        case AxisRule::reflect: {
            std::int64_t i = o - map.pad;
            if (i < 0) i = -i;
            if (i >= map.in) i = 2 * (map.in - 1) - i;
            return {{i, 1.0}};
        }
    }
    return {};
}

struct Tables {
    explicit Tables(Queue&) {}
    std::map<std::pair<AxisMap, bool>, AxisTable> made;
};

}  // namespace

AxisTable make_table(const AxisMap& map, bool transposed) {
    std::vector<std::vector<Tap>> rows(static_cast<std::size_t>(transposed ? map.in : map.out));
    for (std::int64_t o = 0; o < map.out; ++o)
        for (const Tap& tap : taps_of(map, o)) {
            if (transposed)
                rows[static_cast<std::size_t>(tap.index)].push_back({o, tap.weight});
            else
                rows[static_cast<std::size_t>(o)].push_back(tap);
        }
    AxisTable table;
    table.in = transposed ? map.out : map.in;
    table.out = transposed ? map.in : map.out;
    table.start.push_back(0);
    for (const auto& row : rows) {
        for (const Tap& tap : row) {
            table.index.push_back(static_cast<std::int32_t>(tap.index));
            table.weight.push_back(tap.weight);
        }
        table.start.push_back(static_cast<std::int32_t>(table.index.size()));
        table.copies = table.copies && row.size() == 1 && row.front().weight == 1.0;
        table.most = std::max(table.most, static_cast<int>(row.size()));
    }
    return table;
}

const AxisTable& table_of(Queue& queue, const AxisMap& map, bool transposed) {
    auto& made = queue.state<Tables>().made;
    const std::pair key{map, transposed};
    auto it = made.find(key);
    if (it == made.end()) it = made.emplace(key, make_table(map, transposed)).first;
    return it->second;
}

}  // namespace protolith::kernels
