#!/usr/bin/env python3
"""Times Protolith's descriptors against PoreSpy, SciPy and scikit-image on one image, and compares the results.

The peers are installed from PyPI into a throw-away environment beside this file (benchmarks/.venv, once). Build first:
cmake --build build/release --target bench_peer; then: benchmarks/compare_porespy.py [--side 1000] [--max-r 100].
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PACKAGES = ["porespy", "scipy", "scikit-image"]


def enter_environment():
    """Goes on in benchmarks/.venv, which it makes first if it is not there."""
    python = VENV / "bin" / "python"
    if Path(sys.prefix) == VENV:
        return
    if not python.exists() or subprocess.run([python, "-c", "import porespy"], capture_output=True).returncode != 0:
        print(f"installing {', '.join(PACKAGES)} into {VENV}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        install = subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], capture_output=True, text=True)
        if install.returncode != 0:
            reason = install.stderr.strip().splitlines()[-1:] or ["no reason given"]
            sys.exit(f"The peers could not be installed from PyPI, so there is nothing to compare with: {reason[0]}")
    one_thread = {"OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    os.execve(python, [str(python), "-W", "ignore", __file__, *sys.argv[1:]], {**os.environ, **one_thread})


def void_among_disks(side, radius=12, seed=1):
    """Image (side, side), 1 outside random disks that cover about 65 %."""
    import numpy as np
    random = np.random.default_rng(seed)
    image = np.ones((side, side), dtype=np.uint8)
    y, x = np.mgrid[-radius:radius + 1, -radius:radius + 1]
    inside = np.argwhere(y * y + x * x <= radius * radius) - radius
    for centre in random.integers(0, side, (int(1.05 * side * side / (np.pi * radius * radius)), 2)):
        at = (inside + centre) % side
        image[at[:, 0], at[:, 1]] = 0
    return image


def fastest(work, repeats=3):
    """Result and least seconds of several calls; the first, which compiles, is not among them."""
    result, best = work(), float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return result, best


def peers(image, max_r):
    """Name, peer's function, how its result is brought into the form of Protolith's."""
    import numpy as np
    import porespy
    import scipy.ndimage
    import skimage.measure
    porespy.settings.ncores = 1
    porespy.settings.tqdm["disable"] = True
    void = image.astype(bool)
    lags = np.arange(max_r + 1)

    def axis_s2():
        return [(np.mean(void[:, :void.shape[1] - r] & void[:, r:]) + np.mean(void[:void.shape[0] - r] & void[r:])) / 2
                for r in lags]

    def chords():
        framed = np.pad(void, ((1, 1), (0, 0)))  # else it trims the whole first and last row, too
        lines = porespy.filters.apply_chords(framed, spacing=0, axis=1, trim_edges=True)
        lengths = np.bincount(lines[lines > 0])  # of every chord by its label; trimmed ones have none
        return np.bincount(lengths[lengths > 0], minlength=image.shape[1] + 1)

    def lineal_path():
        ahead = porespy.filters.distance_transform_lin(void, axis=1, mode="forward")
        counts = np.bincount(ahead[void].astype(int), minlength=max_r + 2)
        return counts[::-1].cumsum()[::-1][1:max_r + 2]

    def euler_and_perimeter():
        return [skimage.measure.euler_number(void, connectivity=1), skimage.measure.euler_number(void, connectivity=2),
                skimage.measure.perimeter_crofton(void, directions=4)]

    def thickness():  # spheres of whole radii only, so about a pixel below the exact diameter
        return [2 * porespy.filters.local_thickness(void)[void].mean() - 1]

    edges = np.arange(max_r + 2) - 0.5
    return [
        ("radial_s2", "PoreSpy two_point_correlation",
         lambda: porespy.metrics.two_point_correlation(void, bins=edges).probability_scaled),
        ("axis_s2", "numpy, shifted AND", axis_s2),
        ("lineal_path_x", "PoreSpy distance_transform_lin", lineal_path),
        ("chords_x", "PoreSpy apply_chords", chords),
        ("components", "SciPy ndimage.label", lambda: [scipy.ndimage.label(void)[1]]),
        ("mean_thickness", "PoreSpy local_thickness", thickness),
        ("euler_4_8_perimeter", "scikit-image", euler_and_perimeter),
    ]


def largest_difference(ours, theirs):
    import numpy as np
    ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
    n = min(len(ours), len(theirs))
    return np.abs(ours[:n] - theirs[:n]).max(), np.abs(theirs[:n]).max()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--side", type=int, default=1000, help="rows and columns of the image")
    parser.add_argument("--max-r", type=int, default=100, help="largest distance, pixels")
    parser.add_argument("--binary", default=str(HERE.parent / "build/release/benchmarks/bench_peer"))
    options = parser.parse_args()
    if not Path(options.binary).exists():
        sys.exit(f"{options.binary} is not there: cmake --build build/release --target bench_peer")
    enter_environment()

    image = void_among_disks(options.side)
    with tempfile.NamedTemporaryFile(suffix=".raw") as file:
        file.write(image.tobytes())
        file.flush()
        command = [options.binary, file.name, str(options.side), str(options.side), str(options.max_r)]
        ours = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"{options.side} × {options.side} pixels, r ≤ {options.max_r}, phase fraction {image.mean():.3f}; "
          "one thread each, best of three")
    print(f"{'descriptor':22}{'peer':32}{'peer':>11}{'Protolith':>12}{'ratio':>8}  largest difference (of values up to)")
    for name, peer, work in peers(image, options.max_r):
        try:
            theirs, seconds = fastest(work)
        except Exception as error:  # a peer that changed its interface must not hide the others
            print(f"{name:22}{peer:32}  failed: {error}")
            continue
        mine = ours[name]
        difference, scale = largest_difference(mine["values"], theirs)
        print(f"{name:22}{peer:32}{1e3 * seconds:8.1f} ms{1e3 * mine['seconds']:9.2f} ms{seconds / mine['seconds']:7.0f}×"
              f"  {difference:.3g} ({scale:.4g})", flush=True)


if __name__ == "__main__":
    main()
