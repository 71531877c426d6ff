#include "base/build_info.hpp"

#include "protolith_build_facts.hpp"  // written by CMake: cmake/BuildFacts.cmake

namespace protolith {

const BuildInfo& build_info() {
    static const BuildInfo info{
        PROTOLITH_VERSION, PROTOLITH_GIT_HASH, PROTOLITH_COMPILER, PROTOLITH_BUILD_TYPE, {PROTOLITH_LIBRARIES}};
    return info;
}

}  // namespace protolith
