#!/usr/bin/env bash
# What a change must pass beyond scripts/test.sh: formatting, headers that compile alone, sanitizers; and, when named,
# networks converted to PyTorch and back (installs it from PyPI into a throw-away environment). scripts/check.sh [format|headers|sanitizers|pytorch]
set -euo pipefail
cd "$(dirname "$0")/.."
part=${1:-all}
if [ "$part" = all ] || [ "$part" = format ]; then
  git ls-files '*.cpp' '*.hpp' '*.cu' '*.cuh' | xargs clang-format --dry-run --Werror
fi
if [ "$part" = all ] || [ "$part" = headers ]; then
  scripts/build.sh release all_verify_interface_header_sets
fi
if [ "$part" = all ] || [ "$part" = sanitizers ]; then
  scripts/build.sh asan-ubsan
  . scripts/mpi_environment.sh
  ctest --preset asan-ubsan -j "$(nproc)" -LE slow
  if command -v nvcc > /dev/null || [ -x /usr/local/cuda/bin/nvcc ]; then   # the kernels' own texts, on the CPU
    scripts/build.sh cuda-asan simt_cuda test_simt
    ctest --preset cuda-asan -j "$(nproc)" -R '^(simt|cuda)\.[A-Z]' -E 'OnADevice|NOT_BUILT'
  fi
fi
if [ "$part" = pytorch ]; then
  scripts/build.sh release protolith
  tests/peer/convert_against_pytorch.py
fi
