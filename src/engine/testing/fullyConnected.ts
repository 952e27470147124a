/** Units of the first fully connected layer of VGG-16 at 224, on any engine, against their dot products in float64. For tests. */
import type { Graph } from '../../graph/graph.ts';
import { materialiseDrawn, streamOf } from '../../graph/weights/drawnParameters.ts';
import { hash32 } from '../../math/random.ts';
import type { Linear } from '../../operators/linear/attributes.ts';
import type { Engine } from '../engine.ts';

/** What its poolings leave of 224 x 224 pixels. */
const maps = [1, 512, 7, 7] as const;
const inFeatures = 512 * 7 * 7;
const recipe = { kind: 'drawn', distribution: 'he', seed: 1, stream: streamOf('classifier.0') } as const;

/**
 * The largest |error| / (1 + sum of |terms|) of these units, where `outFeatures` of the 4096 are computed: a filter's weights are the same,
 * however many there are beside it. Frees what it made.
 */
export async function errorOfUnits(engine: Engine, outFeatures: number, units: readonly number[]): Promise<number> {
  const linear: Linear = { kind: 'linear', inFeatures, outFeatures, bias: true };
  const graph: Graph = {
    nodes: [
      { id: 'maps', operator: { kind: 'input', channels: maps[1] }, inputs: [] },
      { id: 'flatten', operator: { kind: 'reshape', shape: [1, inFeatures, 1, 1] }, inputs: ['maps'] },
      { id: 'classifier.0', operator: linear, inputs: ['flatten'] },
    ],
  };
  // As behind a rectifier: half of them are 0.
  const values = Float32Array.from({ length: inFeatures }, (_, i) => Math.max(0, hash32(7, 0, i) / 2 ** 31 - 1));
  const input = await engine.upload(values, maps);
  const { tensors } = await engine.run({
    ...{ graph, inputs: { maps: input }, outputs: ['classifier.0'] },
    parameters: { 'classifier.0': recipe },
  });
  const output = tensors['classifier.0']!;
  const region = { channel: 0, channels: outFeatures, y: 0, x: 0, height: 1, width: 1 };
  const found = await engine.read(output, region).finally(() => {
    input.free();
    output.free();
  });
  const errors = units.map((unit) => {
    const { weight } = materialiseDrawn(linear, recipe, [unit, unit + 1]);
    let sum = 0;
    let magnitude = 0;
    for (const [i, value] of values.entries()) {
      sum += value * weight[i]!;
      magnitude += Math.abs(value * weight[i]!);
    }
    return Math.abs(found[unit]! - sum) / (1 + magnitude);
  });
  return Math.max(...errors);
}
