# The CUDA backend: kernels/**/*.cu by nvcc, with the libraries they call. A program whose target property PROTOLITH_SIMT
# is set gets the same texts compiled for the CPU instead (tests/simt), with stand-ins for the libraries.

# The headers alone, for code that the C++ compiler compiles.
add_library(protolith_cuda_headers INTERFACE)
target_include_directories(protolith_cuda_headers SYSTEM INTERFACE
  ${CUDAToolkit_INCLUDE_DIRS} ${PROTOLITH_CUDNN_INCLUDE} ${PROTOLITH_NCCL_INCLUDE})

file(GLOB_RECURSE cuda_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/kernels/*.cu")
add_library(protolith_kernels_cuda STATIC ${cuda_sources})
# -std: CMake 3.25 does not know the standards of CUDA 13. -Wno-restrict: GCC 12 warns of its own std::string (105651)
target_compile_options(protolith_kernels_cuda PRIVATE -std=c++20 --expt-relaxed-constexpr -Xcompiler=-Wall,-Wextra,-Wno-restrict
  $<$<BOOL:${PROTOLITH_WERROR}>:-Werror=all-warnings>)
target_link_libraries(protolith_kernels_cuda PRIVATE $<BUILD_INTERFACE:protolith_options> $<BUILD_INTERFACE:protolith_cuda_headers>
  CUDA::cudart_static CUDA::cublasLt CUDA::cufft ${PROTOLITH_CUDNN} ${PROTOLITH_NCCL} PUBLIC protolith_kernels)
set_target_properties(protolith_kernels_cuda PROPERTIES EXPORT_NAME kernels_cuda POSITION_INDEPENDENT_CODE ON)
set_property(GLOBAL APPEND PROPERTY PROTOLITH_LIBRARIES protolith_kernels_cuda)

target_compile_definitions(protolith_kernels PUBLIC PROTOLITH_CUDA)
target_link_libraries(protolith_kernels PUBLIC
  $<BUILD_INTERFACE:$<IF:$<BOOL:$<TARGET_PROPERTY:PROTOLITH_SIMT>>,protolith_kernels_simt,protolith_kernels_cuda>>
  $<INSTALL_INTERFACE:protolith::kernels_cuda>)
