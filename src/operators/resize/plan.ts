/** Plans `resample`: the taps of rows and columns are computed in float64 here and read from a table. */
import wgsl from '../../../shaders/resample/resample.wgsl?raw';
import type { Shape } from '../operator.ts';
import { floatsOf, stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { Resize } from './attributes.ts';
import { tapsOf } from './taps.ts';

const resampleUniforms = uniformStruct('Resample', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  inputPlane: 'u32',
  inputWidth: 'u32',
  outputHeight: 'u32',
  outputWidth: 'u32',
  taps: 'u32',
});

const program: Program = {
  key: 'resample',
  label: 'resample',
  wgsl,
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'read', 'write'],
};

/** Pairs (position, weight): those of all rows, then those of all columns; whole vec4. Positions are exact as floats. */
function tableOf(resize: Resize, height: number, width: number): Float32Array<ArrayBuffer> {
  const axes = [tapsOf(resize, 0, height), tapsOf(resize, 1, width)];
  const pairs = axes.flatMap(({ at, weights }) => [...at].flatMap((position, i) => [position, weights[i]!]));
  const table = new Float32Array(Math.ceil(pairs.length / 4) * 4);
  table.set(pairs);
  return table;
}

export function planResize(
  resize: Resize,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const source = wholeArray(inputs[0]!, 'blocked');
  const target = wholeArray(outputShape, 'blocked');
  const total = floatsOf(target) / 4;
  const grid = gridOf(total, traits);
  const taps = { nearest: 1, linear: 2, cubic: 4 }[resize.mode];
  const values = {
    total,
    perRow: grid.perRow,
    base: stridesOf(source).base / 4,
    inputPlane: source.height * source.width,
    inputWidth: source.width,
    outputHeight: target.height,
    outputWidth: target.width,
    taps,
  };
  const key = `resize ${source.height} ${source.width} ${JSON.stringify(resize)}`;
  const make = () => tableOf(resize, source.height, source.width);
  return {
    inputLayouts: ['blocked'],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(resampleUniforms, values, {
        program,
        workgroups: [grid.x, grid.y, 1],
        operands: [input(0), { of: 'table', key, make }, output],
        work: total * taps * taps,
      }),
    ],
  };
}
