#!/usr/bin/env bash
# The one test command: installs what is missing, builds, runs every test; where nvcc is found, those of the CUDA backend
# too (on the CPU; on a GPU where there is one). scripts/test.sh [ctest options]
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
. scripts/mpi_environment.sh
cuda=""
if command -v nvcc > /dev/null || [ -x /usr/local/cuda/bin/nvcc ]; then cuda=1; fi
scripts/build.sh release
[ -z "$cuda" ] || scripts/build.sh cuda cuda_tested
failed=0
ctest --preset release -j "$(nproc)" "$@" || failed=1
if [ -n "$cuda" ]; then
  ctest --preset cuda -L cuda -j "$(nproc)" "$@" || failed=1
else
  echo "nvcc not found: the CUDA backend was neither built nor tested."
fi
exit $failed
