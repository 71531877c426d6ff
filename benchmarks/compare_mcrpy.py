#!/usr/bin/env python3
"""Times one 2-D reconstruction by Protolith and by MCRpy (Seibert et al. 2022, J. Open Source Softw. 7, 4560), and
compares how well each meets the two-point probability of the same image.

MCRpy is installed from PyPI into a throw-away environment (benchmarks/.venv/mcrpy, once). Build first (scripts/build.sh),
then: benchmarks/compare_mcrpy.py [--side 64] [--range 15] [--iterations 100].
"""
import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / "benchmarks/.venv/mcrpy"
# MCRpy 0.2 uses what NumPy 2 took away; TensorFlow 2.15 is the last that goes with NumPy 1.
PACKAGES = ["tensorflow-cpu==2.15.1", "numpy<2", "scipy", "matplotlib", "pyevtk", "h5py", "pillow"]


def enter_environment():
    """Goes on in the environment, which it makes first if it is not there."""
    python = VENV / "bin" / "python"
    if Path(sys.prefix) == VENV:
        return
    ready = python.exists() and subprocess.run([python, "-c", "import mcrpy"], capture_output=True).returncode == 0
    if not ready:
        print(f"installing MCRpy and TensorFlow into {VENV}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        for packages in (PACKAGES, ["--no-deps", "mcrpy==0.2.0"]):
            install = subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], capture_output=True, text=True)
            if install.returncode != 0:
                reason = install.stderr.strip().splitlines()[-1:] or ["no reason given"]
                sys.exit(f"MCRpy could not be installed from PyPI, so there is nothing to compare with: {reason[0]}")
    one_thread = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1",
                  "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    os.execve(python, [str(python), "-W", "ignore", __file__, *sys.argv[1:]], {**os.environ, **one_thread})


def smoothed_noise(side, fraction=0.352, half=3, seed=1):
    """Image (side, side), 1 in the phase: noise blurred three times by a box, cut at a level; periodic."""
    import numpy as np
    from scipy.ndimage import uniform_filter
    field = np.random.default_rng(seed).normal(size=(side, side))
    for _ in range(3):
        field = uniform_filter(field, 2 * half + 1, mode="wrap")
    return (field > np.quantile(field, 1 - fraction)).astype(np.uint8)


def s2(image, largest):
    """Two-point probability along rows and columns averaged, r = 0 … largest, periodic."""
    import numpy as np
    return np.array([(np.mean(image * np.roll(image, r, 0)) + np.mean(image * np.roll(image, r, 1))) / 2
                     for r in range(largest + 1)])


def by_protolith(image, largest, binary):
    """Reconstruction and seconds of the annealing; the program also reads, draws and writes."""
    import h5py
    from PIL import Image
    with tempfile.TemporaryDirectory() as folder:
        Image.fromarray(image * 255).save(f"{folder}/image.png")
        rows, columns = image.shape
        Path(folder, "deck.toml").write_text(
            f'[target]\nimages = ["image.png"]\nboundary = "periodic"\n[batch]\ncount = 1\nextent = [{rows}, {columns}]\n'
            f'[anneal]\nenergy_below = 1e-7\n[[term]]\nkind = "S2"\nrange = {largest}\n')
        subprocess.run([binary, "reconstruct", "--input", f"{folder}/deck.toml", "--output", f"{folder}/run"], check=True,
                       capture_output=True)
        phases = json.loads(Path(folder, "run/summary.json").read_text())["phases"]
        seconds = next(phase["max_s"] for phase in phases if phase["phase"] == "anneal")
        with h5py.File(f"{folder}/run/result.h5") as file:
            return file["phase"][0].astype(float), seconds


@contextlib.contextmanager
def silence():
    """No output, TensorFlow's own included, which does not go through Python."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def by_mcrpy(image, largest, iterations):
    """Reconstruction and seconds of characterisation and optimisation, without the import of TensorFlow."""
    import logging
    import mcrpy
    import numpy as np
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        common = dict(descriptor_types=["TwoPointCorrelations", "VolumeFractions"], limit_to=largest + 1,
                      use_multigrid_descriptor=False, periodic=True, target_folder=folder)
        start = time.perf_counter()
        with silence():
            descriptor = mcrpy.characterize(mcrpy.Microstructure(image), mcrpy.CharacterizationSettings(
                use_multiphase=False, **common))
            _, result = mcrpy.reconstruct(descriptor, image.shape, settings=mcrpy.ReconstructionSettings(
                max_iter=iterations, use_multiphase=False, outfile_data_steps=iterations, **common))
        seconds = time.perf_counter() - start
    drawn = result.decode_phases(raw=True)  # real values, cut so that the phase fraction is met
    return (drawn > np.quantile(drawn, 1 - image.mean())).astype(float), seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--side", type=int, default=64, help="rows and columns of the image")
    parser.add_argument("--range", type=int, default=15, help="largest distance, pixels")
    parser.add_argument("--iterations", type=int, default=100, help="of MCRpy's optimiser (L-BFGS-B)")
    parser.add_argument("--binary", default=str(ROOT / "build/release/protolith"))
    options = parser.parse_args()
    if not Path(options.binary).exists():
        sys.exit(f"{options.binary} is not there: scripts/build.sh")
    enter_environment()

    image = smoothed_noise(options.side)
    target = s2(image.astype(float), options.range)
    print(f"{options.side} × {options.side} pixels, S2 for r ≤ {options.range}, phase fraction {image.mean():.3f}; one thread each")
    print(f"{'code':12}{'seconds':>10}  {'largest difference of S2':>26}  {'sum of squares':>15}")
    for name, work in (("Protolith", lambda: by_protolith(image, options.range, options.binary)),
                       ("MCRpy", lambda: by_mcrpy(image, options.range, options.iterations))):
        drawn, seconds = work()
        difference = s2(drawn, options.range) - target
        print(f"{name:12}{seconds:10.3f}  {abs(difference).max():26.2e}  {(difference ** 2).sum():15.2e}", flush=True)


if __name__ == "__main__":
    main()
