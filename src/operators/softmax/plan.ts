/** Plans `softmax`: one invocation per line of vec4, or, along the channels, per pixel. */
import wgsl from '../../../shaders/softmax/softmax.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from '../programs/expand.ts';
import { lateSnippets } from '../programs/lateSnippets.ts';
import { floatsOf, stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { Softmax } from './attributes.ts';

const softmaxUniforms = uniformStruct('Softmax', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  inner: 'u32',
  outer: 'u32',
  step: 'u32',
  length: 'u32',
  channels: 'u32',
});

function programOf(acrossChannels: boolean): Program {
  const label = acrossChannels ? 'softmax channels' : 'softmax';
  return {
    key: label,
    label,
    wgsl: expand(wgsl, { CHANNELS: Number(acrossChannels) }, lateSnippets),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'write'],
  };
}

export function planSoftmax(
  { axis }: Softmax,
  inputs: readonly Shape[],
  _output: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const array = wholeArray(inputs[0]!, 'blocked');
  const strides = stridesOf(array);
  const step = [strides.image, strides.block, strides.row, strides.column][axis]! / 4;
  const length = [array.images, Math.ceil(array.channels / 4), array.height, array.width][axis]!;
  const total = floatsOf(array) / 4 / length;
  const grid = gridOf(total, traits);
  const values = {
    total,
    perRow: grid.perRow,
    base: strides.base / 4,
    inner: step,
    outer: step * length,
    step,
    length,
    channels: array.channels,
  };
  return {
    inputLayouts: ['blocked'],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(softmaxUniforms, values, {
        program: programOf(axis === 1),
        workgroups: [grid.x, grid.y, 1],
        operands: [input(0), output],
        work: 3 * total * length,
      }),
    ],
  };
}
