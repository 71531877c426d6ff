// The stand-in for cuBLASLt, for tests: products of matrices by columns. Arguments are checked as the real library
// does; the sums are done by the host.
#pragma once

namespace standin::cublaslt {

/// false: the heuristics find no algorithm for anything.
void set_available(bool available);

}  // namespace standin::cublaslt
