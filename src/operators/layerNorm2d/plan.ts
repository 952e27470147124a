/** Plans `layerNorm`: one invocation per pixel. */
import wgsl from '../../../shaders/layerNorm/layerNorm.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from '../programs/expand.ts';
import { lateSnippets } from '../programs/lateSnippets.ts';
import { stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, parameter, passOf, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { LayerNorm2d } from './attributes.ts';

const layerNormUniforms = uniformStruct('LayerNorm', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  image: 'u32',
  blocks: 'u32',
  channels: 'u32',
  eps: 'f32',
});

export function planLayerNorm2d(
  norm: LayerNorm2d,
  inputs: readonly Shape[],
  _output: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const array = wholeArray(inputs[0]!, 'blocked');
  const strides = stridesOf(array);
  const blocks = Math.ceil(array.channels / 4);
  const total = array.height * array.width;
  const grid = gridOf(total, traits);
  const values = {
    total,
    perRow: grid.perRow,
    base: strides.base / 4,
    image: strides.image / 4,
    blocks,
    channels: array.channels,
    eps: norm.eps,
  };
  return {
    inputLayouts: ['blocked'],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(layerNormUniforms, values, {
        program: {
          key: 'layerNorm',
          label: 'layerNorm',
          wgsl: expand(wgsl, {}, lateSnippets),
          entryPoint: 'main',
          bindings: ['dynamic', 'read', 'read', 'read', 'write'],
        },
        workgroups: [grid.x, grid.y, array.images],
        operands: [input(0), parameter('weight'), parameter('bias'), output],
        work: 3 * total * blocks * array.images,
      }),
    ],
  };
}
