/** A layer → PyTorch: the line that the layer card shows, and one of the copies that `writeLayer` makes. */
import type { ActivationName } from '../../operators/activation/attributes.ts';
import { writePyTorchActivation } from '../../operators/activation/writePyTorch.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { writePyTorch } from '../../operators/conv2d/code/writePyTorch.ts';

/** One layer by itself, several in a container, one to a line. */
export function contained(layers: readonly string[], open: string, close: string): string {
  const [only, ...more] = layers;
  if (only !== undefined && more.length === 0) return only;
  return `${open}\n${layers.map((layer) => `    ${layer},\n`).join('')}${close}`;
}

export function writePyTorchLayer(conv: Conv2d, activation: ActivationName): string {
  const { padding, conv: call } = writePyTorch(conv);
  const layers = [padding, call, writePyTorchActivation(activation)].filter((part) => part !== null);
  return activation === 'abs'
    ? [...layers.map((layer) => `x = ${layer}(x)`), 'x = torch.abs(x)'].join('\n')
    : contained(layers, 'nn.Sequential(', ')');
}
