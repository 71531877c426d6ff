#!/usr/bin/env bash
# The one test command: installs what is missing, builds, runs every test. scripts/test.sh [ctest options]
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
. scripts/mpi_environment.sh
scripts/build.sh release
if command -v nvcc > /dev/null || [ -x /usr/local/cuda/bin/nvcc ]; then
  echo "The CUDA backend has tests of its own: scripts/build.sh cuda cuda_tested && ctest --preset cuda -L cuda"
else
  echo "nvcc not found: the CUDA backend is not built or tested here."
fi
exec ctest --preset release -j "$(nproc)" "$@"
