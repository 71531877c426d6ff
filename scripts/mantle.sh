#!/usr/bin/env bash
# From stirred mantle to what tomography can tell of it: marble cakes, a generator that learns them, a cake as long waves see it,
# the ensemble of structures that explain it, and the experiments of GJI 2024 (doi 10.1093/gji/ggae240), at narrow size.
# About an hour on two cores. scripts/mantle.sh [ranks]; a stage that is done is not repeated.
set -euo pipefail
cd "$(dirname "$0")/.."
ranks=${1:-$(nproc)}
scripts/setup.sh
scripts/build.sh release protolith
. scripts/mpi_environment.sh
protolith() { echo; echo "== protolith $*"; mpirun -n "$ranks" build/release/protolith "$@"; }
protolith simulate marble-cake --input inputs/simulate_marble_cake.toml --output runs/cakes
protolith train wgan-gp --input inputs/train_mantle_64.toml --output runs/mantle_gan
protolith homogenise --input inputs/homogenise_cake.toml --output runs/tomography
protolith invert --input inputs/invert_cake.toml --output runs/posterior
protolith invert --input inputs/invert_lambda_sweep.toml --output runs/lambda_sweep
protolith invert --input inputs/invert_isotropic.toml --output runs/isotropic
protolith invert --input inputs/invert_anisotropic.toml --set beside=runs/isotropic/result.h5 --output runs/anisotropic
protolith invert --input inputs/invert_random_walk.toml --set beside=runs/posterior/result.h5 --output runs/random_walk
protolith invert --input inputs/invert_ten_targets.toml --output runs/ten_targets
echo
for run in cakes mantle_gan tomography posterior lambda_sweep isotropic anisotropic random_walk ten_targets; do
    echo "Report: $PWD/runs/$run/report.html"
done
