// "Did you mean": the nearest of some names by edit distance.
#pragma once

#include <string>
#include <vector>

namespace protolith::deck {

/// The name nearest to `word` (Damerau–Levenshtein, letter case and '_' against '-' for free), or empty if none is near
/// (more than about a third of the letters wrong and neither contains the other).
std::string nearest(const std::string& word, const std::vector<std::string>& names);

/// "; did you mean 'NAME'?" or empty.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& names);

}  // namespace protolith::deck
