/** Plans `perChannel`: every value through a function of two numbers of its channel. */
import wgsl from '../../../shaders/perChannel/perChannel.wgsl?raw';
import type { FloatArray, ParameterValues, Shape } from '../operator.ts';
import { everyFour, everyFourUniforms } from './everyFour.ts';
import { expand } from './expand.ts';
import { input, type Operand, output, type Pass, type PassPlan, packed, passOf } from './passes.ts';
import type { DeviceTraits, Program } from './program.ts';
import { uniformStruct } from './uniforms.ts';

const perChannelUniforms = uniformStruct('PerChannel', {
  ...everyFourUniforms,
  tableBase: 'u32',
  tableImage: 'u32',
});

/** `affine`: x * first + second. `prelu`: first * x below 0. */
export type ChannelFunction = 'affine' | 'prelu';

function programOf(name: ChannelFunction): Program {
  return {
    key: `perChannel ${name}`,
    label: `perChannel ${name}`,
    wgsl: expand(wgsl, { FUNCTION: Number(name === 'prelu') }, {}),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'read', 'write'],
  };
}

/** The table of a tensor's channels, made of its learned tensors: for each block of four their first numbers, then their second. */
export function pairsOf(
  key: string,
  channels: number,
  pairs: (values: ParameterValues) => readonly [first: FloatArray, second: FloatArray],
): Operand {
  return packed(key, 8 * Math.ceil(channels / 4), (values) => packedPairs(...pairs(values)));
}

/** 0 behind the last channel. */
function packedPairs(first: FloatArray, second: FloatArray): Float32Array<ArrayBuffer> {
  const table = new Float32Array(Math.ceil(first.length / 4) * 8);
  first.forEach((value, c) => {
    const at = Math.floor(c / 4) * 8 + (c % 4);
    table[at] = value;
    table[at + 4] = second[c]!;
  });
  return table;
}

/** Where the table begins, and what lies between those of two images, in vec4; 0: one table for all images. */
export interface Table {
  readonly operand: Operand;
  readonly base: number;
  readonly image: number;
}

export function perChannelPass(
  name: ChannelFunction,
  shape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
  table: Table,
): Pass {
  const { values: common, workgroups, blocks } = everyFour(shape, traits);
  const values = {
    ...common,
    tableBase: table.base,
    tableImage: table.image,
  };
  return passOf(perChannelUniforms, values, {
    program: programOf(name),
    workgroups,
    operands: [input(0), table.operand, output],
    work: blocks,
  });
}

export function planPerChannel(
  name: ChannelFunction,
  shape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
  operand: Operand,
): PassPlan {
  const passes = [perChannelPass(name, shape, traits, { operand, base: 0, image: 0 })];
  return { inputLayouts: ['blocked'], outputLayout: 'blocked', scratch: [], passes };
}
