#include "sampling/moments.hpp"

#include <algorithm>

namespace protolith::sampling {

namespace {

/// Rows of numbers of all ladders on every rank, from those that each rank has written for its own.
class OfLadders {
  public:
    OfLadders(const Samples& samples, std::size_t width) : samples_(samples), width_(width) {
        rows_.resize(samples.ladders() * width);
    }
    double* row(std::size_t ladder) { return &rows_[ladder * width_]; }
    /// Collective: where one rank has numbers the others have zeros, so nothing is rounded.
    void share() { samples_.communicator().sum_in_place(rows_.data(), rows_.size()); }
    /// Sum over ladders, in their order.
    std::vector<double> sum() const {
        std::vector<double> total(width_);
        for (std::size_t k = 0; k < rows_.size(); ++k) total[k % width_] += rows_[k];
        return total;
    }

  private:
    const Samples& samples_;
    std::size_t width_;
    std::vector<double> rows_;
};

template <class Work>
void for_each_draw(const Samples& s, const Work& work) {
    for (std::size_t ladder = s.mine().first; ladder < s.mine().last; ++ladder)
        for (std::size_t draw = s.burn_in_draws(); draw < s.draws(); ++draw) work(ladder, draw);
}

std::vector<double> mean_of(const Samples& s, double count) {
    OfLadders sums(s, s.dimensions());
    for_each_draw(s, [&](std::size_t ladder, std::size_t draw) {
        const auto z = s.state(ladder, draw);
        double* sum = sums.row(ladder);
        for (std::size_t i = 0; i < z.size(); ++i) sum[i] += z[i];
    });
    sums.share();
    std::vector<double> mean = sums.sum();
    for (double& value : mean) value /= count;
    return mean;
}

std::vector<double> covariance_of(const Samples& s, const std::vector<double>& mean, double count) {
    const std::size_t d = s.dimensions();
    OfLadders sums(s, d * d);
    std::vector<double> z(d);
    for_each_draw(s, [&](std::size_t ladder, std::size_t draw) {
        std::transform(mean.begin(), mean.end(), s.state(ladder, draw).begin(), z.begin(),
                       [](double m, double x) { return x - m; });
        double* sum = sums.row(ladder);
        for (std::size_t i = 0; i < d; ++i)
            for (std::size_t j = 0; j < d; ++j) sum[i * d + j] += z[i] * z[j];
    });
    sums.share();
    std::vector<double> covariance = sums.sum();
    for (double& value : covariance) value /= count - 1;
    return covariance;
}

void find_mode(const Samples& s, Moments& result) {
    const std::size_t d = s.dimensions();
    OfLadders best(s, d + 2);  // of each ladder: log posterior, draw, state
    for_each_draw(s, [&](std::size_t ladder, std::size_t draw) {
        double* row = best.row(ladder);
        const double here = s.log_posterior(ladder, draw);
        if (draw > s.burn_in_draws() && !(here > row[0])) return;
        row[0] = here;
        row[1] = static_cast<double>(draw - s.burn_in_draws());
        const auto z = s.state(ladder, draw);
        std::copy(z.begin(), z.end(), row + 2);
    });
    best.share();
    for (std::size_t ladder = 0; ladder < s.ladders(); ++ladder) {
        const double* row = best.row(ladder);
        if (ladder > 0 && !(row[0] > result.log_posterior_of_mode)) continue;
        result.log_posterior_of_mode = row[0];
        result.ladder_of_mode = ladder;
        result.draw_of_mode = static_cast<std::size_t>(row[1]);
        result.mode.assign(row + 2, row + 2 + d);
    }
}

}  // namespace

Moments moments(const Samples& s) {
    require(s.draws() > s.burn_in_draws(), "no draw after the burn-in: {} draws, {} of the burn-in", s.draws(),
            s.burn_in_draws());
    const auto count = static_cast<double>(s.ladders() * (s.draws() - s.burn_in_draws()));
    Moments result;
    result.mean = mean_of(s, count);
    result.covariance = covariance_of(s, result.mean, count);
    find_mode(s, result);
    return result;
}

}  // namespace protolith::sampling
