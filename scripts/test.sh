#!/usr/bin/env bash
# The one test command: installs what is missing, builds, runs every test. scripts/test.sh [ctest options]
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
scripts/build.sh release
. scripts/mpi_environment.sh
if ! command -v nvcc > /dev/null && [ ! -x /usr/local/cuda/bin/nvcc ]; then echo "nvcc not found: the CUDA backend is not built or tested here"; fi
exec ctest --preset release -j "$(nproc)" "$@"
