/** Plans `local`: planar in, NC4HW4 out. */
import wgsl from '../../../shaders/local/local.wgsl?raw';
import type { ParameterValues, Shape } from '../operator.ts';
import { cutBlocks, type Range } from '../programs/cuts.ts';
import { expand } from '../programs/expand.ts';
import { stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import type { DeviceTraits, Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import { digit, type WeightWalk } from '../programs/weightWalk.ts';
import type { LocallyConnected2d } from './attributes.ts';
import { weightsPerKernel } from './positions.ts';

const localUniforms = uniformStruct('Local', {
  inputBase: 'u32',
  inputPlane: 'u32',
  inputImage: 'u32',
  inputHeight: 'u32',
  inputWidth: 'u32',
  outputBase: 'u32',
  outputPlane: 'u32',
  outputImage: 'u32',
  outputWidth: 'u32',
  firstGroup: 'u32',
  groupEnd: 'u32',
  perRow: 'u32',
  firstSlot: 'u32',
  firstBound: 'u32',
  boundBlocks: 'u32',
  outChannels: 'u32',
  strideY: 'i32',
  strideX: 'i32',
  dilationY: 'i32',
  dilationX: 'i32',
  top: 'i32',
  left: 'i32',
  inChannels: 'u32',
  kernelHeight: 'u32',
  kernelWidth: 'u32',
});

function programOf(filters: number): Program {
  return {
    key: `local C${filters}`,
    label: `local C${filters}`,
    wgsl: expand(wgsl, { V: filters / 4 }, {}),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'read', 'write'],
  };
}

export function planLocallyConnected2d(
  layer: LocallyConnected2d,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const source = wholeArray(inputs[0]!, 'planar');
  const target = wholeArray(outputShape, 'blocked');
  const [from, to] = [stridesOf(source), stridesOf(target)];
  const C = layer.outChannels > 4 ? 8 : 4;
  const positions = target.height * target.width;
  const perBlock = C * positions * (weightsPerKernel(layer) + 1);
  const blocks = Math.ceil(layer.outChannels / C);
  const groups = Math.ceil(positions / 64);
  const shape = {
    inputBase: from.base,
    inputPlane: from.lane,
    inputImage: from.image,
    inputHeight: source.height,
    inputWidth: source.width,
    outputBase: to.base / 4,
    outputPlane: to.block / 4,
    outputImage: to.image / 4,
    outputWidth: target.width,
    outChannels: layer.outChannels,
    strideY: layer.stride[0],
    strideX: layer.stride[1],
    dilationY: layer.dilation[0],
    dilationX: layer.dilation[1],
    top: layer.padding.top,
    left: layer.padding.left,
    inChannels: layer.inChannels,
    kernelHeight: layer.kernelSize[0],
    kernelWidth: layer.kernelSize[1],
  };
  const partsOf = (parts: number, bound: Range = [0, blocks]) =>
    cutBlocks(groups, target.images, parts, bound, traits).map(({ place, workgroups }) => {
      const values = { ...shape, ...place };
      return { values, uniforms: localUniforms.write(values), workgroups };
    });
  const whole = partsOf(1)[0]!;
  return {
    inputLayouts: ['planar'],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(localUniforms, whole.values, {
        program: programOf(C),
        workgroups: whole.workgroups,
        operands: [
          input(0),
          {
            of: 'packed',
            packing: {
              key: `local ${C} ${positions}`,
              where: 'storage',
              blocks,
              perBlock,
              pack: (values, some) => packLocal(layer, values, C, positions, some),
              places: { of: 'walk', walk: localWalk(layer, C, positions) },
            },
          },
          output,
        ],
        work: blocks * target.images * perBlock,
        cut: partsOf,
      }),
    ],
  };
}

/** weight [OH OW, Cout, Cin kh kw] and bias [Cout, OH, OW] as [block]{ bias, taps }, each [C/4][OH OW][4]; zero behind the last filter. */
function packLocal(
  layer: LocallyConnected2d,
  { weight, bias }: ParameterValues,
  C: number,
  positions: number,
  [firstBlock, end]: Range,
): Float32Array<ArrayBuffer> {
  const steps = weightsPerKernel(layer);
  const packed = new Float32Array((end - firstBlock) * (steps + 1) * C * positions);
  for (let o = firstBlock * C; o < Math.min(end * C, layer.outChannels); o++) {
    const block = Math.floor(o / C) - firstBlock;
    const four = Math.floor((o % C) / 4);
    const start = (block * (steps + 1) * C + four * 4) * positions + (o % 4);
    for (let position = 0; position < positions; position++) {
      packed[start + position * 4] = bias?.[o * positions + position] ?? 0;
      const kernel = (position * layer.outChannels + o) * steps;
      for (let step = 0; step < steps; step++) {
        packed[start + (step + 1) * C * positions + position * 4] = weight[kernel + step]!;
      }
    }
  }
  return packed;
}

/** Which weight `packLocal` puts where: rows are positions. Biases, each of a position, are no numbers of a filter and stay 0. */
function localWalk(layer: LocallyConnected2d, C: number, positions: number): WeightWalk {
  const steps = weightsPerKernel(layer);
  return {
    filters: C,
    hasBias: false,
    header: C * positions,
    perBlock: C * positions * (steps + 1),
    blocksPerGroup: Math.ceil(layer.outChannels / C),
    filtersPerGroup: layer.outChannels,
    group: { filter: 0, place: 0, channel: 0 },
    channels: 1,
    filter: { together: layer.outChannels, row: 0, place: steps },
    digits: [digit(1), digit(steps, { place: 1 }), digit(C / 4, { filter: 4 }), digit(positions, { row: 1 })],
    lanes: 4,
  };
}
