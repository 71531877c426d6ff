// The engines of the stand-in: what each can compute, what it notes, and what workspace it wants. The support follows
// the reference's rules for tensor-core convolutions: channels and addresses in multiples of 16 bytes, one padding for
// both sides. Among them are such as a careful caller must pass over.
#include "standin/cudnn/descriptor.hpp"

#include <utility>

namespace standin::cudnn {
namespace {

Support support_now;
std::vector<std::string> runs;
int plans = 0;

bool even_padding(const Problem& p) { return p.before == p.behind; }

bool channels_in(const Problem& p, std::int64_t multiple) { return p.w[0] % multiple == 0 && p.w[1] % multiple == 0; }

bool weight_gradient(const Problem& p) {
    return p.operation == CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR;
}

bool all_are(const Problem& p, cudnnDataType_t type) {
    return p.x_type == type && p.w_type == type && p.y_type == type;
}

bool serves_float(const Problem& p) { return even_padding(p) && all_are(p, CUDNN_DATA_FLOAT) && p.alignment >= 4; }

bool serves_tf32(const Problem& p) { return serves_float(p) && channels_in(p, 4) && p.alignment >= 16; }

bool serves_bfloat16(const Problem& p) {
    const bool mixed = weight_gradient(p) && support_now.float32_gradient_of_bfloat16 &&
                       p.x_type == CUDNN_DATA_BFLOAT16 && p.y_type == CUDNN_DATA_BFLOAT16 &&
                       p.w_type == CUDNN_DATA_FLOAT;
    if (!even_padding(p) || !(all_are(p, CUDNN_DATA_BFLOAT16) || mixed)) return false;
    return support_now.any_channels_in_bfloat16 || (channels_in(p, 8) && p.alignment >= 16);
}

bool serves_gradients(const Problem& p) { return weight_gradient(p) && (serves_bfloat16(p) || serves_float(p)); }

std::int64_t little(const Problem& p) { return 256 + 4 * p.w[0] * p.w[1]; }
std::int64_t none(const Problem& /*problem*/) { return 0; }
std::int64_t too_much(const Problem& /*problem*/) { return std::int64_t{1} << 40; }

const std::vector<Engine>& by_promise() {
    static const std::vector<Engine> all = {
        {"for another device", {CUDNN_NUMERICAL_NOTE_TENSOR_CORE}, false, little, serves_bfloat16},
        {"not built here", {}, false, little, serves_float},
        {"atomic sums", {CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC}, true, little, serves_gradients},
        {"sums in bfloat16", {CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION}, true, little, serves_bfloat16},
        {"half operands", {CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS}, true, little, serves_float},
        {"large workspace", {}, true, too_much, serves_float},
        {"tf32", {CUDNN_NUMERICAL_NOTE_TENSOR_CORE}, true, little, serves_tf32},
        {"bfloat16", {CUDNN_NUMERICAL_NOTE_TENSOR_CORE}, true, little, serves_bfloat16},
    };
    return all;
}

const std::vector<Engine>& fallback() {
    static const std::vector<Engine> all = {{"float32", {}, true, none, serves_float}};
    return all;
}

}  // namespace

void set_support(const Support& support) { support_now = support; }

std::vector<std::string> engines_run() { return std::exchange(runs, {}); }

void note_plan() { ++plans; }

int plans_made() { return plans; }

void note_run(const Engine& engine) { runs.emplace_back(engine.name); }

std::vector<const Engine*> engines_for(const Problem& problem, cudnnBackendHeurMode_t mode) {
    std::vector<const Engine*> found;
    if (!support_now.convolutions) return found;
    for (const Engine& engine : mode == CUDNN_HEUR_MODE_FALLBACK ? fallback() : by_promise())
        if (engine.serves(problem)) found.push_back(&engine);
    return found;
}

}  // namespace standin::cudnn
