"""PyTorch's half of compare_pytorch.py: seconds and peak memory of WGAN-GP steps, one JSON line to standard output.

Run in a process of its own for each precision and layout. Generation first, the critic step last, each with the peak of
memory that it reached (resident; on a GPU what the allocator took), so that a later one's includes no more than it needs.
"""
import argparse
import json
import statistics
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "peer"))
import companion_networks  # noqa: E402


class Step:
    """Critic step with penalty, generator step and generation of the companion's training loop, one batch each."""

    def __init__(self, options):
        self.options = options
        self.layout = torch.channels_last if options.layout == "NHWC" else torch.contiguous_format
        generator, critic = companion_networks.make(options.size, options.latent, options.width)
        self.generator = generator.to(options.device, memory_format=self.layout)
        self.critic = critic.to(options.device, memory_format=self.layout)
        adam = {"lr": 1e-4, "betas": (0.5, 0.999)}
        self.generator_adam = torch.optim.Adam(generator.parameters(), **adam)
        self.critic_adam = torch.optim.Adam(critic.parameters(), **adam)
        real = torch.rand(options.batch, 1, options.size, options.size) * 2 - 1
        self.real = real.to(options.device, memory_format=self.layout)

    def cast(self):
        bfloat16 = self.options.precision == "bfloat16"
        return torch.autocast(self.options.device, torch.bfloat16) if bfloat16 else nullcontext()

    def noise(self):
        return torch.randn(self.options.batch, self.options.latent, device=self.options.device)

    def critic_step(self):
        with self.cast():
            with torch.no_grad():
                fake = self.generator(self.noise()).float()
            mix = torch.rand(self.options.batch, 1, 1, 1, device=self.options.device)
            between = (mix * self.real + (1 - mix) * fake).to(memory_format=self.layout).requires_grad_()
            scores = self.critic(between)
            gradient, = torch.autograd.grad(scores.sum(), between, create_graph=True)
            penalty = (gradient.float().flatten(1).norm(dim=1) - 1).square().mean()
            loss = self.critic(fake).float().mean() - self.critic(self.real).float().mean() + 10 * penalty
        self.critic_adam.zero_grad()
        loss.backward()
        self.critic_adam.step()
        return loss.item()

    def generator_step(self):
        self.critic.requires_grad_(False)
        with self.cast():
            loss = -self.critic(self.generator(self.noise())).float().mean()
        self.generator_adam.zero_grad()
        loss.backward()
        self.generator_adam.step()
        self.critic.requires_grad_(True)
        return loss.item()

    def generation(self):
        self.generator.eval()
        with torch.inference_mode(), self.cast():
            images = self.generator(self.noise())
        self.generator.train()
        return images.float().mean().item()


def memory(line):
    """A line of this process's status in bytes: VmHWM (peak resident), VmRSS (resident now)."""
    text = Path("/proc/self/status").read_text()
    return 1024 * int(text.split(line + ":")[1].split()[0])


def peak_memory(device):
    return torch.cuda.max_memory_reserved() if device == "cuda" else memory("VmHWM")


def seconds_of(work, calls):
    """Median seconds of a call after one that warms up. Each call returns a number, so it has waited for a GPU."""
    work()
    taken = []
    for _ in range(calls):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in {"size": 64, "latent": 512, "width": 16, "batch": 64, "threads": 1, "repeat": 3}.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--precision", choices=["float32", "tf32", "bfloat16"], default="float32")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--layout", choices=["NCHW", "NHWC"], default="NCHW")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = options.precision == "tf32"
    torch.backends.cudnn.benchmark = options.device == "cuda"  # the fastest algorithm for each shape
    before = 0 if options.device == "cuda" else memory("VmRSS")
    step = Step(options)
    result = {"parameters": [sum(p.numel() for p in network.parameters()) for network in (step.generator, step.critic)],
              "resident_before": before}
    for name in ("generation", "generator_step", "critic_step"):
        seconds = seconds_of(getattr(step, name), options.repeat)
        result[name] = {"seconds": seconds, "peak_memory": peak_memory(options.device)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
