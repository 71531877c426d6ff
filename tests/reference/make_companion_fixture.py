#!/usr/bin/env python3
"""Writes companion_*.safetensors and companion_images.h5: a tiny companion model saved by PyTorch, and what it draws.

Needs torch (CPU), safetensors and h5py. Run: tests/reference/make_companion_fixture.py. Weights are float32 (and the
same rounded to bfloat16); the images and scores are evaluated in float64 from them, so that a reader can be tested to
its own rounding.
"""
import sys
from pathlib import Path

import h5py
import torch
from safetensors.torch import save_file

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "peer"))
import companion_networks  # noqa: E402

SIZE, LATENT, BASE = 32, 6, 4


def lively(module):
    """Weights and scales large enough for images with contrast, which N(0, 0.02²) would not give so few channels."""
    for name, parameter in module.named_parameters():
        if parameter.dim() == 1:
            parameter.data.add_(0.3 * torch.randn_like(parameter))
        else:
            parameter.data.mul_(0.3 / 0.02 if parameter.shape[2] == 1 else 0.15 / 0.02)


def save(module, name):
    state = {key: value.contiguous() for key, value in module.state_dict().items()}
    save_file(state, HERE / f"companion_{name}.safetensors", metadata={"format": "pt"})
    half = {key: value.bfloat16() if value.is_floating_point() else value for key, value in state.items()}
    save_file(half, HERE / f"companion_{name}_bfloat16.safetensors", metadata={"format": "pt"})
    return {"float32": state, "bfloat16": half}


def main():
    torch.set_num_threads(1)
    generator, critic = companion_networks.make(SIZE, LATENT, BASE, seed=5)
    lively(generator)
    lively(critic)
    with torch.no_grad():
        for _ in range(20):
            generator(torch.randn(16, LATENT))  # running statistics
    states, critic_states = save(generator, "generator"), save(critic, "critic")
    z = torch.randn(3, LATENT, dtype=torch.float64)
    with h5py.File(HERE / "companion_images.h5", "w") as file, torch.no_grad():
        file["z"] = z.numpy()
        for precision in states:
            generator.double().eval().load_state_dict(states[precision])
            critic.double().load_state_dict(critic_states[precision])
            images = generator(z)
            file[f"{precision}/images"], file[f"{precision}/scores"] = images.numpy(), critic(images).numpy()
            wide = generator.main(torch.cat([z, z.flip(0)], 1).reshape(3, 2, LATENT).permute(0, 2, 1)[:, :, None, :])
            file[f"{precision}/wide_images"] = wide.numpy()


if __name__ == "__main__":
    main()
