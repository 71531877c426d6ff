#!/usr/bin/env bash
# From nothing to the first result: sets up, builds, reconstructs the sandstone on all cores, says where the figures lie.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
scripts/build.sh release protolith
. scripts/mpi_environment.sh
output=${1:-runs/first}
mpirun -n "$(nproc)" build/release/protolith reconstruct --input inputs/reconstruct_sandstone.toml --output "$output" --resume no
echo
echo "Report:  $PWD/$output/report.html"
echo "Figures: $(ls "$output"/*.png | tr '\n' ' ')"
