#!/usr/bin/env python3
"""Tempered sampling of the 30-D bimodal case against ptemcee (Vousden, Farr & Mandel 2016), one core, one run.

ptemcee is installed into benchmarks/.venv on the first call. Build bench_tempering first. Both use 16 temperatures;
the likelihood of ptemcee is written for its speed: plain arithmetic on the four variables that matter. To reach: 10
times its evaluations per second.
"""
import json
import math
import os
import pathlib
import subprocess
import sys
import time
import venv

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[threads] = "1"
HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / ".venv"
PROGRAM = HERE.parent.parent / "build" / "release" / "benchmarks" / "bench_tempering"

try:
    import numpy as np
    np.float = float  # names that ptemcee 1.0.0 uses and numpy dropped in 1.24 and 2.4
    np.trapz = np.trapezoid if hasattr(np, "trapezoid") else np.trapz
    import ptemcee
except ImportError:
    python = ENVIRONMENT / "bin" / "python"
    if pathlib.Path(sys.prefix) == ENVIRONMENT:
        subprocess.check_call([python, "-m", "pip", "install", "--quiet", "numpy", "ptemcee"])
    elif not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    sys.exit(subprocess.call([python, __file__]))

DIMENSIONS, TEMPERATURES, WALKERS = 30, 16, 64
LOG_WEIGHTS = math.log(0.3), math.log(0.7)
CONSTANT = -DIMENSIONS / 2 * math.log(2 * math.pi)


def log_likelihood(z):
    a, b, c, d = z[0], z[1], z[2], z[3]
    squares, total = a * a + b * b + c * c + d * d + 16.0, 4.0 * (a + b + c + d)
    right = LOG_WEIGHTS[0] - (squares - total) / 0.18
    left = LOG_WEIGHTS[1] - (squares + total) / 0.18
    return max(right, left) + math.log1p(math.exp(-abs(right - left)))


def log_prior(z):
    return CONSTANT - 0.5 * z.dot(z)


def peer(iterations):
    """Evaluations per second, log evidence and share of the mode on the right."""
    np.random.seed(1)
    sampler = ptemcee.Sampler(WALKERS, DIMENSIONS, log_likelihood, log_prior, ntemps=TEMPERATURES, Tmax=np.inf)
    start = time.perf_counter()
    sampler.run_mcmc(np.random.normal(size=(TEMPERATURES, WALKERS, DIMENSIONS)), iterations=iterations,
                     adapt=True)
    seconds = time.perf_counter() - start
    evidence, _ = sampler.log_evidence_estimate(fburnin=0.5)
    return (TEMPERATURES * WALKERS * (iterations + 1) / seconds, evidence,
            float(np.mean(sampler.chain[0, :, iterations // 2:, 0] > 0)))


def ours():
    text = subprocess.check_output([PROGRAM, "--benchmark_filter=^tempered/", "--benchmark_format=json"],
                                   stderr=subprocess.DEVNULL)
    return {b["name"].split("/")[1]: b for b in json.loads(text)["benchmarks"]}


print(f"30-D bimodal case, {TEMPERATURES} temperatures, one core; exact: log evidence -12.328, weight 0.300")
print(f"{'':28s} {'evaluations/s':>14s} {'ratio':>8s} {'log evidence':>13s} {'weight':>7s}")
rate, evidence, weight = peer(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
print(f"{'ptemcee ' + ptemcee.__version__:28s} {rate:14.0f} {1.0:8.1f} {evidence:13.3f} {weight:7.3f}")
for name, b in ours().items():
    print(f"{name:28s} {b['evaluations/s']:14.0f} {b['evaluations/s'] / rate:8.1f} {b['log evidence']:13.3f} {b['weight']:7.3f}")
