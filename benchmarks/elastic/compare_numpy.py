#!/usr/bin/env python3
"""Homogenization of 128² images, two steps of conjugate gradients, one core: Protolith against batched NumPy with
FFTW's transforms (pyFFTW) or SciPy's, single precision, the same scheme and output, runs of both taking turns.

NumPy's side is tuned: all loads and components of a batch in one transform, arrays made once, products in place, the
first residual from two columns of stress, few waves by matrix products, the batch size that is fastest here. NumPy,
SciPy and pyFFTW are installed into benchmarks/.venv on the first call. Build bench_peer_homogenise first.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import venv

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / ".venv"
PROGRAM = HERE.parent.parent / "build" / "release" / "benchmarks" / "bench_peer_homogenise"

try:
    import numpy as np
    import pyfftw
    import scipy.fft
except ImportError:
    python = ENVIRONMENT / "bin" / "python"
    if pathlib.Path(sys.prefix) == ENVIRONMENT:
        subprocess.check_call([python, "-m", "pip", "install", "--quiet", "numpy", "scipy", "pyfftw"])
    elif not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    sys.exit(subprocess.call([python, __file__]))

SIDE, STEPS, WAVELENGTH, GRID = 128, 2, 0.2, 10
IMAGES = 48
F = np.float32


def stirred_images(count):
    """Circles carried about by random waves: stripes like those of marble cakes."""
    random = np.random.default_rng(7)
    x, y = np.meshgrid((np.arange(SIDE) + 0.5) / SIDE, (np.arange(SIDE) + 0.5) / SIDE)
    images = []
    for _ in range(count):
        u, v = x.copy(), y.copy()
        for _ in range(6):
            a, b, p, q = random.uniform(0, 1, 4)
            u = u + 0.25 * (0.5 + a) * np.sin(2 * np.pi * (v + p))
            v = v + 0.25 * (0.5 + b) * np.sin(2 * np.pi * (u + q))
        images.append(np.hypot(u % 1 - 0.5, v % 1 - 0.5) < np.sqrt(0.5 / np.pi))
    return np.array(images, dtype=F)


def moduli(vs):
    mu = 3 * vs * vs
    return 3 * (1.8 * vs) ** 2 - 2 * mu, mu


class Batch:
    """Rotated grid, displacement CG with the Green operator of the mean medium; arrays (images, loads, component, y, x)."""

    def __init__(self, size, transforms):
        self.size, n = size, SIDE
        (l0, m0), (l1, m1) = moduli(3.38), moduli(4.13)
        self.unit = (l0 + l1) / 2 + m0 + m1
        self.zero, self.slope = np.array([l0, m0]) / self.unit, np.array([l1 - l0, m1 - m0]) / self.unit
        field = (size, 3, 2, n, n)
        self.u, self.p, self.q = (pyfftw.empty_aligned(field, F) for _ in range(3))
        self.r, self.z = (pyfftw.empty_aligned(field, F) for _ in range(2))
        self.hat = pyfftw.empty_aligned((size, 3, 2, n, n // 2 + 1), np.complex64)
        self.strain, self.stress = np.empty((size, 3, 3, n, n), F), np.empty((size, 3, 3, n, n), F)
        self.a, self.b, self.c = (np.empty((size, 3, n, n), F) for _ in range(3))
        self.padded = np.empty((size, 3, 2, n + 1, n + 1), F)
        self.backward_padded = np.empty((size, 3, 3, n + 1, n + 1), F)
        if transforms == "pyfftw":
            plan = {"axes": (-2, -1), "threads": 1, "flags": ("FFTW_MEASURE",)}
            self.forward = pyfftw.FFTW(self.r, self.hat, direction="FFTW_FORWARD", **plan)
            self.backward = pyfftw.FFTW(self.hat, self.z, direction="FFTW_BACKWARD", **plan)
        self.transforms = transforms
        self.green(l0, m0, l1, m1)
        self.waves(n)

    def green(self, l0, m0, l1, m1):
        n = SIDE
        lam, mu = (l0 + l1) / 2 / self.unit, (m0 + m1) / 2 / self.unit
        x, y = np.meshgrid(np.pi * np.arange(n // 2 + 1) / n, np.pi * np.fft.fftfreq(n))
        d1, d2 = 2 * np.sin(x) * np.cos(y), 2 * np.cos(x) * np.sin(y)
        square = d1 * d1 + d2 * d2
        strains = square > 1e-20
        inverse = np.where(strains, 1 / np.where(strains, mu * square, 1), 0)
        part = (lam + mu) / (lam + 2 * mu) / np.where(strains, square, 1)
        self.g11, self.g22, self.g12 = ((inverse * f / n**2).astype(F)
                                        for f in (1 - part * d1 * d1, 1 - part * d2 * d2, -part * d1 * d2))
        if self.transforms == "pyfftw":  # its backward transform is called without normalising
            return
        self.g11, self.g22, self.g12 = (F(n**2) * g for g in (self.g11, self.g22, self.g12))

    def waves(self, n):
        highest = int(np.ceil(1 / WAVELENGTH)) - 1
        k = np.arange(highest + 1)

        def table(cells):
            theta = 2 * np.pi * (np.arange(cells) + 0.5) / cells
            return np.hstack([np.cos(np.outer(theta, k)), np.sin(np.outer(theta, k[1:]))])

        number = np.concatenate([k, k[1:]])
        wave = np.hypot(*np.meshgrid(number, number)) * WAVELENGTH
        taper = np.where(wave <= 0.5, 1, np.where(wave >= 1, 0, 0.5 * (1 + np.cos(np.pi * (wave - 0.5) / 0.5))))
        pairs = np.where(number > 0, 2, 1)
        self.weights = (taper * np.outer(pairs, pairs) / n**2).astype(F)
        self.pixels, self.points = table(n).astype(F), table(GRID).astype(F)

    def precondition(self):
        """z = P r"""
        if self.transforms == "pyfftw":
            self.forward.execute()
            hat = self.hat
        else:
            hat = scipy.fft.rfft2(self.r, workers=1)
        u, v = hat[:, :, 0], hat[:, :, 1]
        cross = self.g12 * u
        u *= self.g11
        u += self.g12 * v
        v *= self.g22
        v += cross
        if self.transforms == "pyfftw":
            self.backward.execute()
        else:
            self.z[...] = scipy.fft.irfft2(hat, s=(SIDE, SIDE), workers=1, overwrite_x=True)

    def strains(self, u):
        """ε11, ε22, 2ε12 at pixels."""
        w, e = self.padded, self.strain
        w[..., :-1, :-1] = u
        w[..., -1, :-1] = u[..., 0, :]
        w[..., :, -1] = w[..., :, 0]
        lower, upper = w[..., :-1, :], w[..., 1:, :]
        total, step = lower + upper, upper - lower
        np.subtract(total[:, :, 0, :, 1:], total[:, :, 0, :, :-1], out=e[:, :, 0])
        np.add(step[:, :, 1, :, 1:], step[:, :, 1, :, :-1], out=e[:, :, 1])
        np.add(step[:, :, 0, :, 1:], step[:, :, 0, :, :-1], out=e[:, :, 2])
        e[:, :, 2] += total[:, :, 1, :, 1:]
        e[:, :, 2] -= total[:, :, 1, :, :-1]
        e *= F(0.5)
        return e

    def stresses(self, e):
        s, a = self.stress, self.a
        np.add(e[:, :, 0], e[:, :, 1], out=a)
        a *= self.lam
        np.multiply(e[:, :, :2], self.twice_mu[:, :, None], out=s[:, :, :2])
        s[:, :, :2] += a[:, :, None]
        np.multiply(e[:, :, 2], self.mu, out=s[:, :, 2])
        return s

    def divergence(self, s, out):
        w = self.backward_padded
        w[..., 1:, 1:] = s
        w[..., 0, 1:] = s[..., -1, :]
        w[..., :, 0] = w[..., :, -1]
        lower, upper = w[..., :-1, :], w[..., 1:, :]
        total, step = lower + upper, lower - upper
        for component, (along, across) in enumerate(((0, 2), (2, 1))):
            o = out[:, :, component]
            np.subtract(total[:, :, along, :, :-1], total[:, :, along, :, 1:], out=o)
            o += step[:, :, across, :, 1:]
            o += step[:, :, across, :, :-1]
        out *= F(0.5)

    @staticmethod
    def dot(a, b):
        flat = (a.shape[0], 3, -1)
        return np.einsum("ijk,ijk->ij", a.reshape(flat), b.reshape(flat))[:, :, None, None, None]

    def lowpass(self, fields):
        t = np.matmul(fields, self.pixels)  # (…, y, wave)
        t = np.matmul(self.pixels.T, t)
        t *= self.weights
        return np.matmul(np.matmul(self.points, t), self.points.T)

    def tensors(self, images):
        grey = images[:, None]
        self.lam = F(self.zero[0]) + F(self.slope[0]) * grey
        self.mu = F(self.zero[1]) + F(self.slope[1]) * grey
        self.twice_mu = 2 * self.mu
        load = np.zeros((3, 3, 1, 1), F)
        load[0, 0] = load[1, 1] = 1
        load[2, 2] = np.sqrt(2)
        self.strain[...] = load
        self.divergence(self.stresses(self.strain), self.r)
        np.negative(self.r, out=self.r)
        rho = None
        for step in range(STEPS):
            self.precondition()
            new = self.dot(self.r, self.z)
            if step == 0:
                self.p[...] = self.z
            else:
                self.p *= new / rho
                self.p += self.z
            rho = new
            e = self.strains(self.p)
            s = self.stresses(e)
            alpha = rho / self.dot(e, s)
            if step == 0:
                np.multiply(self.p, alpha, out=self.u)
            else:
                np.multiply(self.p, alpha, out=self.q)
                self.u += self.q
            if step + 1 < STEPS:
                self.divergence(s, self.q)
                self.q *= alpha
                self.r -= self.q
        e = self.strains(self.u)
        e += load
        s = self.stresses(e)
        e[:, :, 2] *= F(np.sqrt(0.5))
        s[:, :, 2] *= F(np.sqrt(2))
        g = self.lowpass(e).transpose(0, 3, 4, 2, 1)  # (image, y, x, component, load)
        h = self.lowpass(s).transpose(0, 3, 4, 2, 1)
        c = self.unit * np.matmul(h, np.linalg.inv(g))
        c = (c + np.swapaxes(c, -1, -2)) / 2
        return np.stack([c[..., i, j] for i, j in ((0, 0), (1, 1), (0, 1), (2, 2), (0, 2), (1, 2))], axis=1)


def numpy_seconds(batch, images):
    start = time.perf_counter()
    parts = [batch.tensors(images[i:i + batch.size]) for i in range(0, len(images), batch.size)]
    return time.perf_counter() - start, np.concatenate(parts)


def ours(folder, threads):
    out = folder / "tensors"
    text = subprocess.check_output([PROGRAM, folder / "images", str(IMAGES), str(SIDE), str(STEPS), str(threads), out])
    seconds = statistics.median(float(line) for line in text.split())
    return seconds, np.fromfile(out, F).reshape(IMAGES, 6, GRID, GRID)


images = stirred_images(IMAGES)
batches = [Batch(size, transforms) for transforms in ("pyfftw", "scipy") for size in (1, 2, 4, 16)]
times = {batch: [] for batch in batches}
protolith = {1: [], 2: []}
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    images.tofile(folder / "images")
    for _ in range(5):
        for batch in batches:
            seconds, tensors = numpy_seconds(batch, images)
            times[batch].append(1e3 * seconds / IMAGES)
        for threads in protolith:
            seconds, found = ours(folder, threads)
            protolith[threads].append(1e3 * seconds / IMAGES)
difference = np.abs(found - tensors).max() / tensors.std(axis=(2, 3)).mean()
print(f"{IMAGES} images of {SIDE}², {STEPS} steps, largest difference {difference:.1e} of the spatial variation")
if difference > 1e-2:
    sys.exit("the two do not compute the same")
print(f"{'milliseconds an image, median of five':44s}")
for batch in batches:
    print(f"  NumPy, {batch.transforms}, batches of {batch.size:<22d} {statistics.median(times[batch]):8.3f}")
for threads, values in protolith.items():
    print(f"  Protolith, {threads} thread{'s' if threads > 1 else ' '}                       {statistics.median(values):8.3f}")
best = min(statistics.median(t) for t in times.values())
print(f"  NumPy's best over Protolith's, one core        {best / statistics.median(protolith[1]):8.1f}x")
print(f"  two threads over one                           "
      f"{statistics.median(protolith[1]) / statistics.median(protolith[2]):8.2f}x")
