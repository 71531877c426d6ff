#!/usr/bin/env python3
"""Times WGAN-GP steps of Protolith and of PyTorch in one run: same networks, batch, threads; in turn, a process each.

PyTorch is installed from PyPI into a throw-away environment beside this file (benchmarks/.venv/pytorch, once), unless
--python names an interpreter that has it. Build first: cmake --build build/release --target bench_wgan.
  benchmarks/compare_pytorch.py          companion 64², a quarter of the width, one and two threads (two minutes)
  benchmarks/compare_pytorch.py --full   and the companion 128² network at full width (a quarter of an hour)
  benchmarks/compare_pytorch.py --device cuda --full    the same on a GPU (build/cuda), TF32 too; see benchmarks/gpu.sh
"""
import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv" / "pytorch"
PACKAGES = ["torch", "numpy", "safetensors", "h5py"]  # the last three for tests/peer
PHASES = {"critic_step": "critic step", "generator_step": "generator step", "generation": "generation"}
NETWORKS = {
    "companion 64², a quarter of the width": {"size": 64, "latent": 512, "width": 16, "repeat": 5},
    "companion 128², full width": {"size": 128, "latent": 512, "width": 64, "repeat": 1},
}


def python_with_pytorch(given):
    """An interpreter that imports torch: the given one, or that of benchmarks/.venv/pytorch, made first if need be."""
    python = Path(given) if given else VENV / "bin" / "python"
    if python.exists() and subprocess.run([python, "-c", "import torch"], capture_output=True).returncode == 0:
        return python
    if given:
        sys.exit(f"{given} cannot import torch")
    print(f"installing torch into {VENV}", flush=True)
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    install = subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], capture_output=True, text=True)
    if install.returncode != 0:
        reason = install.stderr.strip().splitlines()[-1:] or ["no reason given"]
        sys.exit(f"PyTorch could not be installed from PyPI, so there is nothing to compare with: {reason[0]}")
    return python


def measure(command, settings):
    """The JSON line of one program run with --key value settings, one process, its threads bound to nothing."""
    words = [str(word) for key, value in settings.items() for word in (f"--{key}", value)]
    threads = {"OMP_NUM_THREADS": str(settings["threads"])}
    run = subprocess.run([*command, *words], capture_output=True, text=True, env={**os.environ, **threads})
    if run.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed: {run.stderr.strip()}")
    return json.loads(run.stdout)


def all_runs(ours, python, network, options, threads):
    """Name → result for each code, precision and layout; the codes take turns, so that a busy machine meets both."""
    base = {"batch": options.batch, "threads": threads, "device": options.device, **network}
    if options.device == "cuda":
        base["repeat"] = 20
    results = {}
    for precision in options.precisions:
        for layout in ("NCHW", "NHWC"):
            torch = [python, HERE / "models" / "pytorch_wgan.py", "--layout", layout]
            results[f"PyTorch {precision} {layout}"] = measure(torch, {**base, "precision": precision})
        if ours.exists():
            results[f"Protolith {precision}"] = measure([ours, "--json"], {**base, "precision": precision})
    sizes = {str(result["parameters"]) for result in results.values()}
    if len(sizes) != 1:
        sys.exit(f"the networks differ: parameters {' and '.join(sizes)}")
    return results


def megabytes(result):
    """Peak memory of the process (on a GPU: the device's), and the part that came after the program was loaded."""
    peak = max(result[phase]["peak_memory"] for phase in PHASES)
    return f"{peak / 2**20:8.0f} {(peak - result['resident_before']) / 2**20:8.0f}"


def print_table(title, results):
    print(f"\n{title}\n{'':26}" + "".join(f"{name:>17}" for name in PHASES.values()) + "   peak MiB, beyond loading")
    for name, result in results.items():
        seconds = "".join(f"{result[phase]['seconds']:15.4f} s" for phase in PHASES)
        print(f"{name:26}{seconds}   {megabytes(result)}")
    for ours, theirs in [("float32", "float32"), ("tf32", "tf32"), ("bfloat16", "float32"), ("bfloat16", "bfloat16")]:
        if f"Protolith {ours}" not in results or f"PyTorch {theirs} NCHW" not in results:
            continue
        ratios = []
        for phase in PHASES:
            fastest = min(results[f"PyTorch {theirs} {layout}"][phase]["seconds"] for layout in ("NCHW", "NHWC"))
            ratios.append(fastest / results[f"Protolith {ours}"][phase]["seconds"])
        print(f"{f'{ours} : its {theirs}':26}" + "".join(f"{ratio:16.2f}×" for ratio in ratios))
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", help="an interpreter that has torch")
    parser.add_argument("--full", action="store_true", help="also the companion 128² network at full width")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--binary", help="bench_wgan; default: that of build/release, or of build/cuda for a GPU")
    options = parser.parse_args()
    on_gpu = options.device == "cuda"
    options.precisions = ["float32", "tf32", "bfloat16"] if on_gpu else ["float32", "bfloat16"]
    build = HERE.parent / "build" / ("cuda" if on_gpu else "release")
    python, ours = python_with_pytorch(options.python), Path(options.binary or build / "benchmarks" / "bench_wgan")
    if not ours.exists():
        print(f"{ours} is not there, PyTorch alone is timed: cmake --build {build} --target bench_wgan")
    for name, network in NETWORKS.items():
        if "full" in name and not options.full:
            continue
        for threads in [1] if on_gpu else options.threads:
            where = "on a GPU" if on_gpu else f"{threads} thread{'s' * (threads > 1)}"
            title = f"{name}, batch {options.batch}, {where}"
            print_table(title, all_runs(ours, python, network, options, threads))


if __name__ == "__main__":
    main()
