// The trilinear form summed as it is written, in double: the tests' reference, and the double precision itself.
#pragma once

#include "convolution/convolution.hpp"

namespace protolith::kernels::cpu {

void reference_convolve(const ConvolutionGeometry& geometry, const double* x, const double* w, double* y,
                        Epilogue<double> epilogue);
void reference_convolve_data(const ConvolutionGeometry& geometry, const double* y, const double* w, double* x,
                             Epilogue<double> epilogue);
void reference_convolve_weights(const ConvolutionGeometry& geometry, const double* x, const double* y, double* w);

}  // namespace protolith::kernels::cpu
