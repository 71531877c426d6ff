"""The WGAN-GP networks of GeoWGAN-GP (JGR Solid Earth) in PyTorch, with the parameter names of its public code.

Written from the paper's table: generator and critic are one torch.nn.Sequential each, held as `main`, so that the names
are main.0.weight, main.1.weight, main.1.running_mean, … For the tests of `protolith convert` and compare_pytorch.py.
"""
import torch
from torch import nn


def widths(size, base):
    """Channels from the 4² map to the half-size map: 1024, 512, 256, 128, 64 for size 128 and base 64."""
    levels = (size // 4).bit_length() - 1
    if size != 4 << levels or levels < 2:
        raise ValueError(f"image size {size} is not 4 times a power of two, at least 16")
    return [base << k for k in range(levels)][::-1]


class Generator(nn.Module):
    """z (N, latent) → images (N, 1, size, size) in [−1, 1]."""

    def __init__(self, size=128, latent=512, base=64):
        super().__init__()
        channels = widths(size, base)
        layers = []

        def block(convolution):
            layers.extend([convolution, nn.BatchNorm2d(convolution.out_channels), nn.ReLU(inplace=True)])

        block(nn.ConvTranspose2d(latent, channels[0], 4, 1, 0, bias=False))
        for wide, narrow in zip(channels, channels[1:]):
            block(nn.ConvTranspose2d(wide, narrow, 4, 2, 1, bias=False))
        block(nn.Conv2d(channels[-1], channels[-1], 1, bias=False))
        layers += [nn.ConvTranspose2d(channels[-1], 1, 4, 2, 1, bias=False), nn.Tanh()]
        self.main = nn.Sequential(*layers)

    def forward(self, z):
        return self.main(z[:, :, None, None])


class Critic(nn.Module):
    """Images (N, 1, size, size) → scores (N, 1)."""

    def __init__(self, size=128, base=64):
        super().__init__()
        layers, previous = [], 1
        for channels in reversed(widths(size, base)):
            layers += [nn.Conv2d(previous, channels, 4, 2, 1, bias=False), nn.LeakyReLU(0.2, inplace=True)]
            previous = channels
        layers.append(nn.Conv2d(previous, 1, 4, 1, 0, bias=False))
        self.main = nn.Sequential(*layers)

    def forward(self, images):
        return self.main(images).flatten(1)


def initialise(module):
    """Convolutions N(0, 0.02²), batch norm scales N(1, 0.02²)."""
    if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(module.weight, 0.0, 0.02)
    elif isinstance(module, nn.BatchNorm2d):
        nn.init.normal_(module.weight, 1.0, 0.02)
        nn.init.zeros_(module.bias)


def make(size=128, latent=512, base=64, seed=0):
    torch.manual_seed(seed)
    return Generator(size, latent, base).apply(initialise), Critic(size, base).apply(initialise)
