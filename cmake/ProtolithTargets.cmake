# One library target per folder, tests and benchmarks by folder; sources are found by their place.
add_library(protolith_options INTERFACE)
target_compile_features(protolith_options INTERFACE cxx_std_20)
target_compile_options(protolith_options INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -fno-math-errno>
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<BOOL:${PROTOLITH_WERROR}>>:-Werror>
  $<$<CONFIG:Release>:-O3>)
if(PROTOLITH_SANITIZE)
  target_compile_options(protolith_options INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-fsanitize=${PROTOLITH_SANITIZE};-fno-sanitize-recover=undefined;-fno-omit-frame-pointer>)
  target_link_options(protolith_options INTERFACE -fsanitize=${PROTOLITH_SANITIZE})
endif()

# protolith_library(FOLDER [DEPENDS folder…] [LINK target…] [LINK_PRIVATE target…]): target protolith_FOLDER from src/FOLDER
function(protolith_library folder)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINK;LINK_PRIVATE" ${ARGN})
  set(target protolith_${folder})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.hpp")
  list(FILTER headers EXCLUDE REGEX "-inl\\.hpp$")   # Highway texts: included once per target, not headers of their own
  if(NOT sources)
    return()
  endif()
  add_library(${target} STATIC ${sources})
  add_library(protolith::${folder} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${folder} VERIFY_INTERFACE_HEADER_SETS ON POSITION_INDEPENDENT_CODE ON)
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/src" FILES ${headers})
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:protolith_options> ${ARG_LINK_PRIVATE} PUBLIC ${ARG_LINK})
  target_compile_features(${target} PUBLIC cxx_std_20)
  foreach(dependency IN LISTS ARG_DEPENDS)
    if(TARGET protolith_${dependency})
      target_link_libraries(${target} PUBLIC protolith_${dependency})
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY PROTOLITH_LIBRARIES ${target})
endfunction()

# protolith_build_facts(TARGET): the header with git hash, compiler and library versions, kept fresh at every build
function(protolith_build_facts target)
  set(facts "${CMAKE_CURRENT_BINARY_DIR}/facts/protolith_build_facts.hpp")
  set(libraries "MPI=${MPI_C_VERSION}|HDF5=${HDF5_VERSION}|FFTW=${FFTW_VERSION}|Highway=${HWY_VERSION}|oneDNN=${dnnl_VERSION}|Eigen=${Eigen3_VERSION}|Kokkos=${PROTOLITH_KOKKOS_VERSION}|libtiff=${TIFF_VERSION_STRING}|libpng=${PNG_VERSION_STRING}|toml++=${tomlplusplus_VERSION}|CLI11=${CLI11_VERSION}|fmt=${fmt_VERSION}|spdlog=${spdlog_VERSION}|nlohmann-json=${nlohmann_json_VERSION}")
  if(PROTOLITH_CUDA)
    string(REPLACE ";" " " architectures "${CMAKE_CUDA_ARCHITECTURES}")
    string(APPEND libraries "|CUDA=${CUDAToolkit_VERSION} for ${architectures}|cuDNN=${PROTOLITH_CUDNN_VERSION}|cuBLASLt=${PROTOLITH_CUBLAS_VERSION}|cuFFT=${PROTOLITH_CUFFT_VERSION}|NCCL=${PROTOLITH_NCCL_VERSION}")
  endif()
  set(arguments -DSOURCE_DIR=${PROJECT_SOURCE_DIR} -DOUTPUT=${facts} -DVERSION=${PROJECT_VERSION}
    "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}" -DBUILD_TYPE=${CMAKE_BUILD_TYPE} "-DLIBRARIES=${libraries}")
  add_custom_target(protolith_facts BYPRODUCTS "${facts}" VERBATIM
    COMMAND ${CMAKE_COMMAND} ${arguments} -P "${PROJECT_SOURCE_DIR}/cmake/BuildFacts.cmake" COMMENT "")
  add_dependencies(${target} protolith_facts)
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/facts")
endfunction()
