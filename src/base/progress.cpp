#include "base/progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace protolith {

std::string si(double value) {
    const double a = std::abs(value);
    if (a >= 1e9) return fmt::format("{:.1f} G", value / 1e9);
    if (a >= 1e6) return fmt::format("{:.1f} M", value / 1e6);
    if (a >= 1e4) return fmt::format("{:.1f} k", value / 1e3);
    if (a >= 100 || value == std::round(value)) return fmt::format("{:.0f}", value);
    return fmt::format("{:.3g}", value);
}

Progress::Progress(const Logger& log, std::string title, double total, std::string unit, double interval)
    : log_(log), title_(std::move(title)), unit_(std::move(unit)), total_(total), interval_(interval) {}

Progress::~Progress() {
    if (drawn_) {
        std::fputs("\r\033[K", stdout);
        std::fflush(stdout);
    }
}

std::string Progress::line(double done, const std::string& detail) const {
    const double elapsed = clock_.seconds(), rate = elapsed > 0 ? (done - first_done_) / elapsed : 0;
    std::string text = fmt::format("{} {:3.0f} %", title_, total_ > 0 ? 100 * done / total_ : 100.0);
    if (log_.on_terminal()) {
        constexpr int width = 24;
        const int full = static_cast<int>(std::clamp(total_ > 0 ? done / total_ : 1.0, 0.0, 1.0) * width);
        text += " [";
        for (int i = 0; i < width; ++i) text += i < full ? "█" : "·";
        text += "]";
    }
    text += fmt::format(" {} of {} {}", si(done), si(total_), unit_);
    if (rate > 0) {
        text += fmt::format(", {} {}/s", si(rate), unit_);
        if (done < total_) text += fmt::format(", {} left", readable_duration((total_ - done) / rate));
    }
    return detail.empty() ? text : text + ", " + detail;
}

void Progress::update(double done, const std::string& detail) {
    if (!log_.speaks()) return;
    if (first_done_ < 0) first_done_ = done;
    const double now = clock_.seconds();
    if (log_.on_terminal()) {
        if (drawn_ && now - last_ < 0.1 && done < total_) return;
        const std::string text = line(done, detail);
        std::fputs(("\r" + text + "\033[K").c_str(), stdout);
        std::fflush(stdout);
        drawn_ = true;
        last_ = now;
    } else if (now - last_ >= interval_) {
        log_.info("{}", line(done, detail));
        last_ = now;
    }
}

}  // namespace protolith
