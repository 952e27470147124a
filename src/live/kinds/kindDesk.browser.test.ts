import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { createEngine } from '../../engine/index.ts';
import { type KindName, kindNames } from '../../graph/layers/kinds.ts';
import { runReference } from '../../graph/referenceRun.ts';
import { materialiseAll } from '../../graph/weights/drawnParameters.ts';
import { type KindState, newKind } from '../../store/kind.ts';
import type { Picture } from '../results.ts';
import { createKindDesk } from './kindDesk.ts';

const [height, width] = [14, 18];

const picture: Picture = {
  rgba: new Uint8ClampedArray(4 * height * width),
  ...{ height, width, fullWidth: width, fullHeight: height, opaque: true, channels: 3, name: 'test' },
  values: Float32Array.from({ length: 3 * height * width }, (_, i) => ((i * 37) % 101) / 101),
};

let engine: Engine | null = null;
afterEach(() => {
  engine?.destroy();
  engine = null;
});

async function largestError(running: Engine, state: KindState): Promise<number> {
  const wanted = createKindDesk({ onReady: () => undefined, onProblem: () => undefined }).wantedOf(
    state,
    picture,
    false,
  )!;
  const { graph, parameters, shown, kind } = wanted;
  const hosts = {
    ...kind!.constants,
    input: { shape: [1, 3, wanted.picture.height, wanted.picture.width] as const, values: wanted.picture.values },
  };
  const inputs: Record<string, Awaited<ReturnType<Engine['upload']>>> = {};
  for (const [id, host] of Object.entries(hosts)) inputs[id] = await running.upload(host.values, host.shape);
  const source = kind!.source;
  const { tensors } = await running.run({ graph, parameters, inputs, outputs: [...new Set([source, shown])] });
  const maps = tensors[shown]!;
  const [, channels, rows, columns] = maps.shape;
  const region = { channel: 0, channels, y: 0, x: 0, height: rows, width: columns };
  const values = await running.read(maps, region);
  const { output, magnitude } = runReference(graph, hosts, materialiseAll(graph, parameters))[shown]!;
  expect(maps.shape).toEqual(output.shape);
  // What is timed, the layer behind a bank that stands already, gives the same maps.
  const read = kind!.alone.nodes.filter((node) => node.operator.kind === 'input').map(({ id }) => id);
  const given = Object.fromEntries(read.map((id) => [id, { ...inputs, ...tensors }[id]!]));
  const again = await running.run({ graph: kind!.alone, parameters, inputs: given, outputs: [shown] });
  expect(await running.read(again.tensors[shown]!, region)).toEqual(values);
  return values.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - output.values[i]!) / (1 + magnitude[i]!)),
    0,
  );
}

const bank = { name: 'gabor', channels: 8 } as const;
const states = (names: readonly KindName[]): readonly [string, KindState][] =>
  names.flatMap((name): [string, KindState][] => [
    [`${name} over the bank`, { ...newKind(name), bank, activation: 'relu' }],
    [
      `${name} over the photo, a classic filter`,
      { ...newKind(name), bank: null, weights: { kernel: 'sobel_x', seed: 1 } },
    ],
  ]);
const offsets = newKind('deformable');
const more: readonly [string, KindState][] = [
  ['deformable, offsets by a convolution', { ...offsets, offsets: { by: 'convolution' } }],
  [
    'deformable v2, offsets that follow the gradient',
    {
      ...offsets,
      attributes: { ...offsets.attributes, hasMask: true },
      offsets: { by: 'preset', preset: { kind: 'gradient' } },
    },
  ],
  [
    'deformable v2, offsets and masks by hand',
    {
      ...offsets,
      attributes: { ...offsets.attributes, hasMask: true },
      offsets: { by: 'hand', taps: [{ dy: 1.5, dx: -2, mask: 0.25 }] },
    },
  ],
];

describe.each(['cpu', 'webgpu'] as const)('a layer of another kind on %s', (kind) => {
  it('has the maps of the float64 reference', async () => {
    engine = (await createEngine(kind, { memoryBudget: 2 ** 28 })).engine;
    for (const [name, state] of [...states(kindNames), ...more]) {
      // Offsets that are results move a sample by their rounding.
      const bound = state.kind === 'deformable' && state.offsets.by === 'convolution' ? 1e-3 : 2e-5;
      expect(await largestError(engine, state), name).toBeLessThan(bound);
    }
  });
});
