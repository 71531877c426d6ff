// What GPUs can do at most, as their maker states it, to compare with.
#pragma once

#include <algorithm>
#include <map>
#include <string>

namespace protolith::benchmarks {

/// Bytes/s of memory; operations/s of float32 without tensor cores, of TF32 and of bfloat16 with them (dense).
struct Peaks {
    double memory, float32, tf32, bfloat16;

    /// Of a precision: "float32", "tf32" or "bfloat16".
    double operations(const std::string& precision) const {
        return precision == "bfloat16" ? bfloat16 : precision == "tf32" ? tf32 : float32;
    }
    /// Seconds in which this can be done at best.
    double roofline(double bytes, double work, const std::string& precision) const {
        return std::max(bytes / memory, work / operations(precision));
    }
};

inline const std::map<std::string, Peaks> gpu_peaks{
    {"h100", {3.35e12, 66.9e12, 494.7e12, 989.4e12}},
    {"h200", {4.8e12, 66.9e12, 494.7e12, 989.4e12}},
    {"a100", {2.039e12, 19.5e12, 156e12, 312e12}},
};

}  // namespace protolith::benchmarks
