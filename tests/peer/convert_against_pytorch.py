#!/usr/bin/env python3
"""Draws images of the same latents by PyTorch and by Protolith, with networks converted both ways, and compares them.

By hand or by scripts, never by ctest: needs torch, safetensors, h5py and numpy, which are installed from PyPI into a
throw-away environment (benchmarks/.venv/pytorch, once) unless --python names an interpreter that has them. Build first:
cmake --build build/release --target protolith; then tests/peer/convert_against_pytorch.py.
"""
import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parents[1] / "benchmarks" / ".venv" / "pytorch"  # that of benchmarks/compare_pytorch.py
PACKAGES = ["torch", "safetensors", "h5py", "numpy"]
SIZE, LATENT, WIDTH, TOLERANCE = 64, 24, 6, 2e-5


def enter_environment(given):
    """Goes on in an interpreter that has the packages."""
    imports = "import torch, safetensors, h5py, numpy"
    if subprocess.run([sys.executable, "-c", imports], capture_output=True).returncode == 0:
        return
    python = Path(given) if given else VENV / "bin" / "python"
    if not given and not python.exists():
        print(f"installing {', '.join(PACKAGES)} into {VENV}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        install = subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], capture_output=True, text=True)
        if install.returncode != 0:
            reason = install.stderr.strip().splitlines()[-1:] or ["no reason given"]
            sys.exit(f"PyTorch could not be installed from PyPI, so there is nothing to compare with: {reason[0]}")
    if subprocess.run([python, "-c", imports], capture_output=True).returncode != 0:
        sys.exit(f"{python} lacks one of {', '.join(PACKAGES)}")
    os.execv(python, [str(python), __file__, *sys.argv[1:]])


def protolith(binary, job, output, **sets):
    words = [word for key, value in sets.items() for word in ("--set", f"{key.replace('__', '.')}={value}")]
    run = subprocess.run([binary, *job.split(), "--output", output, *words], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"protolith {job} ended with {run.returncode}: {run.stderr.strip()}")


def largest_difference(generator, result):
    """Between Protolith's grey images and PyTorch's of the latents stored with them; and the images' deviation."""
    import h5py
    import torch
    with h5py.File(result) as file:
        grey, latent = torch.from_numpy(file["grey"][()]), torch.from_numpy(file["latent"][()])
    with torch.inference_mode():
        images = generator.main(latent.permute(0, 3, 1, 2))[:, 0]
    return (images - grey).abs().max().item(), images.std().item()


def from_pytorch(binary, folder):
    """A model of PyTorch's, with running statistics of its own, drawn from by Protolith."""
    import torch
    from safetensors.torch import save_file
    from companion_networks import make
    generator, critic = make(SIZE, LATENT, WIDTH, seed=1)
    with torch.no_grad():
        for parameter in generator.parameters():
            parameter.mul_(8 if parameter.dim() > 1 else 1)
        for _ in range(30):
            generator(torch.randn(32, LATENT))
    save_file(generator.state_dict(), folder / "generator.safetensors")
    save_file(critic.state_dict(), folder / "critic.safetensors")
    protolith(binary, "convert", folder / "here", generator=folder / "generator.safetensors",
              critic=folder / "critic.safetensors")
    for name, latent_extent in {"drawn": "[1, 1]", "wide": "[1, 3]"}.items():
        protolith(binary, "generate", folder / name, weights=folder / "here/weights.h5", count=20, grey="true",
                  latent_extent=latent_extent)
        difference = largest_difference(generator.eval(), folder / name / "result.h5")
        yield f"PyTorch's model, latents {latent_extent}", *difference


def from_protolith(binary, folder):
    """A model trained here for a few steps, drawn from by PyTorch."""
    from safetensors.torch import load_file
    from companion_networks import Critic, Generator
    protolith(binary, "simulate disks", folder / "images", count=64, extent=f"[{SIZE}, {SIZE}]",
              phase_fraction=0.4)
    protolith(binary, "train wgan-gp", folder / "trained", data__file=folder / "images/result.h5", steps=10, batch=16,
              learning_rate=0.02,
              network__image_size=SIZE, network__latent=LATENT, network__width=WIDTH, network__critic_width=WIDTH)
    protolith(binary, "convert", folder / "there", weights=folder / "trained/last.h5")
    protolith(binary, "generate", folder / "drawn_last", weights=folder / "trained/last.h5", count=20, grey="true")
    generator, critic = Generator(SIZE, LATENT, WIDTH).eval(), Critic(SIZE, WIDTH)
    generator.load_state_dict(load_file(folder / "there/generator.safetensors"))
    critic.load_state_dict(load_file(folder / "there/critic.safetensors"))
    yield "Protolith's model", *largest_difference(generator, folder / "drawn_last/result.h5")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", help="an interpreter that has the packages")
    parser.add_argument("--binary", default=str(HERE.parents[1] / "build/release/protolith"))
    options = parser.parse_args()
    if not Path(options.binary).exists():
        sys.exit(f"{options.binary} is not there: cmake --build build/release --target protolith")
    enter_environment(options.python)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for direction in (from_pytorch, from_protolith):
            for what, difference, deviation in direction(options.binary, Path(folder)):
                failed |= not difference <= TOLERANCE
                print(f"{what:40} largest difference {difference:.2e}, deviation of the images {deviation:.2f}: "
                      f"{'the same' if difference <= TOLERANCE else 'NOT the same'} to {TOLERANCE}", flush=True)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
