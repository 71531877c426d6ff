#include "parallel/gradient_mean.hpp"

#include "pointwise/map.hpp"

namespace protolith::parallel {

std::vector<BucketPlan> plan_buckets(std::span<const Tensor> parameters, std::size_t bytes) {
    std::vector<BucketPlan> plans;
    for (std::size_t i = parameters.size(); i-- > 0;) {
        const DataType type = parameters[i].type();
        const bool full =
            !plans.empty() &&
            static_cast<std::size_t>(plans.back().elements) * kernels::size_of(plans.back().type) >= bytes;
        if (plans.empty() || full || plans.back().type != type) plans.push_back({type, 0, {}});
        auto& plan = plans.back();
        plan.members.push_back({i, plan.elements});
        plan.elements += parameters[i].elements();
    }
    return plans;
}

GradientMean::GradientMean(const Exchange& exchange, std::vector<Tensor> parameters, std::size_t bucket_bytes)
    : exchange_(exchange), parameters_(std::move(parameters)), place_(parameters_.size()) {
    if (exchange_.size() > 1) plans_ = plan_buckets(parameters_, bucket_bytes);
    for (std::size_t b = 0; b < plans_.size(); ++b)
        for (const auto& member : plans_[b].members) place_[member.parameter] = {b, member.offset};
    reset();
}

void GradientMean::reset() {
    results_.assign(parameters_.size(), Tensor());
    buckets_.clear();
    buckets_.resize(plans_.size());
    for (std::size_t b = 0; b < plans_.size(); ++b) buckets_[b].missing = plans_[b].members.size();
    started_ = 0;
}

void GradientMean::add(std::size_t parameter, const Tensor& gradient) {
    const Tensor& like = parameters_.at(parameter);
    require(gradient.shape() == like.shape() && gradient.type() == like.type(),
            "a gradient {} {} for parameter {} of {} {}", name_of(gradient.type()), gradient.shape().text(), parameter,
            name_of(like.type()), like.shape().text());
    require(!results_[parameter], "the gradient of parameter {} came twice", parameter);
    if (exchange_.size() == 1) {
        results_[parameter] = gradient;
        return;
    }
    const auto [b, offset] = place_[parameter];
    auto& bucket = buckets_[b];
    if (!bucket.elements) bucket.elements = Tensor(gradient.queue(), {plans_[b].elements}, plans_[b].type);
    const Tensor part = bucket.elements.rows(offset, offset + gradient.elements()).reshaped(gradient.shape());
    // each rank sends its share of the mean, so that the sum is the mean
    with_accumulator_type(gradient.type(), [&]<class T>(T) {
        PROTOLITH_LAUNCH(gradient.queue(), map(gradient.queue(), kernels::formula::Scale{1.0 / exchange_.size()},
                                               gradient.data<T>(), part.data<T>(), part.elements()));
    });
    part.changed();
    results_[parameter] = part;
    --bucket.missing;
    start_full_buckets();
}

void GradientMean::start_full_buckets() {
    // collectives are matched by the order of their start, so buckets start in theirs, whichever is full first
    for (; started_ < buckets_.size() && buckets_[started_].missing == 0; ++started_)
        buckets_[started_].sum = exchange_.sum(buckets_[started_].elements);
    for (std::size_t b = 0; b < started_; ++b) buckets_[b].sum.poll();
}

std::vector<Tensor> GradientMean::finish() {
    for (std::size_t i = 0; i < results_.size(); ++i)
        require(static_cast<bool>(results_[i]), "the gradient of parameter {} did not come", i);
    for (auto& bucket : buckets_) bucket.sum.wait();
    auto means = std::move(results_);
    reset();
    return means;
}

}  // namespace protolith::parallel
