"""Values for normalise_reference_test.cpp and Adam's in optimise_test.cpp, from PyTorch in float64 (made with 2.15).

python3 normalise_reference.py prints them; images here are (N, H, W, C), PyTorch's (N, C, H, W).
"""
import torch

torch.set_default_dtype(torch.float64)


def wave(count, frequency, phase):
    return torch.sin(torch.arange(count).double() * frequency + phase)


def images(values):
    return values.reshape(2, 2, 2, 3).permute(0, 3, 1, 2).contiguous()


def show(name, values):
    values = values.detach()
    if values.dim() == 4:
        values = values.permute(0, 2, 3, 1).reshape(-1)[:6]
    print(f"{name:18}", ", ".join(f"{v:.15g}" for v in values.reshape(-1).tolist()))


x = images(wave(24, 0.7, 0.1) * 2 + 0.3).requires_grad_()
g = images(wave(24, 1.3, 0.5))
gamma = torch.tensor([1.5, -0.7, 0.4], requires_grad=True)
beta = torch.tensor([0.2, 0.1, -0.3], requires_grad=True)
mean, variance = torch.zeros(3), torch.ones(3)
for kind in ("batch", "instance"):
    if kind == "batch":
        z = torch.nn.functional.batch_norm(x, mean, variance, gamma, beta, True, 0.1, 1e-5)
    else:
        z = torch.nn.functional.instance_norm(x, weight=gamma, bias=beta, eps=1e-5)
    y = torch.nn.functional.leaky_relu(z, 0.2)
    by_x, by_gamma, by_beta = torch.autograd.grad((y * g).sum(), [x, gamma, beta], create_graph=True)
    penalty = (by_x**2).sum()
    penalty_by_x, penalty_by_gamma = torch.autograd.grad(penalty, [x, gamma])
    print(kind)
    for name in ("y", "by_x", "by_gamma", "by_beta", "penalty", "penalty_by_x", "penalty_by_gamma"):
        show(name, globals()[name])
show("running mean", mean)
show("running variance", variance)

w = torch.nn.Parameter(wave(5, 1.0, 0.0))
adam = torch.optim.Adam([w], lr=1e-2, betas=(0.5, 0.999))
for step in range(3):
    w.grad = wave(5, 2.0, float(step)) * 1e-3
    adam.step()
show("Adam", w)
