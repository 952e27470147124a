/** Plans `concat`: one pass per input, into the box of the output that it fills. */
import wgsl from '../../../shaders/concat/concat.wgsl?raw';
import type { Shape } from '../operator.ts';
import { stridesOf } from '../programs/layout.ts';
import { input, output, type Pass, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { Concat } from './attributes.ts';

const concatUniforms = uniformStruct('Concat', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  outputImage: 'u32',
  outputBlock: 'u32',
  outputWidth: 'u32',
  outputChannels: 'u32',
  image: 'u32',
  channel: 'u32',
  y: 'u32',
  x: 'u32',
  fours: 'u32',
  inputImage: 'u32',
  inputBlock: 'u32',
  channels: 'u32',
  height: 'u32',
  width: 'u32',
});

const program: Program = {
  key: 'concat',
  label: 'concat',
  wgsl,
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'write'],
};

export function planConcat(
  { axis }: Concat,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const to = stridesOf(wholeArray(outputShape, 'blocked'));
  let offset = 0;
  const passes = inputs.map((shape, index): Pass => {
    const from = stridesOf(wholeArray(shape, 'blocked'));
    const [images, channels, height, width] = shape;
    const at = (dimension: number) => (dimension === axis ? offset : 0);
    const fours = Math.ceil((at(1) + channels) / 4) - Math.floor(at(1) / 4);
    const total = images * fours * height * width;
    const grid = gridOf(total, traits);
    const values = {
      total,
      perRow: grid.perRow,
      base: to.base / 4,
      outputImage: to.image / 4,
      outputBlock: to.block / 4,
      outputWidth: outputShape[3],
      outputChannels: outputShape[1],
      image: at(0),
      channel: at(1),
      y: at(2),
      x: at(3),
      fours,
      inputImage: from.image,
      inputBlock: from.block,
      channels,
      height,
      width,
    };
    offset += shape[axis];
    return passOf(concatUniforms, values, {
      program,
      workgroups: [grid.x, grid.y, 1],
      operands: [input(index), output],
      work: total,
    });
  });
  return { inputLayouts: inputs.map(() => 'blocked'), outputLayout: 'blocked', scratch: [], passes };
}
