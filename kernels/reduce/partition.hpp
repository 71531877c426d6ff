// How the rows of groups are cut into the parts that threads sum: by the sizes alone, so that the order of additions
// does not depend on the number of threads.
#pragma once

#include "reduce/groups.hpp"

#include <algorithm>

namespace protolith::kernels {

struct Partition {
    explicit Partition(const Groups& groups)
        : part_rows(std::max<std::int64_t>(1, part_elements / std::max<std::int64_t>(groups.channels, 1))),
          parts(std::max<std::int64_t>(1, (groups.rows + part_rows - 1) / part_rows)),
          tasks(groups.outer * parts),
          grain(std::max<std::int64_t>(
              1, 16384 / std::max<std::int64_t>(1, std::min(groups.rows, part_rows) * groups.channels))) {}

    static constexpr std::int64_t part_elements = 65536;

    std::int64_t part_rows;  // rows of a part; the last one may have fewer
    std::int64_t parts;      // of each outer index
    std::int64_t tasks;      // task = outer index · parts + part
    std::int64_t grain;      // tasks that are worth a thread
};

}  // namespace protolith::kernels
