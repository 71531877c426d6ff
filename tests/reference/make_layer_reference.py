#!/usr/bin/env python3
"""Writes layers.h5: values, first and second derivatives of single layers by PyTorch in float64, for golden_test.

Needs torch (CPU) and h5py; a throw-away environment will do. Run: tests/reference/make_layer_reference.py
[--output FILE]. One thread, fixed seeds: two runs agree bit for bit with the same PyTorch. README.md beside this file
says what is stored.
"""
import argparse
import math
import zlib
from pathlib import Path

import h5py
import torch
import torch.nn.functional as F

EPSILON_NORM, EPSILON_PIXEL, SLOPE, SWISH_GAIN = 1e-5, 1e-8, 0.2, 1 / 1.09984


# ── what PyTorch lacks, in its own operations ─────────────────────────────────────────────────────────────────────────
def pixel_norm(x):
    """x / sqrt(mean over channels of x² + 1e-8) (Karras et al. 2018, § 4.2)."""
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + EPSILON_PIXEL)


def group_sort(x):
    """Ascending within pairs of neighbouring channels (Anil et al. 2019)."""
    return x.unflatten(1, (x.shape[1] // 2, 2)).sort(dim=2).values.flatten(1, 2)


def minibatch_stddev(x):
    """Appends a channel: the standard deviation over the batch, averaged over all else (Karras et al. 2018, § 3)."""
    deviation = torch.sqrt(x.var(0, unbiased=False) + EPSILON_PIXEL).mean()
    return torch.cat([x, deviation.expand(x.shape[0], 1, *x.shape[2:])], 1)


def reflect(x, width):
    return F.pad(x, (width,) * 4, mode="reflect")


def batch_norm(x, weight, bias):
    return F.batch_norm(x, None, None, weight, bias, training=True, eps=EPSILON_NORM)


def instance_norm(x, weight, bias):
    return F.instance_norm(x, weight=weight, bias=bias, eps=EPSILON_NORM)


# ── the layers: name → (function, {input: shape or tensor}) ───────────────────────────────────────────────────────────
def convolutions():
    def conv(x, w, bias=None, **keys):
        inputs = {"x": x, "weight": w} | ({"bias": (w[0],)} if bias else {})
        function = F.conv3d if len(x) == 5 else F.conv2d
        return lambda *a: function(*a, **keys), inputs

    def transposed(x, w, bias=None, **keys):
        inputs = {"x": x, "weight": w} | ({"bias": (w[1],)} if bias else {})
        function = F.conv_transpose3d if len(x) == 5 else F.conv_transpose2d
        return lambda *a: function(*a, **keys), inputs

    def reflected(x, w, width):
        return lambda a, b, c: F.conv2d(reflect(a, width), b, c), {"x": x, "weight": w, "bias": (w[0],)}

    return {
        "conv_1x1": conv((2, 3, 4, 5), (4, 3, 1, 1)),
        "conv_3x3": conv((2, 3, 5, 4), (4, 3, 3, 3), bias=True, padding=1),
        "conv_3x3_one_channel_one_image": conv((1, 1, 5, 1), (1, 1, 3, 3), padding=1),
        "conv_3x3_valid": conv((2, 4, 5, 6), (1, 4, 3, 3)),
        "conv_3x3_stride_2": conv((2, 3, 6, 8), (4, 3, 3, 3), bias=True, stride=2, padding=1),
        "conv_3x3_stride_2_odd": conv((2, 2, 7, 5), (3, 2, 3, 3), stride=2, padding=1),
        "conv_4x4_stride_2": conv((2, 3, 8, 6), (4, 3, 4, 4), stride=2, padding=1),
        "conv_4x4_stride_2_odd": conv((2, 2, 7, 9), (3, 2, 4, 4), bias=True, stride=2, padding=1),
        "conv_4x4_stride_1": conv((2, 3, 6, 5), (2, 3, 4, 4), bias=True, padding=1),
        "conv_4x4_to_one_pixel": conv((3, 4, 4, 4), (1, 4, 4, 4), bias=True),
        "conv_7x7_reflect_3": reflected((2, 2, 6, 5), (2, 2, 7, 7), 3),
        "conv_9x9_reflect_4": reflected((1, 1, 6, 5), (2, 1, 9, 9), 4),
        "conv_3x3_reflect_1": reflected((2, 2, 2, 3), (2, 2, 3, 3), 1),
        "conv3d_3x3x3": conv((2, 2, 3, 4, 3), (3, 2, 3, 3, 3), bias=True, padding=1),
        "conv3d_4x4x4_stride_2": conv((1, 2, 4, 6, 4), (2, 2, 4, 4, 4), stride=2, padding=1),
        "transposed_4x4_from_one_pixel": transposed((3, 4, 1, 1), (4, 3, 4, 4)),
        "transposed_4x4_stride_2": transposed((2, 4, 4, 3), (4, 3, 4, 4), bias=True, stride=2, padding=1),
        "transposed_4x4_stride_2_to_one_channel": transposed((2, 4, 3, 3), (4, 1, 4, 4), stride=2, padding=1),
        "transposed_3x3_stride_2_output_padding": transposed((2, 3, 3, 4), (3, 2, 3, 3), bias=True, stride=2, padding=1,
                                                             output_padding=1),
        "transposed3d_4x4x4_stride_2": transposed((1, 3, 2, 3, 2), (3, 2, 4, 4, 4), bias=True, stride=2, padding=1),
        "transposed3d_3x3x3_stride_2_output_padding": transposed((1, 2, 2, 2, 3), (2, 2, 3, 3, 3), stride=2, padding=1,
                                                                 output_padding=1),
        "linear": (F.linear, {"x": (3, 5), "weight": (4, 5), "bias": (4,)}),
    }


def norms():
    image, volume = (3, 4, 3, 5), (2, 3, 2, 3, 4)
    affine = {"weight": (4,), "bias": (4,)}
    return {
        "batch_norm": (batch_norm, {"x": image, **affine}),
        "batch_norm_relu": (lambda *a: F.relu(batch_norm(*a)), {"x": image, **affine}),
        "batch_norm_3d": (batch_norm, {"x": volume, "weight": (3,), "bias": (3,)}),
        "batch_norm_of_pixels": (batch_norm, {"x": (5, 3, 1, 1), "weight": (3,), "bias": (3,)}),
        "instance_norm": (instance_norm, {"x": image, **affine}),
        "instance_norm_plain": (lambda x: F.instance_norm(x, eps=EPSILON_NORM), {"x": image}),
        "instance_norm_leaky_relu": (lambda *a: F.leaky_relu(instance_norm(*a), SLOPE), {"x": image, **affine}),
        "instance_norm_3d": (instance_norm, {"x": volume, "weight": (3,), "bias": (3,)}),
        "pixel_norm": (pixel_norm, {"x": image}),
        "minibatch_stddev": (minibatch_stddev, {"x": image}),
    }


def activations():
    image = {"x": (2, 4, 3, 5)}
    return {
        "relu": (F.relu, image),
        "leaky_relu": (lambda x: F.leaky_relu(x, SLOPE), image),
        "prelu": (F.prelu, {**image, "weight": (1,)}),
        "prelu_by_channel": (F.prelu, {**image, "weight": (4,)}),
        "tanh": (torch.tanh, image),
        "sigmoid": (torch.sigmoid, image),
        "swish": (lambda x: F.silu(x), image),
        "swish_normalised": (lambda x: F.silu(x) * SWISH_GAIN, image),
        "selu": (F.selu, image),
        "softmax": (lambda x: F.softmax(x, 1), image),
        "log_softmax": (lambda x: F.log_softmax(x, 1), image),
        "group_sort": (group_sort, image),
    }


def maps():
    def resize(size, mode):
        corners = {} if mode == "nearest" else {"align_corners": False}
        return lambda x: F.interpolate(x, size=size, mode=mode, **corners)

    return {
        "nearest_twice": (resize((6, 10), "nearest"), {"x": (2, 2, 3, 5)}),
        "nearest_twice_3d": (resize((4, 6, 2), "nearest"), {"x": (1, 2, 2, 3, 1)}),
        "bilinear_twice": (resize((6, 10), "bilinear"), {"x": (2, 2, 3, 5)}),
        "bilinear_half": (resize((4, 3), "bilinear"), {"x": (2, 2, 8, 6)}),
        "bilinear_to_other_size": (resize((7, 4), "bilinear"), {"x": (2, 2, 5, 6)}),
        "pixel_shuffle": (lambda x: F.pixel_shuffle(x, 2), {"x": (2, 8, 3, 2)}),
        "pixel_unshuffle": (lambda x: F.pixel_unshuffle(x, 2), {"x": (2, 2, 4, 6)}),
        "average_pool": (lambda x: F.avg_pool2d(x, 2), {"x": (2, 3, 4, 6)}),
        "average_pool_3d": (lambda x: F.avg_pool3d(x, 2), {"x": (1, 2, 2, 4, 6)}),
        "max_pool": (lambda x: F.max_pool2d(x, 2), {"x": (2, 3, 4, 6)}),
        "reflect_pad": (lambda x: reflect(x, 2), {"x": (2, 2, 3, 4)}),
    }


def losses():
    logits = (3, 4, 2, 3)
    one_hot = F.one_hot(torch.arange(18).reshape(3, 2, 3) % 4, 4).movedim(-1, 1).double()

    def binary(label):
        return lambda x: F.binary_cross_entropy_with_logits(x, torch.full_like(x, label))

    ramp = torch.linspace(-1, 1, 72, dtype=torch.float64)
    return {
        "cross_entropy": (lambda x, t: F.cross_entropy(x, t), {"x": logits, "target": one_hot}),
        "binary_cross_entropy_real": (binary(1.0), {"x": (3, 1, 4, 3)}),
        "binary_cross_entropy_generated": (binary(0.0), {"x": (3, 1, 4, 3)}),
        "l1": (F.l1_loss, {"x": (3, 2, 3, 4), "target": ramp.reshape(3, 2, 3, 4)}),
    }


# ── derivatives ───────────────────────────────────────────────────────────────────────────────────────────────────────
def generator(name):
    return torch.Generator().manual_seed(zlib.crc32(name.encode()))


def normal(shape, random):
    return torch.randn(shape, generator=random, dtype=torch.float64)


def penalty_of(gradient):
    """Mean over samples of (‖gradient of the sample‖ − 1)²: the form of the WGAN-GP penalty."""
    return (gradient.flatten(1).norm(dim=1) - 1).square().mean()


def numbers(gradient, x):
    """As an array; zeros where the functional does not depend on x."""
    return torch.zeros_like(x).detach().numpy() if gradient is None else gradient.detach().numpy(force=True)


def write_layer(file, name, function, shapes):
    """A group with inputs, value y, functional v, derivatives of ⟨v, y⟩, and those of the penalty of d⟨v, y⟩/dx."""
    random = generator(name)
    inputs = {key: shape.clone() if torch.is_tensor(shape) else normal(shape, random) for key, shape in shapes.items()}
    free = {key: x.requires_grad_() for key, x in inputs.items() if key != "target"}
    y = function(*inputs.values())
    v = normal(y.shape, random).requires_grad_()
    first = torch.autograd.grad((v * y).sum(), list(free.values()), create_graph=True)
    penalty = penalty_of(first[0])
    wanted = [*free.values(), v]
    second = torch.autograd.grad(penalty, wanted, allow_unused=True)
    group = file.create_group(name)
    for key, x in inputs.items():
        group[f"input.{key}"] = x.detach().numpy()
    for key, x in {"value": y, "functional": v, "penalty": penalty}.items():
        group[key] = x.detach().numpy()
    for key, x, gradient in zip(free, wanted, first):
        group[f"first.{key}"] = numbers(gradient, x)
    for key, x, gradient in zip([*free, "functional"], wanted, second):
        group[f"second.{key}"] = numbers(gradient, x)


def write_running_statistics(file):
    """Batch norm of two batches in training mode, then evaluation with what the running statistics became."""
    random = generator("running")
    norm = torch.nn.BatchNorm2d(3, eps=EPSILON_NORM, momentum=0.1, dtype=torch.float64)
    with torch.no_grad():
        norm.weight.copy_(normal((3,), random))
        norm.bias.copy_(normal((3,), random))
        group = file.create_group("batch_norm_running")
        group["input.weight"], group["input.bias"] = norm.weight.numpy(), norm.bias.numpy()
        for step in ("step1", "step2"):
            x = 2 * normal((2, 3, 4, 3), random) + 0.5
            group[f"{step}.x"], group[f"{step}.value"] = x.numpy(), norm(x).numpy()
            group[f"{step}.running_mean"] = norm.running_mean.numpy()
            group[f"{step}.running_var"] = norm.running_var.numpy()
    norm.eval()
    mean, variance = norm.running_mean, norm.running_var
    write_layer(file, "batch_norm_evaluation",
                lambda x, w, b: F.batch_norm(x, mean, variance, w, b, training=False, eps=EPSILON_NORM),
                {"x": (2, 3, 3, 2), "weight": (3,), "bias": (3,)})
    file["batch_norm_evaluation/running_mean"] = mean.numpy()
    file["batch_norm_evaluation/running_var"] = variance.numpy()


def write_spectral_norm(file):
    """One power iteration from u, then weight / σ with u and v held fixed (Miyato et al. 2018, Algorithm 1)."""
    for name, shape in {"spectral_norm": (4, 3, 3, 3), "spectral_norm_of_one_channel": (1, 4, 3, 3)}.items():
        layer = torch.nn.utils.spectral_norm(torch.nn.Conv2d(shape[1], shape[0], 3, bias=False, dtype=torch.float64))
        hook = next(iter(layer._forward_pre_hooks.values()))
        u = F.normalize(normal((shape[0],), generator(name + " u")), dim=0)

        def normalised(w):
            layer.weight_u.copy_(u)  # each evaluation starts from the same u
            layer.weight_orig = w
            return hook.compute_weight(layer, do_power_iteration=True)

        del layer._parameters["weight_orig"]
        write_layer(file, name, normalised, {"weight": shape})
        file[f"{name}/u_before"], file[f"{name}/u_after"] = u.numpy(), layer.weight_u.numpy()


def write_adam(file):
    """Five steps of Adam on two parameters with given gradients, clipped to a global norm or not, falling lr."""
    for name, limit in {"adam": math.inf, "adam_clipped": 2.0}.items():
        random = generator(name)
        parameters = [normal((3, 4), random).requires_grad_(), normal((5,), random).requires_grad_()]
        optimiser = torch.optim.Adam(parameters, lr=1e-2, betas=(0.5, 0.999), eps=1e-8)
        group = file.create_group(name)
        group.attrs["max_norm"] = limit
        for key, p in zip("ab", parameters):
            group[f"init.{key}"] = p.detach().numpy().copy()
        for step in range(1, 6):
            optimiser.param_groups[0]["lr"] = 1e-2 * (1 - (step - 1) / 5)
            for key, p in zip("ab", parameters):
                p.grad = normal(p.shape, random) * step / 3
                group[f"step{step}.grad.{key}"] = p.grad.numpy().copy()
            group[f"step{step}.norm"] = torch.nn.utils.clip_grad_norm_(parameters, limit).numpy()
            optimiser.step()
            group[f"step{step}.lr"] = optimiser.param_groups[0]["lr"]
            for key, p in zip("ab", parameters):
                group[f"step{step}.after.{key}"] = p.detach().numpy().copy()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", default=str(Path(__file__).resolve().parent / "layers.h5"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    with h5py.File(options.output, "w") as file:
        file.attrs["torch"] = str(torch.__version__)
        for layers in (convolutions(), norms(), activations(), maps(), losses()):
            for name, (function, shapes) in layers.items():
                write_layer(file, name, function, shapes)
        write_running_statistics(file)
        write_spectral_norm(file)
        write_adam(file)


if __name__ == "__main__":
    main()
