/** Random workspaces and random actions for the laws of the store. */
import fc from 'fast-check';
import { exploreGraph, exploreNodes } from '../../graph/explore.ts';
import { columnKinds, columnRanges } from '../../graph/layers/column.ts';
import { newAttributes } from '../../graph/layers/kindAttributes.ts';
import { kindNames } from '../../graph/layers/kinds.ts';
import { learnedLayerNames } from '../../graph/learned/names.ts';
import { bankNames } from '../../graph/weights/banks.ts';
import {
  distributions,
  type FilterRecipe,
  type FilterState,
  layerFilters,
  learnedBanks,
  namedFilters,
  normalisations,
} from '../../graph/weights/filterState.ts';
import { activationNames } from '../../operators/activation/attributes.ts';
import { type Conv2d, type Padding, paddingModes } from '../../operators/conv2d/attributes.ts';
import { constrain } from '../../operators/conv2d/limits.ts';
import { channelCounts } from '../changes.ts';
import { type CompareState, channelChoicesOfCompare, columnCount, fitCompare } from '../compare.ts';
import { type KindState, newKind } from '../kind.ts';
import { mostSubstitutes, substituteKinds } from '../loss.ts';
import { diagramScales, drawnDistributions, type NetworkState, networkSizes } from '../network.ts';
import {
  channelChoices,
  colourMaps,
  comparedRanges,
  type InputState,
  screens,
  sortOrders,
  type ViewState,
  valueRanges,
  type Workspace,
  workspaceVersion,
} from '../workspace.ts';
import type { WorkspaceStore } from '../workspaceStore.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const index = fc.integer({ min: 0, max: 63 });

function pair(max: number) {
  return fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));
}

const side = fc.integer({ min: 0, max: 15 });
const padding: fc.Arbitrary<Padding> = fc.oneof(
  fc.constantFrom('same' as const, 'valid' as const, 'full' as const),
  side.map((all) => ({ top: all, bottom: all, left: all, right: all })),
  fc.record({ top: side, bottom: side, left: side, right: side }),
);

/** What a person may ask of a layer: possible or not. */
export const convChange: fc.Arbitrary<Partial<Omit<Conv2d, 'kind' | 'inChannels'>>> = fc.record(
  {
    outChannels: fc.integer({ min: 1, max: 64 }),
    kernelSize: pair(15),
    stride: pair(8),
    padding,
    dilation: pair(8),
    groups: fc.integer({ min: 1, max: 4 }),
    bias: fc.boolean(),
    paddingMode: fc.constantFrom(...paddingModes),
  },
  { requiredKeys: [] },
);

export const recipe: fc.Arbitrary<FilterRecipe> = fc.oneof(
  fc.record({ kind: fc.constant('named' as const), name: fc.constantFrom(...namedFilters) }),
  fc.tuple(index, index).map(([a, b]) => ({ kind: 'gabor' as const, index: Math.min(a, b), of: Math.max(a, b) + 1 })),
  fc.record({ kind: fc.constant('opponent' as const), index }),
  fc.record({
    kind: fc.constant('random' as const),
    distribution: fc.constantFrom(...distributions),
    seed: fc.integer({ min: 0, max: 0xffff_ffff }),
    index,
  }),
  fc.record({ kind: fc.constant('learned' as const), bank: fc.constantFrom(...learnedBanks), index }),
);

export const filter: fc.Arbitrary<FilterState> = fc.record({
  recipe,
  flip: fc.boolean(),
  transpose: fc.boolean(),
  normalise: fc.constantFrom(...normalisations),
});

const input: fc.Arbitrary<InputState> = fc.record({
  photo: fc.oneof(
    fc.record({ kind: fc.constant('sample' as const), name: fc.constantFrom('cat', 'coins', 'black-canyon') }),
    fc.record({ kind: fc.constant('file' as const), hash, name: fc.string({ maxLength: 40 }) }),
  ),
  workingSize: fc.option(fc.integer({ min: 16, max: 4096 })),
  channels: fc.constantFrom(...channelChoices),
  range: fc.constantFrom(...valueRanges),
  ground: fc.constantFrom('#ffffff', '#000000', '#12ab9F'),
  painting: fc.constant(null),
});

const name = fc.constantFrom('conv1', 'layer1.0.conv2', 'features.3');

function view(outChannels: number): fc.Arbitrary<ViewState> {
  const channel = fc.integer({ min: 0, max: outChannels - 1 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  return fc.record({
    screen: fc.constantFrom(...screens),
    colourMap: fc.constantFrom(...colourMaps),
    range: fc.constantFrom('per-map' as const, 'per-layer' as const, 'fixed' as const),
    fixed: fc
      .tuple(fc.integer({ min: -1000, max: 0 }), fc.integer({ min: 1, max: 1000 }))
      .map(([lo, hi]) => [lo / 8, hi / 8] as const),
    percentiles: fc.boolean(),
    comparedRange: fc.constantFrom(...comparedRanges),
    comparedUnit: fc.record({ channel: fc.nat(63), u: share, v: share }),
    sort: fc.constantFrom(...sortOrders),
    tileWidth: fc.integer({ min: 64, max: 600 }),
    zoom: fc.record({ scale: fc.integer({ min: 1, max: 64 }), x: share, y: share }),
    opened: fc.option(channel),
    filter: channel,
    pin: fc.option(fc.record({ channel, y: fc.nat(4000), x: fc.nat(4000) })),
    network: fc.record({
      layer: fc.option(name),
      unit: fc.record({ channel: fc.nat(2048), u: share, v: share }),
      open: fc.option(fc.array(name, { maxLength: 4 })),
      effect: fc.option(fc.constantFrom('over=unit', 'draws=4 seed=7 compared=network')),
      scale: fc.option(fc.constantFrom(...diagramScales)),
    }),
    channels: unread,
    train: unread,
    learn: unread,
  });
}

/** What a late screen has written. */
const unread = fc.option(
  fc.record({ files: fc.constant([]), layer: name, removed: fc.array(fc.nat(63), { maxLength: 4 }) }),
);

const drawing = { distribution: fc.constantFrom(...drawnDistributions), seed: fc.nat(2 ** 31) };

const network: fc.Arbitrary<NetworkState> = fc.record({
  layers: fc.constantFrom('stack', 'resnet18', '["written"]'),
  off: fc.array(name, { maxLength: 3 }),
  weights: fc.record({
    ...drawing,
    own: fc.dictionary(name, fc.oneof(fc.record(drawing), fc.record({ filters: fc.constantFrom(...layerFilters) })), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  }),
  input: fc.record({
    size: fc.option(fc.integer(networkSizes)),
    crop: fc.constantFrom('whole' as const, 'square' as const),
  }),
  levers: fc.record({
    size: fc.option(fc.integer({ min: 1, max: networkSizes.max })),
    width: fc.constantFrom(0.25, 0.5, 1, 1.25),
    groups: fc.option(fc.integer({ min: 1, max: 64 })),
    subsampling: fc.option(fc.record({ from: fc.nat(8), to: fc.option(fc.nat(8)) })),
  }),
});

const compare: fc.Arbitrary<CompareState> = fc
  .record({
    stem: fc.record({ bank: fc.constantFrom(...bankNames), channels: fc.constantFrom(...channelChoicesOfCompare) }),
    outChannels: fc.constantFrom(...channelChoicesOfCompare),
    seed: fc.nat(2 ** 31),
    columns: fc.array(
      fc.record({
        kind: fc.constantFrom(...columnKinds),
        kernelSize: fc.integer(columnRanges.kernelSize),
        stride: fc.integer(columnRanges.stride),
        dilation: fc.integer(columnRanges.dilation),
        groups: fc.integer(columnRanges.groups),
        depth: fc.integer(columnRanges.depth),
      }),
      { minLength: columnCount.min, maxLength: columnCount.max },
    ),
    loss: fc.record({
      layer: fc.constantFrom('explore' as const, ...learnedLayerNames),
      by: fc.constantFrom('weights' as const, 'responses' as const),
      substitutes: fc.array(
        fc.record({ kind: fc.constantFrom(...substituteKinds), size: fc.integer({ min: 1, max: 1024 }) }),
        { maxLength: mostSubstitutes },
      ),
    }),
  })
  .map(fitCompare);

const whole = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));
const offset = fc.double({ min: -64, max: 64, noNaN: true }).map((value) => value + 0);

const networkLayer = fc.option(fc.constantFrom('conv1', 'layer1.0.conv2'));

const kind: fc.Arbitrary<KindState | null> = fc.option(
  fc
    .record({
      name: fc.constantFrom(...kindNames),
      bank: fc.option(
        fc.record({ name: fc.constantFrom(...bankNames), channels: fc.constantFrom(...channelChoicesOfCompare) }),
      ),
      kernelSize: whole(1, 15),
      stride: whole(1, 8),
      groups: fc.integer({ min: 1, max: 64 }),
      hasMask: fc.boolean(),
      activation: fc.constantFrom(...activationNames),
      weights: fc.record({ kernel: fc.constantFrom('random' as const, ...namedFilters), seed: fc.nat(2 ** 31) }),
      offsets: fc.oneof(
        fc.constant({ by: 'convolution' as const }),
        fc.constant({ by: 'preset' as const, preset: { kind: 'gradient' as const } }),
        fc.record({
          by: fc.constant('hand' as const),
          taps: fc.array(fc.record({ dy: offset, dx: offset, mask: fc.constantFrom(0, 0.5, 1) }), { maxLength: 9 }),
        }),
      ),
    })
    .map(({ name, bank, kernelSize, stride, groups, hasMask, activation, weights, offsets }) => ({
      ...newKind(name),
      ...{ bank, activation, weights, offsets },
      attributes: { ...newAttributes(name), kernelSize, stride, groups, hasMask },
    })),
);

/** Any state that a person can reach, but for painting and filters edited by hand (whose bytes stand elsewhere). */
export const workspace: fc.Arbitrary<Workspace> = fc
  .record({ input, change: convChange, activation: fc.constantFrom(...activationNames) })
  .chain(({ input, change, activation }) => {
    const plain: Conv2d = {
      kind: 'conv2d',
      inChannels: channelCounts[input.channels],
      outChannels: 4,
      kernelSize: [3, 3],
      stride: [1, 1],
      padding: 'valid',
      dilation: [1, 1],
      groups: 1,
      bias: true,
      paddingMode: 'zeros',
    };
    const { conv } = constrain(plain, change, { inputSize: [300, 451] });
    const { outChannels } = conv;
    const filters = fc.array(filter, { minLength: outChannels, maxLength: outChannels });
    const bias = fc.array(
      fc.float({ noNaN: true, noDefaultInfinity: true }).map((b) => b + 0),
      {
        minLength: outChannels,
        maxLength: outChannels,
      },
    );
    return fc
      .record({
        filters,
        bias,
        kind,
        networkLayer,
        compare,
        network,
        channels: unread,
        train: unread,
        view: view(outChannels),
      })
      .map(
        (rest): Workspace => ({
          version: workspaceVersion,
          input,
          graph: exploreGraph(conv, activation),
          weights: { [exploreNodes.conv]: { filters: rest.filters, bias: rest.bias } },
          focus: exploreNodes.conv,
          kind: rest.kind,
          networkLayer: rest.networkLayer,
          compare: rest.compare,
          network: rest.network,
          channels: rest.channels,
          train: rest.train,
          view: rest.view,
        }),
      );
  });

/** One action of a person: the name is for the report of a counterexample. */
export type Act = readonly [name: string, run: (store: WorkspaceStore) => void];

const target = fc.oneof(fc.constant('all' as const), fc.integer({ min: 0, max: 8 }));

export const act: fc.Arbitrary<Act> = fc.oneof(
  convChange.map((change): Act => [`setConv ${JSON.stringify(change)}`, (store) => store.getState().setConv(change)]),
  fc
    .constantFrom(...activationNames)
    .map((name): Act => [`setActivation ${name}`, (store) => store.getState().setActivation(name)]),
  fc
    .record({ channels: fc.constantFrom(...channelChoices), range: fc.constantFrom(...valueRanges) })
    .map((change): Act => [`setInput ${JSON.stringify(change)}`, (store) => store.getState().setInput(change)]),
  fc
    .tuple(target, recipe)
    .map(([of, recipe]): Act => [`setFilter ${of}`, (store) => store.getState().setFilter(of, { recipe })]),
  fc
    .constantFrom('classic' as const, 'gabor' as const, 'random' as const, 'face' as const)
    .map((bank): Act => [`setBank ${bank}`, (store) => store.getState().setBank(bank)]),
  fc
    .tuple(target, fc.integer({ min: -4, max: 4 }))
    .map(([of, value]): Act => [`setBias ${of} ${value}`, (store) => store.getState().setBias(of, value)]),
  workspace.map((opened): Act => ['open', (store) => store.getState().open(opened)]),
  fc.integer({ min: 0, max: 63 }).map((filter): Act => ['setView', (store) => store.getState().setView({ filter })]),
  fc.constant<Act>(['beginGesture', (store) => store.getState().beginGesture()]),
  fc.constant<Act>(['endGesture', (store) => store.getState().endGesture()]),
);
