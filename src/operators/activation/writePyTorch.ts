/** An activation as PyTorch writes it: apart from the readers, for the layer card shows it at once. */
import type { ActivationName } from './attributes.ts';

const pytorch: Readonly<Record<ActivationName, string | null>> = {
  none: null,
  relu: 'nn.ReLU()',
  leaky_relu: 'nn.LeakyReLU(0.01)',
  relu6: 'nn.ReLU6()',
  sigmoid: 'nn.Sigmoid()',
  tanh: 'nn.Tanh()',
  gelu: 'nn.GELU()',
  silu: 'nn.SiLU()',
  abs: null,
};

/** A module of `torch.nn`; null for none, and for abs, which PyTorch has only as the function `torch.abs(x)`. */
export function writePyTorchActivation(name: ActivationName): string | null {
  return pytorch[name];
}
