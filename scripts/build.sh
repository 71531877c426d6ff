#!/usr/bin/env bash
# Builds a preset (default: release) with all cores: scripts/build.sh [PRESET] [TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-release}; [ $# -eq 0 ] || shift
cmake --preset "$preset" > "build.log.$$" 2>&1 || { grep -A 8 -i "error" "build.log.$$" >&2 || cat "build.log.$$" >&2; rm -f "build.log.$$"; exit 1; }
rm -f "build.log.$$"
cmake --build --preset "$preset" ${1:+--target "$@"}
