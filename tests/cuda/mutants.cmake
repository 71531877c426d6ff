# Seeded bugs: a kernel's text with one thing wrong each, compiled for the CPU as simt_cuda compiles it. The tests named
# must fail on it: a test that cannot is of no use, and neither is a harness that lets such a bug pass.

# protolith_mutant(NAME FILE UNIT TESTS RIGHT WRONG): in kernels/FILE the first RIGHT becomes WRONG; kernels/UNIT (FILE
# itself, or what includes it) is compiled with it and linked with the tests of which TESTS (a Google Test filter) must
# fail.
function(protolith_mutant name file unit tests right wrong)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/mutants/${name}")
  set(original "${PROJECT_SOURCE_DIR}/kernels/${file}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${original}")
  file(READ "${original}" text)
  string(FIND "${text}" "${right}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "tests/cuda/mutants.cmake: kernels/${file} has changed, so that mutant ${name} no longer finds\n${right}")
  endif()
  string(LENGTH "${right}" length)
  math(EXPR behind "${at} + ${length}")
  string(SUBSTRING "${text}" 0 ${at} begin)
  string(SUBSTRING "${text}" ${behind} -1 rest)
  file(CONFIGURE OUTPUT "${folder}/${file}" CONTENT "${begin}${wrong}${rest}" @ONLY)
  if(file STREQUAL unit)
    set(source "${folder}/${file}")
  else()
    set(source "${PROJECT_SOURCE_DIR}/kernels/${unit}")
  endif()
  set_source_files_properties("${source}" PROPERTIES LANGUAGE CXX)
  add_executable(mutant_${name} "${source}" $<TARGET_OBJECTS:simt_main>)   # its operation comes before the library's
  target_include_directories(mutant_${name} BEFORE PRIVATE "${folder}" "${PROJECT_SOURCE_DIR}/tests")
  target_compile_definitions(mutant_${name} PRIVATE PROTOLITH_SIMT)
  target_compile_options(mutant_${name} PRIVATE -O1 -w)   # a bug may be one that the compiler warns of
  target_link_libraries(mutant_${name} PRIVATE protolith_cuda_tests protolith_cuda_headers)
  set_target_properties(mutant_${name} PROPERTIES PROTOLITH_SIMT ON)
  set_property(DIRECTORY APPEND PROPERTY PROTOLITH_MUTANTS mutant_${name})
  add_test(NAME cuda.mutant.${name} COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:mutant_${name}> "-DTESTS=${tests}"
    -P "${CMAKE_CURRENT_SOURCE_DIR}/expect_failure.cmake")
  set_tests_properties(cuda.mutant.${name} PROPERTIES LABELS cuda TIMEOUT 300)
endfunction()

# Barriers that are missing.
protolith_mutant(warps_not_awaited reduce/team.cuh reduce/sum.cu "CudaSum*" [=[    __syncthreads();
}]=] "}")
protolith_mutant(moments_not_awaited reduce/team.cuh normalise/moments.cu "CudaMoments*" [=[    __syncthreads();
}]=] "}")
protolith_mutant(results_still_read reduce/sum.cuh reduce/sum.cu "CudaSum.*"
  "__syncthreads();  // before the next task's values" "")
# Shared memory that nobody wrote, or that several warps write at once.
protolith_mutant(counts_not_written normalise/moments.cuh normalise/moments.cu "CudaMoments*"
  "thread % warp_threads == 0" "thread == 0")
protolith_mutant(warps_in_one_place reduce/team.cuh reduce/sum.cu "CudaSum*" "shared[(warp * count + i)" "shared[(warp / 8 + i)")
# Shuffles over too few lanes, and by lanes of which some are gone.
protolith_mutant(half_a_warp_summed reduce/team.cuh reduce/sum.cu "CudaSum*"
  "distance < warp_threads" "distance < warp_threads / 2")
protolith_mutant(half_a_row_summed softmax/softmax.cu softmax/softmax.cu "CudaSoftmax*"
  "int distance = lanes / 2" "int distance = lanes / 4")
protolith_mutant(lanes_leave_early softmax/softmax.cu softmax/softmax.cu "CudaSoftmax*"
  "return row - in_warp < rows" "return row < rows")
protolith_mutant(sorting_lanes_leave_early group_sort/group_sort.cu group_sort/group_sort.cu "CudaGroupSort*"
  "e - lane < elements" "e < elements")
protolith_mutant(wrong_lanes_named reduce/team.cuh normalise/normalise.cu "CudaNormalise*"
  "__shfl_xor_sync(full_warp" "__shfl_xor_sync(full_warp >> lanes")
# One too many, one too few.
protolith_mutant(one_line_too_many reduce/sum.cuh reduce/sum.cu "CudaSum*" "for (; line < stop;" "for (; line <= stop;")
protolith_mutant(rest_of_lines_forgotten normalise/moments.cuh normalise/moments.cu "CudaMoments*"
  "for (; line < place.last; line += place.step)" "if (line < place.last)")
protolith_mutant(one_channel_too_many softmax/softmax.cu softmax/softmax.cu "CudaSoftmax*" "c < count ?" "c <= count ?")
protolith_mutant(one_comparison_too_few group_sort/group_sort.cu group_sort/group_sort.cu "CudaGroupSort*"
  "k < size; ++k" "k < size - 1; ++k")
protolith_mutant(one_place_too_far pool/max_pool.cu pool/max_pool.cu "CudaMaxPool*" "w >= g.in[2]" "w > g.in[2]")
protolith_mutant(last_tap_forgotten resize/separable.cu resize/separable.cu "CudaSeparable*"
  "t < width.start[w + 1]" "t + 1 < width.start[w + 1]")
# Accesses beyond an array, and by words to which it is not aligned.
protolith_mutant(one_element_too_many pointwise/elementwise.cuh pointwise/cast.cu "CudaPointwise*"
  "i < count; i += item_stride()" "i <= count; i += item_stride()")
protolith_mutant(any_rows reduce/layout.cuh reduce/broadcast.cu "CudaRows*" "if (!aligned) return Access::single;" "(void)aligned;")
protolith_mutant(whole_last_block dropout/dropout.cu dropout/dropout.cu "CudaDropout*" "left >= each" "left > 0")
protolith_mutant(any_address launch/vector.cuh slice/slice.cu "CudaSlice*:CudaRuns*"
  "while (!is_aligned(a) || !is_aligned(b)) bytes /= 2;" "")
# An index taken apart in the wrong order; a random number of the wrong element.
protolith_mutant(block_turned space_to_depth/space_to_depth.cu space_to_depth/space_to_depth.cu "CudaSpaceToDepth*"
  "(i * size_j + j) * size_k + k" "(j * size_i + i) * size_k + k")
protolith_mutant(halves_swapped dropout/dropout.cu dropout/dropout.cu "CudaDropout*" "16 * (i % 2)" "16 * (1 - i % 2)")
# What several threads find, of which the last one alone counts; a comparison that NaN passes.
protolith_mutant(last_finding_counts optimise/gradient.cu optimise/gradient.cu "CudaGradient*" "if (any) *found = 1" "*found = any")
protolith_mutant(nan_not_clipped optimise/gradient.cu optimise/gradient.cu "CudaGradient*" "if (factor >= 1)" "if (!(factor < 1))")
# Products: a tile overwritten while it is read; one term too few.
protolith_mutant(tiles_overwritten matmul/direct.cu matmul/direct.cu "CudaMatmul.TheKernelOfOurOwn*"
  "__syncthreads();  // before the next tiles overwrite these" "")
protolith_mutant(one_term_too_few matmul/direct.cu matmul/direct.cu "CudaMatmul.TheKernelOfOurOwn*" "int s = 0; s < tile" "int s = 1; s < tile")
# Convolutions: pixels between the strides, the bias of another channel; less workspace and alignment than was said.
protolith_mutant(between_the_strides convolution/direct.cu convolution/direct.cu "*CudaConvolution.DoubleEqualsTheCpu*"
  "reached % s.stride[d] != 0 || " "")
protolith_mutant(bias_of_the_first_channel convolution/epilogue.cu convolution/epilogue.cu "*CudaConvolution.TheEpilogue*"
  "i % channels + j" "i % channels")
protolith_mutant(no_workspace cudnn/convolution_plan.cu cudnn/convolution_plan.cu "*CudaConvolution.Bfloat16EqualsTheCpu*"
  "const Scratch workspace(queue, workspace_)" "const Scratch workspace(queue, 1)")
protolith_mutant(alignment_promised convolution/route.cu convolution/route.cu "CudaConvolutionWeights.OfAView*"
  "alignment[i] = alignment_of(operands[i])" "alignment[i] = widest_access")
