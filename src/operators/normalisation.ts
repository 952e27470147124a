/** What normalisations share: the parameters of each channel, and the refusal of another number of channels. */
import type { ParameterValues, Result, Shape } from './operator.ts';
import { only } from './tensors.ts';

/** The input's shape, when it has the channels that the layer is made for. */
export function sameShape(inputs: readonly Shape[], channels: number): Result<Shape> {
  const shape = only(inputs);
  if (shape[1] === channels) return { ok: true, value: shape };
  const message = `running_mean should contain ${shape[1]} elements not ${channels}`;
  return { ok: false, error: { code: 'norm-channels', values: { expected: channels, got: shape[1] }, message } };
}

/** Factor and offset of every channel after the normalisation itself. */
export function affineOf(parameters: ParameterValues | null): readonly [weight: Float32Array, bias: Float32Array] {
  if (!parameters) throw new Error('a normalisation has learned factors');
  return [parameters.weight, parameters.bias ?? new Float32Array(parameters.weight.length)];
}
