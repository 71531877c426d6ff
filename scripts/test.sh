#!/usr/bin/env bash
# The one test command: installs what is missing, builds, runs every test; where nvcc is found, then those of the CUDA
# backend too (preset cuda, label cuda). scripts/test.sh [ctest options]
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
. scripts/mpi_environment.sh
scripts/build.sh release
ctest --preset release -j "$(nproc)" "$@"
if command -v nvcc > /dev/null || [ -x /usr/local/cuda/bin/nvcc ]; then
  scripts/build.sh cuda cuda_tested
  ctest --preset cuda -j "$(nproc)" -L cuda "$@"
  if ! build/cuda/protolith devices | grep -q "can be used"; then
    echo "No GPU here: the CUDA kernels' own texts ran on the CPU, with stand-ins for NVIDIA's libraries."
  fi
else
  echo "nvcc not found: the CUDA backend was neither built nor tested here."
fi
