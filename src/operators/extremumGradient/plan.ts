/** Plans the gradient of windowed extremes as two passes: `winners` finds each window's extreme entry, `collect` what each entry has won. */
import collectWgsl from '../../../shaders/extremumGradient/collect.wgsl?raw';
import winnersWgsl from '../../../shaders/extremumGradient/winners.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from '../programs/expand.ts';
import { floatsOf, headFloats } from '../programs/layout.ts';
import { input, type Operand, output, type PassPlan, passOf, scratch, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import { stepsOf } from '../tensors.ts';
import type { ExtremumGradient } from './attributes.ts';
import { covering, type Lists, windowsAlong } from './windows.ts';

/** Both passes walk lists along four axes, from an array of one shape into one of another. */
const fields = {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  channels: 'u32',
  height: 'u32',
  width: 'u32',
  stepN: 'u32',
  stepC: 'u32',
  stepY: 'u32',
  firstC: 'u32',
  firstY: 'u32',
  firstX: 'u32',
} as const;
const winnersUniforms = uniformStruct('Winners', fields);
const collectUniforms = uniformStruct('Collect', fields);

function winnersProgram(extremum: 'max' | 'min'): Program {
  return {
    key: `extremumGradient winners ${extremum}`,
    label: `${extremum} winners`,
    wgsl: expand(winnersWgsl, { MAX: Number(extremum === 'max') }, {}),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'read', 'write'],
  };
}

const collectProgram: Program = {
  key: 'extremumGradient collect',
  label: 'collect gradients',
  wgsl: collectWgsl,
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'read', 'read', 'write'],
};

/**
 * For every entry of every axis the pair (first, one past the last) of its list, as places in the table; behind them the lists. Whole
 * vec4; all are whole numbers and exact as floats below 2^24.
 */
function tableOf(axes: readonly Lists[]): Float32Array<ArrayBuffer> {
  const lists = axes.flat();
  const count = lists.reduce((sum, { length }) => sum + length, 2 * lists.length);
  const table = new Float32Array(Math.ceil(count / 4) * 4);
  let at = 2 * lists.length;
  lists.forEach((list, i) => {
    table[2 * i] = at;
    table.set(list, at);
    at += list.length;
    table[2 * i + 1] = at;
  });
  return table;
}

/** The numbers of a walk over an array of shape `over` whose lists name entries of an array of shape `into`. */
function walk(over: Shape, into: Shape, traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>) {
  const total = floatsOf(wholeArray(over, 'planar'));
  const { x, y, perRow } = gridOf(total, traits);
  const [images, channels, height, width] = over;
  const [stepN, stepC, stepY] = stepsOf(into);
  const first = { firstC: images, firstY: images + channels, firstX: images + channels + height };
  const values = { total, perRow, base: headFloats, channels, height, width, stepN, stepC, stepY, ...first };
  return { values, workgroups: [x, y, 1] as const, total };
}

/** How many entries a list has on average, over all axes together. */
function meanOf(axes: readonly Lists[]): number {
  const mean = (lists: Lists) => lists.reduce((sum, { length }) => sum + length, 0) / lists.length;
  return axes.reduce((product, lists) => product * mean(lists), 1);
}

export function planExtremumGradient(
  operator: ExtremumGradient,
  [x, gy]: readonly [Shape, Shape],
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const windows = windowsAlong(operator, x);
  const readers = windows.map((lists, axis) => covering(lists, x[axis]!));
  const key = `extremum gradient ${x.join(' ')} ${JSON.stringify(operator.axes)}`;
  const table = (name: string, axes: readonly Lists[]): Operand => {
    return { of: 'table', key: `${name} of ${key}`, make: () => tableOf(axes) };
  };
  const [forward, back] = [walk(gy, x, traits), walk(x, gy, traits)];
  return {
    inputLayouts: ['planar', 'planar'],
    outputLayout: 'planar',
    scratch: [wholeArray(gy, 'planar')],
    passes: [
      passOf(winnersUniforms, forward.values, {
        program: winnersProgram(operator.extremum),
        workgroups: forward.workgroups,
        operands: [input(0), table('windows', windows), scratch(0)],
        work: forward.total * meanOf(windows),
      }),
      passOf(collectUniforms, back.values, {
        program: collectProgram,
        workgroups: back.workgroups,
        operands: [input(1), scratch(0), table('readers', readers), output],
        work: back.total * Math.max(1, meanOf(readers)),
      }),
    ],
  };
}
