#!/usr/bin/env python3
"""Writes wgan_gp_ten_steps.h5: ten updates of a tiny companion WGAN-GP (32², base 4, latent 6) by PyTorch in float64.

Needs torch (CPU) and h5py. Run: tests/reference/make_ten_steps.py. Updates: four of the critic, one of the generator,
twice; Adam and losses as in README.md. Given weights, images and noise are stored, and every loss and what came out.
"""
import sys
from pathlib import Path

import h5py
import torch

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "peer"))
import companion_networks  # noqa: E402
from make_companion_fixture import BASE, LATENT, SIZE, lively  # noqa: E402

BATCH, LEARNING_RATE, BETAS, PENALTY = 4, 1e-3, (0.5, 0.999), 10


def critic_loss(generator, critic, real, z, mix):
    """Loss and penalty; the generator is in training mode, so that its running statistics move."""
    with torch.no_grad():
        fake = generator(z)
    between = (mix * real + (1 - mix) * fake).requires_grad_()
    gradient, = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    penalty = (gradient.flatten(1).norm(dim=1) - 1).square().mean()
    return critic(fake).mean() - critic(real).mean() + PENALTY * penalty, penalty


def update(optimiser, loss, parameters):
    for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters)):
        parameter.grad = gradient
    optimiser.step()


def store(group, networks):
    for letter, network in networks.items():
        for name, value in network.main.state_dict().items():
            if value.is_floating_point():
                group[f"{letter}.{name}"] = value.numpy().copy()


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    generator, critic = companion_networks.make(SIZE, LATENT, BASE, seed=9)
    for network in (generator, critic):
        lively(network)
        network.double()
    networks = {"G": generator, "D": critic}
    parameters = {letter: list(network.parameters()) for letter, network in networks.items()}
    adam = {letter: torch.optim.Adam(p, lr=LEARNING_RATE, betas=BETAS, eps=1e-8) for letter, p in parameters.items()}
    images = torch.where(torch.rand(2, BATCH, 1, SIZE // 4, SIZE // 4) > 0.6, 1.0, -1.0).double()
    images = torch.nn.functional.interpolate(images.flatten(0, 1), scale_factor=4).unflatten(0, (2, BATCH))
    with h5py.File(HERE / "wgan_gp_ten_steps.h5", "w") as file:
        file.attrs.update({"torch": str(torch.__version__), "lr": LEARNING_RATE, "beta1": BETAS[0], "beta2": BETAS[1],
                           "penalty_weight": float(PENALTY)})
        file["real"] = images.numpy()
        store(file.create_group("before"), networks)
        for number in range(1, 11):
            group, z = file.create_group(f"update{number:02d}"), torch.randn(BATCH, LATENT).double()
            group["z"] = z.numpy()
            if number % 5:
                mix = torch.rand(BATCH, 1, 1, 1).double()
                loss, penalty = critic_loss(generator, critic, images[number % 2], z, mix)
                group["mix"], group["penalty"] = mix.flatten().numpy(), penalty.item()
                update(adam["D"], loss, parameters["D"])
            else:
                loss = -critic(generator(z)).mean()
                update(adam["G"], loss, parameters["G"])
            group["loss"] = loss.item()
        store(file.create_group("after"), networks)


if __name__ == "__main__":
    main()
