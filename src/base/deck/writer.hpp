// The resolved deck and the help text, written from the same description of the keys that the reader uses.
#pragma once

#include "base/deck/visitor.hpp"

#include <string>

namespace protolith::deck {

/// The complete deck with every key, its present value and a comment; reads back to the same settings.
std::string resolved_from(const std::function<void(Visitor&)>& visit);
template <class Settings>
std::string resolved(Settings settings) {
    return resolved_from([&](Visitor& v) { settings.visit(v); });
}

/// The table of keys for `protolith help JOB`: name, default, range, unit, help, source.
std::string help_from(const std::function<void(Visitor&)>& visit);
template <class Settings>
std::string help(Settings settings) {
    return help_from([&](Visitor& v) { settings.visit(v); });
}

}  // namespace protolith::deck
