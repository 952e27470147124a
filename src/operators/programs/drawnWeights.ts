/**
 * Plans programs that draw packed weights on the device: random numbers by place (`math/random.ts`), each in the float where the layer's
 * own program will read it. What they write is what `Packing.pack` makes of the same weights drawn on the host, bit by bit; in
 * Winograd's domain, and as half floats, within rounding. Loaded when a run first has drawn weights.
 */

import drawnWgsl from '../../../shaders/drawn/drawn.wgsl?raw';
import winogradWgsl from '../../../shaders/drawn/winograd.wgsl?raw';
import drawSnippet from '../../../shaders/lib/draw.wgsl?raw';
import { type Draw, mix32 } from '../../math/random.ts';
import type { Range } from './cuts.ts';
import { expand } from './expand.ts';
import { type DeviceTraits, type Dispatch, gridOf, type Program } from './program.ts';
import { uniformStruct, type ValuesOf } from './uniforms.ts';
import { walkOf } from './walks.ts';
import { blocksPerGroup, type Packing, slicesOf, type WeightPlaces } from './weights.ts';
import type { WeightWalk } from './weightWalk.ts';

/** Weights in place of values: their draw, and what a batch norm behind the layer has made of them. */
export interface DrawnValues {
  readonly draw: Draw;
  readonly affine: Affine | null;
}

/** A factor and a shift for each filter, [Cout]. */
export interface Affine {
  /** Factors, then shifts. */
  readonly table: Float32Array;
  readonly shift: Float32Array;
}

/** A program that fills packed weights. Its bindings: the affine table, the packed weights. */
export interface DrawnPlan {
  readonly program: Program;
  /** About how many multiply-adds it takes. */
  readonly work: number;
  /** All of it, in at least so many dispatches. */
  readonly dispatches: (parts: number) => readonly Dispatch[];
}

const span = { first: 'u32', end: 'u32', perRow: 'u32' } as const;
const draws = { mixedSeed: 'u32', isNormal: 'u32', filters: 'u32', scale: 'f32' } as const;

export const drawnUniforms = uniformStruct('Drawn', {
  ...span,
  firstBlock: 'u32',
  perBlock: 'u32',
  header: 'u32',
  blockFilters: 'u32',
  blocksPerGroup: 'u32',
  filtersPerGroup: 'u32',
  groupFilter: 'u32',
  groupPlace: 'u32',
  groupChannel: 'u32',
  channels: 'u32',
  together: 'u32',
  filterRow: 'u32',
  filterPlace: 'u32',
  lanes: 'u32',
  hasBias: 'u32',
  size1: 'u32',
  size2: 'u32',
  size3: 'u32',
  filterStep0: 'u32',
  filterStep1: 'u32',
  filterStep2: 'u32',
  filterStep3: 'u32',
  rowStep0: 'u32',
  rowStep1: 'u32',
  rowStep2: 'u32',
  rowStep3: 'u32',
  placeStep0: 'u32',
  placeStep1: 'u32',
  placeStep2: 'u32',
  placeStep3: 'u32',
  channelStep0: 'u32',
  channelStep1: 'u32',
  channelStep2: 'u32',
  channelStep3: 'u32',
  sharedFilters: 'u32',
  sharedChannels: 'u32',
  sharedPerGroup: 'u32',
  sharedLastBlock: 'u32',
  sharedPlace: 'u32',
  ...draws,
});

export const drawnWinogradUniforms = uniformStruct('DrawnWinograd', {
  ...span,
  slices: 'u32',
  fours: 'u32',
  blocksPerGroup: 'u32',
  inChannels: 'u32',
  outChannels: 'u32',
  ...draws,
});

export function drawnProgram(isHalf: boolean): Program {
  const label = isHalf ? 'drawn weights f16' : 'drawn weights';
  return programOf(label, expand(drawnWgsl, { HALF: Number(isHalf) }, { draw: drawSnippet }));
}

export function drawnWinogradProgram(m: 2 | 4): Program {
  return programOf(`drawn weights F(${m},3)`, expand(winogradWgsl, { M: m }, { draw: drawSnippet }));
}

function programOf(label: string, wgsl: string): Program {
  return { key: label, label, wgsl, entryPoint: 'main', bindings: ['dynamic', 'read', 'write'] };
}

/** Multiply-adds that a vec4 of numbers is worth: its integers are mixed three or eight times. */
const workOf = ({ numbers }: Draw): number => (numbers === 'normal' ? 160 : 60);

/** The program that fills blocks from..to-1 of a packing. Throws for one that holds no drawn weights. */
export function planDrawn(
  { places, perBlock }: Packing,
  { draw, affine }: DrawnValues,
  part: Range,
  traits: Grid,
): DrawnPlan {
  const values = {
    mixedSeed: mix32(draw.seed),
    isNormal: Number(draw.numbers === 'normal'),
    filters: affine?.shift.length ?? 0,
    scale: draw.scale,
  };
  switch (places?.of) {
    case 'order':
      return planWalk(walkOf(places.order), places.order.narrowing !== undefined, draw, values, part, traits);
    case 'walk': {
      // A packing may have all blocks of the walk as one.
      const blocks = perBlock / places.walk.perBlock;
      return planWalk(places.walk, false, draw, values, [blocks * part[0], blocks * part[1]], traits);
    }
    case 'winograd':
      return planDomain(places, draw, values, traits);
    case 'biases':
    case undefined:
      throw new Error('these weights are not drawn');
    default:
      places satisfies never;
      throw new Error('unknown places');
  }
}

type Grid = Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>;
type DrawFields = ValuesOf<typeof draws>;

function planWalk(
  walk: WeightWalk,
  isHalf: boolean,
  draw: Draw,
  values: DrawFields,
  [from, to]: Range,
  traits: Grid,
): DrawnPlan {
  const [d0, d1, d2, d3] = walk.digits;
  const total = ((to - from) * walk.perBlock) / 4;
  const fields = {
    firstBlock: from,
    perBlock: walk.perBlock / 4,
    header: walk.header / 4,
    blockFilters: walk.filters,
    blocksPerGroup: walk.blocksPerGroup,
    filtersPerGroup: walk.filtersPerGroup,
    groupFilter: walk.group.filter,
    groupPlace: walk.group.place,
    groupChannel: walk.group.channel,
    channels: walk.channels,
    together: walk.filter.together,
    filterRow: walk.filter.row,
    filterPlace: walk.filter.place,
    lanes: walk.lanes,
    hasBias: Number(walk.hasBias),
    size1: d1.size,
    size2: d2.size,
    size3: d3.size,
    filterStep0: d0.filter,
    filterStep1: d1.filter,
    filterStep2: d2.filter,
    filterStep3: d3.filter,
    rowStep0: d0.row,
    rowStep1: d1.row,
    rowStep2: d2.row,
    rowStep3: d3.row,
    placeStep0: d0.place,
    placeStep1: d1.place,
    placeStep2: d2.place,
    placeStep3: d3.place,
    channelStep0: d0.channel,
    channelStep1: d1.channel,
    channelStep2: d2.channel,
    channelStep3: d3.channel,
    sharedFilters: walk.shared?.filters ?? 0,
    sharedChannels: walk.shared?.channels ?? 0,
    sharedPerGroup: walk.shared?.perGroup ?? 0,
    sharedLastBlock: walk.shared?.lastBlock ?? 0,
    sharedPlace: walk.shared?.place ?? 0,
    ...values,
  };
  return {
    program: drawnProgram(isHalf),
    work: total * workOf(draw),
    dispatches: (parts) => cut(total, parts, traits, (some) => drawnUniforms.write({ ...fields, ...some })),
  };
}

function planDomain(
  { order, outputs, inChannels, outChannels }: Extract<WeightPlaces, { readonly of: 'winograd' }>,
  draw: Draw,
  values: DrawFields,
  traits: Grid,
): DrawnPlan {
  const fields = {
    slices: slicesOf(order),
    fours: order.filters / 4,
    blocksPerGroup: blocksPerGroup(order),
    inChannels,
    outChannels,
    ...values,
  };
  const total = fields.blocksPerGroup * fields.slices * fields.fours;
  return {
    program: drawnWinogradProgram(outputs),
    work: total * 9 * workOf(draw),
    dispatches: (parts) => cut(total, parts, traits, (some) => drawnWinogradUniforms.write({ ...fields, ...some })),
  };
}

/** Invocations 0..total-1 in at least `parts` dispatches, or one for each workgroup. */
function cut(
  total: number,
  parts: number,
  traits: Grid,
  write: (place: ValuesOf<typeof span>) => ArrayBuffer,
): readonly Dispatch[] {
  const step = Math.ceil(total / parts / 64) * 64;
  return Array.from({ length: Math.ceil(total / step) }, (_, i) => {
    const [first, end] = [i * step, Math.min(total, (i + 1) * step)];
    const { x, y, perRow } = gridOf(end - first, traits);
    return { uniforms: write({ first, end, perRow }), workgroups: [x, y, 1] as const };
  });
}
