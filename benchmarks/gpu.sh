#!/usr/bin/env bash
# Measures the CUDA backend on this machine's GPU: every kernel (time, GB/s, share of the memory's speed, beside its
# roofline), the WGAN-GP training step, and PyTorch's on the same networks where it is installed.
#   benchmarks/gpu.sh [--against h100|h200|a100] [--python PATH] [--quick]
# --against: the GPU whose peaks stand beside the figures (default: by the name of this one, else an H100's);
# --python: an interpreter that has torch with CUDA (default: python3); --quick: the small network alone.
# Without a GPU it says what it would do, and ends well. Wants the GPU for itself.
set -euo pipefail
cd "$(dirname "$0")/.."
against="" python=python3 quick=""
while [ $# -gt 0 ]; do
  case $1 in
    --quick) quick=1; shift ;;
    --against | --python)
      [ $# -gt 1 ] || { echo "benchmarks/gpu.sh: $1 needs a value" >&2; exit 2; }
      if [ "$1" = --against ]; then against=$2; else python=$2; fi
      shift 2 ;;
    *) echo "benchmarks/gpu.sh: unknown option $1 (--against GPU, --python PATH, --quick)" >&2; exit 2 ;;
  esac
done
case $against in "" | h100 | h200 | a100) ;; *) echo "benchmarks/gpu.sh: --against h100, h200 or a100, not $against" >&2; exit 2 ;; esac

gpu=$(nvidia-smi --query-gpu=name --format=csv,noheader 2> /dev/null | head -n 1) || gpu=""
case $gpu in *No\ devices*) gpu="" ;; esac
if [ -z "$against" ]; then
  case $gpu in *H200*) against=h200 ;; *A100*) against=a100 ;; *) against=h100 ;; esac
fi
# size, width, latent and batch of the networks that are timed: those of benchmarks/compare_pytorch.py
networks=("--size 64 --width 16" "--size 128 --width 64")
[ -z "$quick" ] || networks=("--size 64 --width 16")

if [ -z "$gpu" ]; then
  echo "No GPU here (nvidia-smi lists none). On a machine with one, benchmarks/gpu.sh would"
  echo "  1. build the preset cuda: protolith, bench_gpu, bench_wgan;"
  echo "  2. time every kernel on shapes of a WGAN-GP for 128² images, batch 64: time, GB/s, % of the memory's speed;"
  echo "  3. time the training step and generation in float32, TF32 and bfloat16, launch by launch and as CUDA graphs:"
  printf '       bench_wgan --device cuda %s --latent 512 --batch 64\n' "${networks[@]}"
  echo "  4. time PyTorch on the same networks where $python has torch with CUDA (benchmarks/compare_pytorch.py)."
  for build in build/cuda build/release; do
    [ -x $build/benchmarks/bench_gpu ] || continue
    echo
    echo "The kernels, with the bytes that each has to move and the µs that it takes an ${against^^} at its peak:"
    $build/benchmarks/bench_gpu --list --against "$against"
    exit 0
  done
  echo "The kernels and their rooflines: cmake --build build/release --target bench_gpu && build/release/benchmarks/bench_gpu --list"
  exit 0
fi

echo "GPU: $gpu; peaks of an ${against^^}"
scripts/build.sh cuda protolith bench_gpu bench_wgan
build/cuda/protolith devices
echo "── kernels"
build/cuda/benchmarks/bench_gpu --against "$against"
for network in "${networks[@]}"; do
  for precision in float32 tf32 bfloat16; do
    echo "── training step: $network --precision $precision"
    # shellcheck disable=SC2086  # the network is several words
    build/cuda/benchmarks/bench_wgan --device cuda --against "$against" $network --latent 512 --batch 64 \
      --precision $precision --repeat 20
    echo "   as CUDA graphs"
    # shellcheck disable=SC2086
    build/cuda/benchmarks/bench_wgan --device cuda --against "$against" $network --latent 512 --batch 64 \
      --precision $precision --repeat 20 --graph
  done
done
echo "── PyTorch"
if "$python" -c 'import sys, torch; sys.exit(not torch.cuda.is_available())' 2> /dev/null; then
  "$python" benchmarks/compare_pytorch.py --device cuda --python "$(command -v "$python")" $([ -n "$quick" ] || echo --full)
else
  echo "$python has no torch with CUDA: no comparison (--python PATH names an interpreter that has)"
fi
