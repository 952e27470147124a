import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GraphParameters } from '../graph/graph.ts';
import { inferShapes } from '../graph/infer.ts';
import { learnedLayer, photoNode } from '../graph/learned/layers.ts';
import { type LearnedLayerName, learnedLayerNames } from '../graph/learned/names.ts';
import { runReference } from '../graph/referenceRun.ts';
import { rulesOf } from '../operators/index.ts';
import '../operators/late.ts';
import type { Shape } from '../operators/operator.ts';
import { readBank } from './learnedBank.ts';
import { loadWeights, readWeights } from './learnedWeights.ts';

const fileOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../public/models/${name}.safetensors`, import.meta.url)));

function weightsOf(files: readonly string[]): GraphParameters {
  return Object.assign(
    {},
    ...files.map((name) => {
      const read = readWeights(fileOf(name));
      if (!read.ok) throw new Error(read.error.code);
      return read.value;
    }),
  );
}

describe.each(learnedLayerNames)('the learned layer %s', (name) => {
  const layer = learnedLayer(name);
  const weights = weightsOf(layer.files);

  it('has its weights in its files, and those of all layers before it', () => {
    for (const { id, operator } of [...layer.before.nodes, { id: layer.id, operator: layer.conv }]) {
      for (const spec of rulesOf(operator).parameters(operator)) {
        const count = spec.shape.reduce((product, side) => product * side, 1);
        expect([id, spec.name, weights[id]?.[spec.name]?.length]).toEqual([id, spec.name, count]);
      }
    }
  });

  it('reads as many channels as it has', () => {
    const shapes = inferShapes(layer.before, { [photoNode]: [1, 3, 16, 24] });
    if (!shapes.ok) throw new Error(shapes.error.message);
    expect(shapes.value[layer.reads]?.[1]).toBe(layer.conv.inChannels);
  });
});

it.each(['blazeface', 'posenet', 'esrgan'])('the first layer of %s is its bank', (name) => {
  const bank = readBank('face', fileOf(`${name}-conv1`));
  if (!bank.ok) throw new Error(bank.error.code);
  const weights = weightsOf([`${name}-layers`]);
  expect((weights.conv0 ?? weights.F_m1)?.weight).toEqual(bank.value.weight);
});

describe('what a learned layer reads', () => {
  const shortOf = (name: LearnedLayerName, shape: Shape, value: (i: number) => number) => {
    const { before, reads, files } = learnedLayer(name);
    const count = shape.reduce((product, side) => product * side, 1);
    const photo = { shape, values: Float32Array.from({ length: count }, (_, i) => value(i)) };
    const { output } = runReference(before, { photo }, weightsOf(files))[reads]!;
    const [, , height, width] = output.shape;
    return (channel: number, y: number, x: number) => output.values[(channel * height + y) * width + x];
  };

  // The numbers of the source models themselves, computed apart from this code with NumPy on their original files.
  it('is what ESRGAN-slim gives its layer UPN1', () => {
    const at = shortOf('esrgan/UPN1', [1, 3, 8, 8], (i) => 0.5 + 0.4 * Math.sin(i / 3));
    expect(at(0, 3, 4)).toBeCloseTo(0.1292806, 6);
    expect(at(3, 3, 4)).toBeCloseTo(0.02669675, 6);
    expect(at(63, 0, 7)).toBeCloseTo(0.10678521, 6);
  });

  it('is what PoseNet gives its third pointwise layer', () => {
    const at = shortOf('posenet/pw3', [1, 3, 16, 24], (i) => Math.sin(i / 5));
    expect(at(20, 1, 4)).toBeCloseTo(0.91173086, 5);
    expect(at(33, 3, 5)).toBeCloseTo(0.69872812, 5);
  });

  it('is what BlazeFace gives its ninth pointwise layer', () => {
    const at = shortOf('blazeface/pw9', [1, 3, 16, 24], (i) => Math.sin(i / 5));
    expect(at(2, 0, 1)).toBeCloseTo(-2.88486842, 5);
    expect(at(63, 1, 2)).toBeCloseTo(0.87647094, 5);
  });
});

describe('loadWeights', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('says which file was not loaded, and tries again', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    expect(await loadWeights(['esrgan-layers'])).toEqual({
      ok: false,
      error: { code: 'file-not-loaded', values: { name: 'esrgan-layers.safetensors' } },
    });
    vi.stubGlobal('fetch', async () => new Response(fileOf('esrgan-layers')));
    const loaded = await loadWeights(['esrgan-layers']);
    expect(loaded.ok && Object.keys(loaded.value)).toEqual(['F_m1', 'F_0']);
  });
});
