/** Plans `separableSum`: one pass from planar to planar, its taps in a table. */
import wgsl from '../../../shaders/separableSum/separableSum.wgsl?raw';
import type { Shape } from '../operator.ts';
import { floatsOf, stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import { stepsOf } from '../tensors.ts';
import type { AxisTap, SeparableSum } from './attributes.ts';
import { tapsAlong } from './taps.ts';

const sumUniforms = uniformStruct('SeparableSum', {
  total: 'u32',
  perRow: 'u32',
  inputBase: 'u32',
  outputBase: 'u32',
  channels: 'u32',
  height: 'u32',
  width: 'u32',
  stepN: 'u32',
  stepC: 'u32',
  stepY: 'u32',
  firstC: 'u32',
  firstY: 'u32',
  firstX: 'u32',
});

const program: Program = {
  key: 'separableSum',
  label: 'separableSum',
  wgsl,
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'read', 'write'],
};

/**
 * Pairs of floats, whole vec4. First for every entry of every axis the pair (first tap, one past the last), counted in pairs of the whole
 * table; behind them the taps as pairs (input entry, weight). Places are exact as floats below 2^24.
 */
function tableOf(taps: readonly (readonly (readonly AxisTap[])[])[]): Float32Array<ArrayBuffer> {
  const entries = taps.flat();
  const count = entries.reduce((sum, { length }) => sum + length, entries.length);
  const table = new Float32Array(Math.ceil(count / 2) * 4);
  let at = entries.length;
  entries.forEach((entry, i) => {
    table[2 * i] = at;
    for (const { at: place, weight } of entry) {
      table[2 * at] = place;
      table[2 * at + 1] = weight;
      at++;
    }
    table[2 * i + 1] = at;
  });
  return table;
}

export function planSeparableSum(
  operator: SeparableSum,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const source = wholeArray(inputs[0]!, 'planar');
  const target = wholeArray(outputShape, 'planar');
  const total = floatsOf(target);
  const grid = gridOf(total, traits);
  const [stepN, stepC, stepY] = stepsOf(inputs[0]!);
  const [images, channels, height, width] = outputShape;
  const values = {
    total,
    perRow: grid.perRow,
    inputBase: stridesOf(source).base,
    outputBase: stridesOf(target).base,
    channels,
    height,
    width,
    stepN,
    stepC,
    stepY,
    firstC: images,
    firstY: images + channels,
    firstX: images + channels + height,
  };
  const taps = tapsAlong(operator, inputs[0]!);
  const mean = taps.map((axis) => axis.reduce((sum, { length }) => sum + length, 0) / axis.length);
  const key = `separable sum ${inputs[0]!.join(' ')} ${JSON.stringify(operator.axes)}`;
  return {
    inputLayouts: ['planar'],
    outputLayout: 'planar',
    scratch: [],
    passes: [
      passOf(sumUniforms, values, {
        program,
        workgroups: [grid.x, grid.y, 1],
        operands: [input(0), { of: 'table', key, make: () => tableOf(taps) }, output],
        work:
          total *
          Math.max(
            1,
            mean.reduce((a, b) => a * b, 1),
          ),
      }),
    ],
  };
}
