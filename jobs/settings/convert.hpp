// Keys of `protolith convert`.
#pragma once

#include "base/deck/visitor.hpp"

#include <cstdint>
#include <string>

namespace protolith::jobs {

struct ConvertSettings {
    enum class Precision { float32, bfloat16 };

    static constexpr std::uint64_t seed = 0;  // nothing is drawn
    std::string weights, generator, critic, prefix = "main.";
    Precision precision = Precision::float32;

    void visit(deck::Visitor& v) {
        using deck::Key;
        v.entry(Key("weights")
                    .help("weights file of `protolith train`: becomes a safetensors file for each of its networks")
                    .input_path(),
                weights);
        v.entry(Key("generator")
                    .help("instead: safetensors file of a generator's state_dict; becomes a weights file")
                    .input_path(),
                generator);
        v.entry(Key("critic").help("with `generator`: that of its critic; may be left out").input_path(), critic);
        v.entry(Key("prefix").help(
                    "what stands before PyTorch's names; when reading it is found if only one could be meant"),
                prefix);
        v.choice(Key("precision").help("of the safetensors files that are written"), precision,
                 {{"float32", Precision::float32}, {"bfloat16", Precision::bfloat16}});
    }
};

}  // namespace protolith::jobs
