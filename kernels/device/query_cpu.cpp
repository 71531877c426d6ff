#include "device/query.hpp"

namespace protolith::kernels {

DeviceQuery query_device() {
#ifdef PROTOLITH_CUDA
    return cuda::query_device();
#else
    DeviceQuery none;
    none.reason = "this build has no CUDA backend (configure with the preset 'cuda')";
    return none;
#endif
}

}  // namespace protolith::kernels
