#!/usr/bin/env python3
"""Does bfloat16 train as well as float32? The same training with several seeds in both precisions, and their S2 errors.

Writes DIR/two_point_error.csv (a column a run) and DIR/two_point_error.png, and prints for each run the best error and the
geometric mean over the last third of the validations, then the means and spreads over seeds. A run that is already in
DIR is not repeated. First: protolith prepare windows --input inputs/prepare_sandstone.toml --output runs/windows.
  benchmarks/models/precision_over_seeds.py --output runs/precisions --steps 600        (about half an hour on two cores)
"""
import argparse
import csv
import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRECISIONS = ("float32", "bfloat16")


def train(options, seed, precision):
    """One training of one rank and one thread; its folder."""
    folder = options.output / f"{precision}_seed{seed}"
    if (folder / "learning_curves_two_point_error.csv").exists():
        return folder
    settings = [f"seed={seed}", f'precision="{precision}"', f"steps={options.steps}", "threads=1", *options.set]
    command = [options.program, "train", "wgan-gp", "--input", options.input, "--output", folder]
    command += [word for setting in settings for word in ("--set", setting)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{folder.name} failed: {run.stderr.strip()[-500:]}")
    return folder


def curve(folder):
    """[(generator step, S2 error)] as the training wrote them."""
    with open(folder / "learning_curves_two_point_error.csv", encoding="utf-8") as file:
        rows = list(csv.reader(line for line in file if not line.startswith("#")))
    return [(int(float(row[0])), float(row[1])) for row in rows[1:] if row[0]]


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


def late(errors):
    """The level that a training reached: the geometric mean over the last third of its validations."""
    return geometric_mean([error for _, error in errors[-max(1, len(errors) // 3):]])


def write_csv(path, curves):
    steps = [step for step, _ in next(iter(curves.values()))]
    with open(path, "w", encoding="utf-8") as file:
        file.write("generator step," + ",".join(curves) + "\n")
        for row, step in enumerate(steps):
            file.write(f"{step}," + ",".join(f"{errors[row][1]:.6g}" for errors in curves.values()) + "\n")


def plot(data, picture, curves):
    columns = ", ".join(
        f"'{data}' using 1:{i + 2} with lines linewidth 2 linecolor rgb '{'#2166ac' if 'float32' in name else '#b2182b'}' "
        f"dashtype {i % 3 + 1} title '{name.replace('_', ' ')}'" for i, name in enumerate(curves))
    script = (f"set terminal pngcairo size 900,600; set output '{picture}'; set datafile separator ','; set logscale y; "
              f"set format y '10^{{%L}}'; set xlabel 'generator step'; set ylabel 'S2 error'; set key noenhanced; plot {columns}")
    subprocess.run(["gnuplot", "-e", script], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "build/release/protolith")
    parser.add_argument("--input", type=Path, default=ROOT / "inputs/train_sandstone_64.toml")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--set", action="append", default=[], help="a further setting of the deck, key=value")
    parser.add_argument("--at-once", type=int, default=2, help="trainings side by side")
    options = parser.parse_args()
    options.output = options.output.resolve()
    options.output.mkdir(parents=True, exist_ok=True)

    runs = [(seed, precision) for seed in options.seeds for precision in PRECISIONS]
    with ThreadPoolExecutor(options.at_once) as pool:
        folders = list(pool.map(lambda run: train(options, *run), runs))
    curves = {folder.name: curve(folder) for folder in sorted(folders)}
    write_csv(options.output / "two_point_error.csv", curves)
    plot(options.output / "two_point_error.csv", options.output / "two_point_error.png", curves)
    print(f"{'training':20} {'best S2 error':>14} {'late S2 error':>14}")
    for name, errors in curves.items():
        print(f"{name:20} {min(error for _, error in errors):14.3g} {late(errors):14.3g}")
    for precision in PRECISIONS:
        levels = [late(errors) for name, errors in curves.items() if name.startswith(precision)]
        print(f"{precision}: late S2 error {geometric_mean(levels):.3g}, from {min(levels):.3g} to {max(levels):.3g} over seeds")


if __name__ == "__main__":
    main()
