#!/usr/bin/env bash
# From a rock image to generated rock beside annealed rock: windows, a trained WGAN-GP, its images, annealed images, the table.
# Eight minutes on two cores. scripts/geology.sh [ranks]; a stage that is done is not repeated.
set -euo pipefail
cd "$(dirname "$0")/.."
ranks=${1:-$(nproc)}
scripts/setup.sh
scripts/build.sh release protolith
. scripts/mpi_environment.sh
protolith() { echo; echo "== protolith $*"; mpirun -n "$ranks" build/release/protolith "$@"; }
protolith prepare windows --input inputs/prepare_sandstone.toml --output runs/windows
protolith train wgan-gp --input inputs/train_sandstone_64.toml --output runs/gan
protolith generate --input inputs/generate_sandstone.toml --output runs/generated
protolith reconstruct --input inputs/reconstruct_windows_64.toml --output runs/annealed
protolith characterise --input inputs/compare_sa_gan.toml --output runs/table
echo
for run in windows gan generated annealed table; do echo "Report: $PWD/runs/$run/report.html"; done
