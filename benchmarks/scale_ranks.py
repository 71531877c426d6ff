#!/usr/bin/env python3
"""What more MPI ranks of one thread bring, from the phase timers of summary.json; the best of several runs in turn.

Training keeps the batch of a rank (a batch over all ranks grows with them): the ratio is images per second. Beside it
the same of as many trainings that have nothing to do with each other, at the same time, each on a core of its own: what
the machine leaves of its caches and memory when all cores work, which no program on ranks can exceed. Measuring one image
of 4096² keeps the image: the ratio is one rank's time over that of all. Wants a quiet machine and windows from
inputs/prepare_sandstone.toml in runs/windows.
  benchmarks/scale_ranks.py                two ranks
  benchmarks/scale_ranks.py --ranks 4
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MPI = {"OMP_NUM_THREADS": "1", "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
       "OMPI_MCA_btl_vader_single_copy_mechanism": "none"}


def phases(program, ranks, words, settings, core=None):
    """Phase → seconds of the slowest rank, of one run into a folder that is thrown away; `core`: the one of one rank."""
    with tempfile.TemporaryDirectory() as folder:
        place = [] if core is None else ["taskset", "-c", str(core)]
        bound = [] if core is None else ["--bind-to", "none"]
        command = [*place, "mpirun", "-n", str(ranks), *bound, program, *words, "--output", f"{folder}/run", "--quiet"]
        command += [word for setting in settings for word in ("--set", setting)]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **MPI})
        if run.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))}\n{run.stderr.strip()[-800:]}")
        summary = json.loads(Path(folder, "run", "summary.json").read_text(encoding="utf-8"))
    return {phase["phase"]: phase["max_s"] for phase in summary["phases"]}


def training_seconds(program, ranks, batch, steps, core=None):
    found = phases(program, ranks, ["train", "wgan-gp", "--input", "inputs/train_sandstone_64.toml"],
                   [f"batch={batch * ranks}", f"steps={steps}", f"validation.interval={steps}", f"samples.interval={steps}"], core)
    return found["train critic"] + found["train generator"]


def seconds_apart(program, runs, batch, steps):
    """The mean of as many trainings on one rank at the same time."""
    cores = sorted(os.sched_getaffinity(0))[:runs]
    with ThreadPoolExecutor(runs) as pool:
        return sum(pool.map(lambda core: training_seconds(program, 1, batch, steps, core), cores)) / runs


def measuring_seconds(program, ranks, deck):
    return phases(program, ranks, ["characterise", "--input", deck], [])["measure"]


def large_image(program, folder):
    """A deck of characterise for a Gaussian field of 4096², drawn into the folder."""
    drawn = [program, "simulate", "gaussian", "--input", "inputs/simulate_gaussian.toml", "--set", "count=1", "--set",
             "extent=[4096, 4096]", "--output", f"{folder}/drawn", "--quiet"]
    subprocess.run(drawn, cwd=ROOT, check=True)
    deck = Path(folder, "deck.toml")
    deck.write_text(f'[measure]\nmax_r = 128\n[[set]]\nimages = ["{folder}/drawn/result.h5:/phase"]\nstack_of_images = true\n',
                    encoding="utf-8")
    return deck


def best_in_turn(runs, repeat):
    """The least seconds of each run; the runs take turns, so that a busy moment meets all of them."""
    least = [float("inf")] * len(runs)
    for _ in range(repeat):
        least = [min(seconds, run()) for seconds, run in zip(least, runs)]
    return least


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "build/release/protolith")
    parser.add_argument("--ranks", type=int, default=2)
    parser.add_argument("--batch", type=int, default=64, help="images of a rank")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--repeat", type=int, default=5)
    o = parser.parse_args()
    one, all_ranks, apart = best_in_turn(
        [lambda n=n: training_seconds(o.program, n, o.batch, o.steps) for n in (1, o.ranks)]
        + [lambda: seconds_apart(o.program, o.ranks, o.batch, o.steps)], o.repeat)
    print(f"train wgan-gp, 64², a quarter of the width, {o.batch} images a rank: {one / o.steps:.3f} s a step on one rank, "
          f"{all_ranks / o.steps:.3f} on {o.ranks}: {o.ranks * one / all_ranks:.2f} times the images per second; "
          f"{o.ranks} trainings apart: {o.ranks * one / apart:.2f} times")
    with tempfile.TemporaryDirectory() as folder:
        deck = large_image(o.program, folder)
        one, all_ranks = best_in_turn([lambda n=n: measuring_seconds(o.program, n, deck) for n in (1, o.ranks)], o.repeat)
    print(f"characterise, one image of 4096²: {one:.3f} s of measuring on one rank, {all_ranks:.3f} on {o.ranks}: {one / all_ranks:.2f} times")


if __name__ == "__main__":
    main()
