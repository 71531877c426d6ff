#!/usr/bin/env python3
"""Components and distance transform against scipy.ndimage on images of the same statistics, one core.

SciPy is installed into benchmarks/.venv on the first call. Build bench_components and bench_distance first.
"""
import json
import pathlib
import subprocess
import sys
import time
import venv

HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / ".venv"
PROGRAMS = HERE.parent.parent / "build" / "release" / "benchmarks"

try:
    import numpy as np
    from scipy import ndimage
except ImportError:
    python = ENVIRONMENT / "bin" / "python"
    if pathlib.Path(sys.prefix) == ENVIRONMENT:
        subprocess.check_call([python, "-m", "pip", "install", "--quiet", "numpy", "scipy"])
    elif not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    sys.exit(subprocess.call([python, __file__]))


def grains(side, width):
    """Noise smoothed three times by a running mean, thresholded at its mean (benchmarks/descriptors/grains.hpp)."""
    field = np.random.default_rng(1).random((side, side), dtype=np.float32) - 0.5
    for _ in range(3 if width > 1 else 0):
        field = ndimage.uniform_filter(field, width, mode="wrap")
    return (field > 0).astype(np.uint8)


def best_ms(work, repeats=3):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1e3 * min(times)


def ours(program, pattern):
    """Milliseconds of every benchmark whose name matches."""
    text = subprocess.check_output([PROGRAMS / program, f"--benchmark_filter={pattern}", "--benchmark_format=json",
                                    "--benchmark_min_time=0.3"], stderr=subprocess.DEVNULL)
    return {b["name"]: b["real_time"] for b in json.loads(text)["benchmarks"]}


def line(what, scipy_ms, protolith_ms):
    print(f"{what:44s} {scipy_ms:10.1f} {protolith_ms:10.2f} {scipy_ms / protolith_ms:8.1f}x")


print(f"{'one core, milliseconds':44s} {'SciPy':>10s} {'Protolith':>10s}")
components = ours("bench_components", "label_runs|label_every_pixel|shapes")
distance = ours("bench_distance", "distance_transform.*:2$")
for side in (2000, 5000):
    for width in (9, 1):
        image = grains(side, width)
        tail = f"side:{side}/grain:{width}"
        label_ms = best_ms(lambda: ndimage.label(image))
        line(f"label, {side}², grain {width}: runs", label_ms, components["label_runs/" + tail])
        line(f"label, {side}², grain {width}: every pixel", label_ms, components["label_every_pixel/" + tail])
        if width > 1:
            labels, count = ndimage.label(image)
            rest = best_ms(lambda: ndimage.center_of_mass(image, labels, np.arange(1, count + 1)), 1)
            line(f"{side}²: + centres (SciPy), all shapes (here)", label_ms + rest, components["shapes/" + tail])
for side in (1000, 2000, 5000):
    image = grains(side, 15)
    line(f"distance transform, {side}²", best_ms(lambda: ndimage.distance_transform_edt(image), 1),
         distance[f"distance_transform/side:{side}/dimension:2"])
