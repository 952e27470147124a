/**
 * What makes a network cheaper without another design: a smaller picture, fewer channels, groups, sub-sampling elsewhere. Each lever gives
 * a network again, whose price follows from the rules that hold for all; a budget is a line that the price of a lever's settings crosses.
 */
import { sidesAt } from '../../math/sides.ts';
import type { Pair, Result, Shape } from '../../operators/operator.ts';
import { divisible } from '../architectures/builder.ts';
import { costOf } from '../cost.ts';
import type { Graph, NodeId } from '../graph.ts';
import { inputOf } from '../growth/sizes.ts';
import { isDepthwise } from '../growth/varyOperator.ts';
import type { GraphError } from '../infer.ts';
import { scaledChannels } from './channels.ts';
import { activationMemory } from './memory.ts';
import { type Network, refit } from './refit.ts';
import { movedSubsampling, subsamplingSteps } from './subsampling.ts';

export interface Levers {
  /** Pixels of the picture's longer side; the other follows. Null: as they are. */
  readonly size: number | null;
  /** All channels times this (`scaledChannels`). */
  readonly width: number;
  /** Of every convolution larger than 1 x 1 that is not depthwise: as many, or the next fewer that divide; null: as they are. */
  readonly groups: number | null;
  /** One of the network's `subsamplingSteps`, and the one that takes its stride; null: as they are. */
  readonly subsampling: { readonly from: number; readonly to: number | null } | null;
}

export const neutralLevers: Levers = { size: null, width: 1, groups: null, subsampling: null };

/**
 * The network, of one input, with all levers set; or the first reason why there is none. `photo`: sides whose ratio another size keeps, where
 * those of the network's picture are rounded ones of a larger photo.
 */
export function withLevers(
  network: Network,
  levers: Levers,
  photo: Pair = sidesOf(network),
): Result<Network, GraphError> {
  const { size, width, groups, subsampling } = levers;
  const steps = subsampling ? subsamplingSteps(network).length : 0;
  if (subsampling && !isMove(subsampling, steps)) {
    const message = `there is no step ${subsampling.from + 1} of sub-sampling to be moved: the network has ${steps}`;
    return { ok: false, error: { code: 'no-such-step', values: { step: subsampling.from + 1, steps }, message } };
  }
  const moved = subsampling ? movedSubsampling(network, subsampling.from, subsampling.to) : network.graph;
  const grouped = groups === null ? moved : withGroups(moved, groups);
  const input = inputOf(network.graph);
  const [images, channels] = network.shapes[input]!;
  const shape: Shape = [images, channels, ...(size === null ? sidesOf(network) : sidesAt(size, photo))];
  const scaled = width === 1 ? {} : scaledChannels(network.graph, network.shapes, (count) => scaledBy(count, width));
  return refit(grouped, { from: network, inputs: { [input]: shape }, channels: scaled });
}

/** Rows and columns of what the network reads. */
export function sidesOf({ graph, shapes }: Network): Pair {
  const [, , height, width] = shapes[inputOf(graph)]!;
  return [height, width];
}

/** A lever may have been set for a network of more steps than this one has. */
function isMove({ from, to }: NonNullable<Levers['subsampling']>, steps: number): boolean {
  return from < steps && from !== to && (to === null || to < steps);
}

/** Channels times a width: multiples of 8 from 8 on (MobileNet's rule), never more than before where the width is below 1. */
function scaledBy(channels: number, width: number): number {
  const wanted = channels * width;
  const rounded = channels < 8 ? Math.max(1, Math.round(wanted)) : divisible(wanted);
  return width < 1 ? Math.min(channels, rounded) : rounded;
}

function withGroups({ nodes }: Graph, groups: number): Graph {
  return {
    nodes: nodes.map((node) => {
      const { operator } = node;
      if (operator.kind !== 'conv2d' || isDepthwise(operator)) return node;
      const isPointwise = operator.kernelSize[0] * operator.kernelSize[1] === 1;
      return isPointwise ? node : { ...node, operator: { ...operator, groups } };
    }),
  };
}

export const leverMeasures = ['macs', 'parameters', 'trainingBytes', 'inferenceBytes'] as const;
export type LeverMeasure = (typeof leverMeasures)[number];

export type NetworkTotals = Readonly<Record<LeverMeasure, number>>;

/** Of one picture, activations in place (`memory.ts`). */
export function totalsOf({ graph, shapes }: Network): NetworkTotals {
  const { total } = costOf(graph, shapes);
  const { trainingBytes, inferencePeak } = activationMemory(graph, shapes);
  return { macs: total.macs, parameters: total.parameters, trainingBytes, inferenceBytes: inferencePeak.bytes };
}

export interface LayerPrice {
  /** [C, H, W] of one picture. */
  readonly output: readonly [number, number, number];
  readonly parameters: number;
  readonly macs: number;
  readonly activationBytes: number;
}

export interface LeverRow {
  readonly name: NodeId;
  readonly before: LayerPrice;
  /** Null for a layer that is left out. */
  readonly after: LayerPrice | null;
}

/** Every layer of the network before, with its price then and now. */
export function leverRows(before: Network, after: Network): readonly LeverRow[] {
  const [then, now] = [pricesOf(before), pricesOf(after)];
  return [...then].map(([name, price]) => ({ name, before: price, after: now.get(name) ?? null }));
}

function pricesOf({ graph, shapes }: Network): ReadonlyMap<NodeId, LayerPrice> {
  const { nodes } = costOf(graph, shapes);
  const layers = graph.nodes.filter(({ operator }) => operator.kind !== 'input');
  return new Map(
    layers.map(({ id }) => {
      const [, ...output] = shapes[id]!;
      const { parameters, macs, activationBytes } = nodes[id]!;
      return [id, { output, parameters, macs, activationBytes }];
    }),
  );
}

/** The levers that are one number. */
export const scalarLevers = ['size', 'width', 'groups'] as const;
export type ScalarLever = (typeof scalarLevers)[number];

export interface LeverPoint {
  /** The longer side of the picture in pixels, the width multiplier, the groups. */
  readonly value: number;
  readonly levers: Levers;
  readonly totals: NetworkTotals;
}

/** What each setting of one lever costs, from the dearest on, the others as they are in `levers`; settings without a network are left out. */
export function leverCurve(network: Network, levers: Levers, lever: ScalarLever, photo?: Pair): readonly LeverPoint[] {
  return settingsOf(network, lever).flatMap(([value, setting]) => {
    const set = { ...levers, ...setting };
    const changed = withLevers(network, set, photo);
    return changed.ok ? [{ value, levers: set, totals: totalsOf(changed.value) }] : [];
  });
}

export interface Budget {
  readonly measure: LeverMeasure;
  readonly limit: number;
}

/** The first setting within the budget: the dearest that can be had for it. Null where none is. */
export function firstFitting(curve: readonly LeverPoint[], { measure, limit }: Budget): LeverPoint | null {
  return curve.find(({ totals }) => totals[measure] <= limit) ?? null;
}

/** Sizes in sixteenths of the present one, widths in twentieths, groups in powers of two. */
function settingsOf(network: Network, lever: ScalarLever): readonly (readonly [number, Partial<Levers>])[] {
  switch (lever) {
    case 'size': {
      const longer = Math.max(...sidesOf(network));
      const sides = Array.from({ length: 14 }, (_, i) => Math.round((longer * (16 - i)) / 16));
      return sides.map((size) => [size, { size }]);
    }
    case 'width':
      return Array.from({ length: 19 }, (_, i) => (20 - i) / 20).map((width) => [width, { width }]);
    case 'groups':
      return [1, 2, 4, 8, 16, 32, 64].map((groups) => [groups, { groups }]);
    default:
      lever satisfies never;
      throw new Error('unknown lever');
  }
}
