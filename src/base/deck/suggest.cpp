#include "base/deck/suggest.hpp"

#include <algorithm>
#include <cctype>

namespace protolith::deck {

namespace {
std::string folded(std::string word) {
    for (char& c : word) c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return word;
}

std::size_t edit_distance(const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}
}  // namespace

std::string nearest(const std::string& word, const std::vector<std::string>& names) {
    const std::string wanted = folded(word);
    std::string best;
    std::size_t best_distance = wanted.size();
    for (const auto& name : names) {
        const std::string candidate = folded(name);
        std::size_t distance = edit_distance(wanted, candidate);
        const bool part = wanted.size() >= 3 &&
                          (candidate.find(wanted) != std::string::npos || wanted.find(candidate) != std::string::npos);
        if (part) distance = std::min<std::size_t>(distance, 2);
        if (distance < best_distance &&
            distance <= std::max<std::size_t>(2, std::max(wanted.size(), candidate.size()) * 2 / 5)) {
            best = name;
            best_distance = distance;
        }
    }
    return best;
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& names) {
    const std::string name = nearest(word, names);
    return name.empty() ? "" : "; did you mean '" + name + "'?";
}

}  // namespace protolith::deck
