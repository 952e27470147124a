/**
 * A Python script that opens an exported .npz and asserts that PyTorch gives the same `y`. It recomputes in float64 and allows what
 * the product promises: |error| <= 1e-5 x (1 + sum of |terms|); twice that behind a curved activation, whose slope reaches 1.13.
 */
import type { ActivationName } from '../../operators/activation/attributes.ts';
import type { Conv2d, PaddingMode } from '../../operators/conv2d/attributes.ts';
import { resolvePadding } from '../../operators/conv2d/padding.ts';

const activations: Readonly<Record<ActivationName, { readonly python: string; readonly isCurved: boolean }>> = {
  none: { python: 'y', isCurved: false },
  relu: { python: 'F.relu(y)', isCurved: false },
  leaky_relu: { python: 'F.leaky_relu(y, 0.01)', isCurved: false },
  relu6: { python: 'F.relu6(y)', isCurved: false },
  sigmoid: { python: 'torch.sigmoid(y)', isCurved: true },
  tanh: { python: 'torch.tanh(y)', isCurved: true },
  gelu: { python: 'F.gelu(y)', isCurved: true },
  silu: { python: 'F.silu(y)', isCurved: true },
  abs: { python: 'torch.abs(y)', isCurved: false },
};

/** The activation of a tensor `value` in Python. */
export function activationInPython(name: ActivationName, value: string): string {
  return activations[name].python.replace(/\by\b/, value);
}

const modes: Readonly<Record<PaddingMode, string>> = {
  zeros: 'constant',
  reflect: 'reflect',
  replicate: 'replicate',
  circular: 'circular',
};

/** What the script is saved as, and the file that it opens unless another is given on the command line: names in letters, digits and `-_.` */
export interface ScriptNames {
  readonly script: string;
  readonly npz: string;
}

export function exportPyTorch(conv: Conv2d, activation: ActivationName, { script, npz }: ScriptNames): string {
  const { top, bottom, left, right } = resolvePadding(conv);
  const { python, isCurved } = activations[activation];
  const tuple = ([h, w]: readonly [number, number]) => `(${h}, ${w})`;
  return `"""Asserts that PyTorch computes the same maps as ${npz}.

Usage: python ${script} [FILE.npz]
"""
import sys

import numpy as np
import torch
import torch.nn.functional as F

data = np.load(sys.argv[1] if len(sys.argv) > 1 else ${JSON.stringify(npz)})
x, weight, bias, y_saved = (torch.from_numpy(data[name]).double() for name in ("x", "weight", "bias", "y"))


def conv(x, weight, bias):
    # F.pad takes (left, right, top, bottom).
    x = F.pad(x, (${left}, ${right}, ${top}, ${bottom}), mode="${modes[conv.paddingMode]}")
    return F.conv2d(x, weight, bias, stride=${tuple(conv.stride)}, padding=0, dilation=${tuple(conv.dilation)}, groups=${conv.groups})


y = conv(x, weight, bias)
y = ${python}
magnitude = conv(x.abs(), weight.abs(), bias.abs())  # the sum of |terms| of each value
tolerance = ${isCurved ? '2e-5' : '1e-5'} * (1 + magnitude)

assert y.shape == y_saved.shape, f"shape {tuple(y.shape)} is not {tuple(y_saved.shape)}"
error = (y - y_saved).abs()
assert bool((error <= tolerance).all()), f"largest error {error.max().item():.3g}"
print(f"the same: {y.numel()} values, largest error {error.max().item():.3g}")
`;
}
