#!/usr/bin/env bash
# Builds and runs every benchmark, each figure printed beside its limit or peer; then the comparisons with other codes.
#   benchmarks/run.sh [NAME…]    names of bench_* programs or compare_* scripts; default: all. Wants a quiet machine.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build.sh release > /dev/null
if [ $# -eq 0 ]; then
  set -- $(cd build/release/benchmarks && ls -d bench_* | grep -v -e bench_peer -e bench_wgan -e bench_gpu) $(find benchmarks -name 'compare_*.py' -printf '%f\n' | sort)
fi
for name in "$@"; do
  echo "── $name"
  case $name in
    compare_*) python3 "$(find benchmarks -name "$name")" ;;
    *) "build/release/benchmarks/$name" ;;
  esac
done
