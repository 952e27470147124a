/** Plans `reduce`: a mean, sum, maximum or minimum over the axes along which the output has size 1. */
import wgsl from '../../../shaders/reduce/reduce.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from './expand.ts';
import { lateSnippets } from './lateSnippets.ts';
import { floatsOf, stridesOf } from './layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from './passes.ts';
import { type DeviceTraits, gridOf, type Program } from './program.ts';
import { uniformStruct } from './uniforms.ts';

export type Reduction = 'mean' | 'sum' | 'max' | 'min';

const reductionUniforms = uniformStruct('Reduction', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  outputBlocks: 'u32',
  outputHeight: 'u32',
  outputWidth: 'u32',
  outputChannels: 'u32',
  image: 'u32',
  blockStride: 'u32',
  row: 'u32',
  column: 'u32',
  channels: 'u32',
  count: 'u32',
  blocks: 'u32',
  rows: 'u32',
  columns: 'u32',
  share: 'f32',
});

/** From this many values per output on, a workgroup shares the work of one output. */
const sharedFrom = 64;

function programOf(name: Reduction, acrossChannels: boolean, isShared: boolean): Program {
  const kind = name === 'mean' ? 'sum' : name;
  const label = ['reduce', kind, ...(acrossChannels ? ['channels'] : []), ...(isShared ? ['shared'] : [])].join(' ');
  return {
    key: label,
    label,
    wgsl: expand(
      wgsl,
      { FUNCTION: ['sum', 'max', 'min'].indexOf(kind), CHANNELS: Number(acrossChannels), SHARED: Number(isShared) },
      lateSnippets,
    ),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'write'],
  };
}

export function planReduction(
  name: Reduction,
  from: Shape,
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension' | 'busyInvocations'>,
): PassPlan {
  const source = wholeArray(from, 'blocked');
  const target = wholeArray(outputShape, 'blocked');
  const strides = stridesOf(source);
  const [n, c, h, w] = from.map((size, i) => (outputShape[i] === 1 ? size : 1)) as [number, number, number, number];
  const acrossChannels = c > 1;
  const blocks = acrossChannels ? Math.ceil(c / 4) : 1;
  const count = n * blocks * h * w;
  const total = floatsOf(target) / 4;
  const isShared = count >= sharedFrom && total < traits.busyInvocations * 4 + 4096;
  // A shared output is a workgroup of its own.
  const grid = gridOf(isShared ? total * 64 : total, traits);
  const values = {
    total,
    perRow: isShared ? grid.x : grid.perRow,
    base: strides.base / 4,
    outputBlocks: Math.ceil(target.channels / 4),
    outputHeight: target.height,
    outputWidth: target.width,
    outputChannels: target.channels,
    image: strides.image / 4,
    blockStride: strides.block / 4,
    row: strides.row / 4,
    column: strides.column / 4,
    channels: source.channels,
    count,
    blocks,
    rows: h,
    columns: w,
    share: name === 'mean' ? 1 / (n * c * h * w) : 1,
  };
  return {
    inputLayouts: ['blocked'],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(reductionUniforms, values, {
        program: programOf(name, acrossChannels, isShared),
        workgroups: [grid.x, grid.y, 1],
        operands: [input(0), output],
        work: total * count,
      }),
    ],
  };
}
