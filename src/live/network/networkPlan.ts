/** A network worked out before any map of it is computed: its layers, their shapes, fields and prices on the picture that it reads. */
import { costOf, type GraphCost } from '../../graph/cost.ts';
import type { Graph, NodeId, RunParameters } from '../../graph/graph.ts';
import type { GraphError, Shapes } from '../../graph/infer.ts';
import { effectiveGraph } from '../../graph/network/edit.ts';
import { fitChannels } from '../../graph/network/fitChannels.ts';
import { inferEach, type NodeStates, runnablePart, shapesIn } from '../../graph/network/inferEach.ts';
import { neutralLevers, withLevers } from '../../graph/price/levers.ts';
import type { Network } from '../../graph/price/refit.ts';
import { type PriceTable, priceTable } from '../../graph/price/table.ts';
import type { LearnedBank } from '../../graph/weights/filterState.ts';
import { learnedBankOf } from '../../graph/weights/layerFilters.ts';
import type { Pair, Shape } from '../../operators/operator.ts';
import type { LeverState, NetworkState } from '../../store/network.ts';
import type { Dropped } from '../../store/networkRecord/graphRecord.ts';
import type { Picture } from '../results.ts';
import { drawParameters } from './drawParameters.ts';
import { createLayerFilterBook, type LayerFilterBook } from './layerFilterBook.ts';
import { readLayers } from './layersText.ts';
import { cropOf, networkPicture } from './networkPicture.ts';
import { pictureNode } from './nodes.ts';
import { NetworkRefusal } from './refusal.ts';
import { createSignatureBook, type Signatures } from './signatures.ts';

export interface NetworkPlan {
  readonly state: NetworkState;
  /** The working picture that `picture` was made from. */
  readonly photo: Picture;
  /** Rows and columns of the part of the photo that is read, before it is made smaller. */
  readonly sides: Pair;
  /** As they are set for this photo: nothing is made larger than it is. */
  readonly levers: LeverState;
  /** What the network reads, with the levers. */
  readonly picture: Picture;
  /** What it was made from, and its shape [1, C, H, W]: the network's input without levers. */
  readonly unmoved: Picture;
  readonly input: Shape;
  /** As it was built, with the layers that are switched off. */
  readonly whole: Graph;
  /** Layers of a link or file that could not be read, with the reason. */
  readonly dropped: readonly Dropped[];
  /** Of each layer that is not switched off: its shape, its error, or the layer with the error that it waits for. */
  readonly states: NodeStates;
  /** All layers that are not switched off and have a shape, before any lever. */
  readonly base: Network;
  /** Why the levers cannot be as they are set: the network runs without them. */
  readonly leverError: GraphError | null;
  /** What runs, with the levers. */
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly price: PriceTable;
  readonly cost: GraphCost;
  readonly signatures: Signatures;
  readonly parameters: RunParameters;
  /** Where layers filled with filters of Explore have theirs from. */
  readonly filters: LayerFilterBook;
  /** Learned banks that layers wait for, drawn as the network's until they come. */
  readonly awaited: readonly LearnedBank[];
}

export interface Planner {
  /** The same object for the same state, photo and size. Throws where the layers are no network for such a picture. */
  plan(state: NetworkState, photo: Picture, size: number): NetworkPlan;
}

export function createPlanner(filters = createLayerFilterBook()): Planner {
  const book = createSignatureBook();
  let last: { readonly plan: NetworkPlan; readonly size: number } | null = null;
  return {
    plan(state, photo, size) {
      const former = last?.plan.photo === photo && last.size === size ? last.plan : null;
      if (former?.state === state && !former.awaited.some(filters.has)) return former;
      const isSameInput = former?.state.input.crop === state.input.crop;
      const unmoved = former && isSameInput ? former.unmoved : networkPicture(photo, state.input.crop, size);
      const input: Shape = [1, unmoved.channels, unmoved.height, unmoved.width];
      const given = { [pictureNode]: input };
      const isSameNetwork = former && isSameInput && former.state.layers === state.layers;
      const { graph: whole, dropped } = isSameNetwork
        ? { graph: former.whole, dropped: former.dropped }
        : readLayers(state.layers, input);
      // Without a layer, those behind it read other channels than they were built for.
      const left = fitChannels(effectiveGraph(whole, new Set(state.off)), given).graph;
      const states = inferEach(left, given);
      const runnable = runnablePart(left, states);
      if (!states[pictureNode])
        throw new NetworkRefusal('unreadable', `no node '${pictureNode}' stands for the picture`);
      const base: Network = { graph: runnable, shapes: shapesIn(states) };
      const crop = cropOf(photo, state.input.crop);
      const sides: Pair = [crop.height, crop.width];
      const levers = withinPhoto(state.levers, sides);
      const moved = isNeutral(levers) ? null : withLevers(base, levers, sides);
      const { graph, shapes } = moved?.ok ? moved.value : base;
      const [, , height, width] = shapes[pictureNode]!;
      const isSameSize = former !== null && isSame(former.picture, [height, width]);
      const picture =
        former && isSameInput && isSameSize
          ? former.picture
          : isSame(unmoved, [height, width])
            ? unmoved
            : networkPicture(photo, state.input.crop, Math.max(height, width));
      const plan: NetworkPlan = {
        ...{ state, photo, sides, levers, picture, unmoved, input, whole, dropped, states, base, graph, shapes },
        leverError: moved && !moved.ok ? moved.error : null,
        price: priceTable(graph, shapes),
        cost: costOf(graph, shapes),
        signatures: book.of(graph, state.weights, filters, picture),
        parameters: drawParameters(graph, state.weights, filters),
        filters,
        awaited: awaitedBanks(state, filters),
      };
      last = { plan, size };
      return plan;
    },
  };
}

function awaitedBanks({ weights }: NetworkState, book: LayerFilterBook): readonly LearnedBank[] {
  const banks = Object.values(weights.own).flatMap(
    (own) => ('filters' in own ? learnedBankOf(own.filters) : null) ?? [],
  );
  return [...new Set(banks)].filter((bank) => !book.has(bank));
}

function withinPhoto(levers: LeverState, sides: Pair): LeverState {
  return levers.size === null ? levers : { ...levers, size: Math.min(levers.size, Math.max(...sides)) };
}

const isSame = (picture: Picture, [height, width]: Pair) => picture.height === height && picture.width === width;
const isNeutral = (levers: LeverState) => JSON.stringify(levers) === JSON.stringify(neutralLevers);

/** The layers whose maps are a layer's result, in order: behind what is computed as it stores (norm, activation). */
export function layerEnds({ nodes }: Graph): readonly NodeId[] {
  const readers = new Map<NodeId, number>();
  for (const { inputs } of nodes) for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  const joined = new Set(
    nodes
      .filter(({ operator, inputs }) => joinsWriter(operator.kind) && readers.get(inputs[0]!) === 1)
      .map(({ inputs }) => inputs[0]!),
  );
  return nodes.filter(({ id, operator }) => operator.kind !== 'input' && !joined.has(id)).map(({ id }) => id);
}

const joinsWriter = (kind: Graph['nodes'][number]['operator']['kind']) =>
  kind === 'batch_norm2d' || kind === 'activation' || kind === 'dropout';
