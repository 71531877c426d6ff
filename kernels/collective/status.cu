#include "collective/status.hpp"

namespace protolith::kernels::cuda {
namespace {

const char* advice_for(ncclResult_t status) {
    switch (status) {
        case ncclRemoteError:
            return "another rank has ended or cannot be reached; its own message says why";
        case ncclSystemError:
            return "NCCL_DEBUG=WARN tells which network or shared memory it tried";
        case ncclInvalidUsage:
            return "every rank needs a GPU of its own, and the same program";
        default:
            return "NCCL_DEBUG=WARN tells more";
    }
}

}  // namespace

StatusText describe(ncclResult_t status) {
    std::string text = ncclGetErrorString(status);
    if (const char* last = ncclGetLastError(nullptr); last != nullptr && *last != '\0')
        text += std::string(": ") + last;
    return {status == ncclSuccess, text, advice_for(status)};
}

}  // namespace protolith::kernels::cuda
