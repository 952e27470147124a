/**
 * Which channels belong together: inputs and outputs in g groups of equal size so that most of the energy lies inside the groups. For
 * given groups of inputs the best groups of outputs are an assignment problem and are found exactly, and the other way round; the two
 * take turns until neither gains. That is a search: it ends where no side alone can do better, so it starts from several places: the
 * given order, groups grown from channels that are used alike, and a few fixed shuffles. The same input always gives the same order.
 */
import { bestAssignment } from '../math/assignment.ts';
import { type Matrix, matrix, rowOf, transposed } from '../math/matrix.ts';
import { hash32 } from '../math/random.ts';
import { growGroups } from './growGroups.ts';

export interface ChannelGroups {
  /** The group of each input channel. */
  readonly inputs: Int32Array;
  /** The group of each output channel. */
  readonly outputs: Int32Array;
}

const shuffles = 16;

/** Channels in their order, cut into `groups` of equal size: what `groups` of a convolution means. */
export function givenGroups(inChannels: number, outChannels: number, groups: number): ChannelGroups {
  return { inputs: inOrder(inChannels, groups), outputs: inOrder(outChannels, groups) };
}

/** The best groups that are found; never worse than the given order. `energy` [Cout, Cin], not negative. */
export function bestGroups(energy: Matrix, groups: number): ChannelGroups {
  const given = givenGroups(energy.columns, energy.rows, groups);
  const starts = [
    given.inputs,
    growGroups(energy, groups),
    ...Array.from({ length: shuffles }, (_, i) => shuffled(given.inputs, i)),
  ];
  let best = given;
  let most = energyInside(energy, given);
  for (const start of starts) {
    const found = improve(energy, start, groups);
    const inside = energyInside(energy, found);
    // More by rounding alone is no reason to move channels about.
    if (inside <= most * (1 + 1e-12)) continue;
    best = found;
    most = inside;
  }
  return best;
}

/** How much of the energy lies inside the groups. */
export function energyInside(energy: Matrix, { inputs, outputs }: ChannelGroups): number {
  let sum = 0;
  for (let o = 0; o < energy.rows; o++)
    for (let c = 0; c < energy.columns; c++)
      if (outputs[o] === inputs[c]) sum += energy.values[o * energy.columns + c]!;
  return sum;
}

/** The channels group by group, ascending inside each: position i of a grouped convolution is channel order[i]. */
export function orderOf(groupOf: Int32Array): Int32Array {
  return Int32Array.from([...groupOf.keys()].sort((a, b) => groupOf[a]! - groupOf[b]! || a - b));
}

function improve(energy: Matrix, start: Int32Array, groups: number): ChannelGroups {
  const turned = transposed(energy);
  let inputs = start;
  let outputs = assigned(energy, inputs, groups);
  let inside = energyInside(energy, { inputs, outputs });
  for (;;) {
    const nextInputs = assigned(turned, outputs, groups);
    const nextOutputs = assigned(energy, nextInputs, groups);
    const next = energyInside(energy, { inputs: nextInputs, outputs: nextOutputs });
    if (next <= inside * (1 + 1e-12)) return numbered({ inputs, outputs }, groups);
    [inputs, outputs, inside] = [nextInputs, nextOutputs, next];
  }
}

/** The best groups for the rows of `energy` when those of its columns are given: groups have as many places as there are rows to each. */
function assigned(energy: Matrix, columnGroups: Int32Array, groups: number): Int32Array {
  const places = energy.rows / groups;
  const benefit = matrix(energy.rows, energy.rows);
  for (let row = 0; row < energy.rows; row++) {
    const sums = new Float64Array(groups);
    rowOf(energy, row).forEach((value, column) => {
      sums[columnGroups[column]!] = sums[columnGroups[column]!]! + value;
    });
    for (let place = 0; place < energy.rows; place++)
      benefit.values[row * energy.rows + place] = sums[Math.floor(place / places)]!;
  }
  return bestAssignment(benefit).map((place) => Math.floor(place / places));
}

/** Groups numbered by their first input channel. */
function numbered({ inputs, outputs }: ChannelGroups, groups: number): ChannelGroups {
  const names = new Int32Array(groups).fill(-1);
  let next = 0;
  for (const group of inputs) if (names[group] === -1) names[group] = next++;
  return { inputs: inputs.map((group) => names[group]!), outputs: outputs.map((group) => names[group]!) };
}

function inOrder(channels: number, groups: number): Int32Array {
  return Int32Array.from({ length: channels }, (_, c) => Math.floor((c * groups) / channels));
}

/** Fisher and Yates. */
function shuffled(values: Int32Array, seed: number): Int32Array {
  const copy = values.slice();
  for (let i = copy.length - 1; i > 0; i--) {
    const j = hash32(seed, 0, i) % (i + 1);
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}
