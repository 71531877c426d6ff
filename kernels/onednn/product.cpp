#include "onednn/product.hpp"

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <unordered_map>

#include <dnnl.hpp>
#include <omp.h>

namespace protolith::kernels::cpu::onednn {
namespace {

using dnnl::memory;
using Desc = memory::desc;

memory::data_type type_of(DataType type) {
    return type == DataType::bfloat16 ? memory::data_type::bf16 : memory::data_type::f32;
}

/// (batch, rows, columns) of stored rows, or of their transpose.
Desc matrix(std::int64_t batch, std::int64_t rows, std::int64_t columns, bool transposed, memory::data_type type) {
    const memory::dims strides =
        transposed ? memory::dims{rows * columns, 1, rows} : memory::dims{rows * columns, columns, 1};
    if (batch == 1) return {{rows, columns}, type, memory::dims(strides.begin() + 1, strides.end())};
    return {{batch, rows, columns}, type, strides};
}

struct Primitive {
    dnnl::matmul::primitive_desc description;
    dnnl::matmul run;
};

/// What the topic keeps in a queue.
struct Library {
    explicit Library(Queue&) : engine(dnnl::engine::kind::cpu, 0), stream(engine) {}

    dnnl::engine engine;
    dnnl::stream stream;
    std::map<Product, Primitive> products;
};

std::string describe(const Product& p) {
    const auto text = [](std::int64_t i) { return std::to_string(i); };
    return text(p.batch) + " x (" + text(p.m) + ", " + text(p.k) + ") (" + text(p.k) + ", " + text(p.n) + ") of " +
           (p.type == DataType::bfloat16  ? "bfloat16"
            : p.type == DataType::float32 ? "float32"
                                          : "float64");
}

Primitive make(Library& library, const Product& p) {
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    dnnl::post_ops after;
    if (p.accumulate) after.append_sum(1.0F);
    if (p.slope != 1) after.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, p.slope, 0.0F);
    attributes.set_post_ops(after);
    const Desc a = matrix(p.batch, p.m, p.k, p.transpose_a, type_of(p.type));
    const Desc c = matrix(p.batch, p.m, p.n, false, type_of(p.result));
    const memory::dims row = p.batch == 1 ? memory::dims{1, p.n} : memory::dims{1, 1, p.n};
    const memory::dims row_strides = p.batch == 1 ? memory::dims{p.n, 1} : memory::dims{p.n, p.n, 1};
    const Desc bias(row, memory::data_type::f32, row_strides);
    const Desc b = matrix(p.batch, p.k, p.n, p.transpose_b, type_of(p.type));
    const dnnl::matmul::desc wanted = p.bias ? dnnl::matmul::desc(a, b, bias, c) : dnnl::matmul::desc(a, b, c);
    Primitive made{{wanted, attributes, library.engine}, {}};
    made.run = dnnl::matmul(made.description);
    return made;
}

/// oneDNN plans a primitive for the threads that there are when it is made.
class Threads {
  public:
    explicit Threads(int count) : before_(omp_get_max_threads()) { omp_set_num_threads(count); }
    ~Threads() { omp_set_num_threads(before_); }
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;

  private:
    int before_;
};

Primitive& primitive(Queue& queue, Library& library, const Product& p) {
    const auto known = library.products.find(p);
    if (known != library.products.end()) return known->second;
    const Threads threads(p.on_one_thread ? 1 : queue.threads());
    try {
        return library.products.emplace(p, make(library, p)).first->second;
    } catch (const dnnl::error& error) {
        throw std::runtime_error("oneDNN cannot multiply " + describe(p) + ": " + error.what());
    }
}

}  // namespace

/// What one caller hands to the library.
struct ReadyProduct::Call {
    Call(Queue& queue, Library& shared, const Primitive& p, bool bias)
        : library(shared), run(p.run), scratch(queue, p.description.scratchpad_desc().get_size()) {
        const auto add = [&](int name, const Desc& desc, void* data) {
            arguments.emplace(name, memory(desc, library.engine, data));
        };
        add(DNNL_ARG_SRC, p.description.src_desc(), nullptr);
        add(DNNL_ARG_WEIGHTS, p.description.weights_desc(), nullptr);
        add(DNNL_ARG_DST, p.description.dst_desc(), nullptr);
        if (bias) add(DNNL_ARG_BIAS, p.description.bias_desc(), nullptr);
        add(DNNL_ARG_SCRATCHPAD, p.description.scratchpad_desc(), scratch.as<void>());
    }

    Library& library;
    const dnnl::matmul& run;
    Scratch scratch;
    std::unordered_map<int, memory> arguments;
};

ReadyProduct::ReadyProduct(Queue& queue, const Product& product, int callers) {
    auto& library = queue.state<Library>();
    const Primitive& p = primitive(queue, library, product);
    for (int i = 0; i < callers; ++i) calls_.push_back(std::make_unique<Call>(queue, library, p, product.bias));
}

ReadyProduct::~ReadyProduct() = default;

void ReadyProduct::operator()(const void* a, const void* b, void* c, const float* bias, int caller) {
    Call& call = *calls_[caller];
    const auto set = [&](int name, const void* data) {
        call.arguments.at(name).set_data_handle(const_cast<void*>(data));
    };
    set(DNNL_ARG_SRC, a);
    set(DNNL_ARG_WEIGHTS, b);
    set(DNNL_ARG_DST, c);
    if (call.arguments.contains(DNNL_ARG_BIAS)) set(DNNL_ARG_BIAS, bias);
    call.run.execute(call.library.stream, call.arguments);
    call.library.stream.wait();
}

void multiply(Queue& queue, const Product& product, const void* a, const void* b, void* c, const float* bias) {
    ReadyProduct(queue, product)(a, b, c, bias);
}

bool bfloat16_instructions() {
    return bfloat16_matrix_unit() || dnnl::get_effective_cpu_isa() == dnnl::cpu_isa::avx512_core_bf16;
}

bool bfloat16_matrix_unit() { return dnnl::get_effective_cpu_isa() == dnnl::cpu_isa::avx512_core_amx; }

}  // namespace protolith::kernels::cpu::onednn
