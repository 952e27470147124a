/** `npm run channels`: its numbers against plain loops over a float64 run, and its sentences. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { measure } from '../../scripts/channels/channels.ts';
import { writeNpy } from '../../src/formats/npy.ts';
import { lcg } from '../../src/formats/trained/testing/lcg.ts';
import { sampleOfDisk } from '../../src/formats/trained/testing/samplesOfDisk.ts';
import { runReference } from '../../src/graph/referenceRun.ts';
import { preprocess } from '../../src/graph/trained/trainedNetwork.ts';

const folder = 'public/models/networks';
const pictures = (shape: readonly number[]): Float32Array<ArrayBuffer> =>
  lcg(
    shape.reduce((a, b) => a * b, 1),
    0.5,
  ).map((value) => Math.min(1, Math.max(0, value + 0.5)));

async function ask(name: string, shape: readonly number[], pair: readonly [string, string] | null = null) {
  const model = new Uint8Array(await readFile(`${folder}/${name}`));
  const weights = name.replace(/json$/, 'bin');
  const shard = name.endsWith('.json') ? new Uint8Array(await readFile(`${folder}/${weights}`)) : null;
  const beside = (file: string) => (file === weights ? shard : null);
  return measure({ name, model, beside, imagesName: 'images.npy', images: writeNpy(shape, pictures(shape)), pair });
}

/** [pixels][channels] of the node over all images, the smaller map repeated to 16 x 16. */
function samples({ shape, values }: { readonly shape: readonly number[]; readonly values: Float64Array }) {
  const [n = 0, c = 0, h = 0, w = 0] = shape;
  return Array.from({ length: n * 256 }, (_, i) => {
    const [image, y, x] = [Math.floor(i / 256), Math.floor((i % 256) / 16), i % 16];
    return Array.from(
      { length: c },
      (_unused, k) => values[((image * c + k) * h + Math.floor((y * h) / 16)) * w + Math.floor((x * w) / 16)]!,
    );
  });
}

it("counts NiN's zeros and extremes, and correlates two of its layers, as plain loops do", async () => {
  const shape = [2, 3, 32, 32] as const;
  const answer = await ask('nin-g16.safetensors', shape, ['conv2c', 'conv3a']);
  if (!answer.ok) throw new Error(answer.message);
  const { layers, pair } = answer.value;
  expect(layers.map(({ name }) => name)).toEqual(
    ['1a', '1b', '1c', '2a', '2b', '2c', '3a', '3b', '3c'].map((layer) => `conv${layer}`),
  );
  const network = await sampleOfDisk('nin-g16');
  const built = network.graphAt(32, 32, 2);
  if (!built.ok) throw new Error(built.error.message);
  const input = preprocess(network.preprocessing, { shape, values: pictures(shape) });
  const exact = runReference(built.value.graph, { input }, network.parameters);
  for (const [i, { apoz, max, out_channels }] of layers.entries()) {
    const { output } = exact[network.layers[i]!.response]!;
    const plane = output.shape[2] * output.shape[3];
    expect(out_channels).toBe(output.shape[1]);
    for (let c = 0; c < out_channels; c++) {
      const of = [0, 1].flatMap((n) => [
        ...output.values.subarray((n * out_channels + c) * plane, (n * out_channels + c + 1) * plane),
      ]);
      expect(apoz[c]).toBeCloseTo(of.filter((value) => value === 0).length / of.length, 2);
      expect(max[c]).toBeCloseTo(Math.max(...of.map(Math.abs)), 3);
    }
  }
  const [a, b] = [samples(exact['conv2c.relu']!.output), samples(exact['conv3a.relu']!.output)];
  const column = (rows: number[][], k: number) => rows.map((row) => row[k]!);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (const [i, j] of [
    [0, 0],
    [5, 70],
    [95, 95],
    [40, 3],
  ] as const) {
    const [x, y] = [column(a, i), column(b, j)];
    const [mx, my] = [mean(x), mean(y)];
    const product = mean(x.map((value, k) => (value - mx) * (y[k]! - my)));
    const spread = Math.sqrt(mean(x.map((value) => (value - mx) ** 2)) * mean(y.map((value) => (value - my) ** 2)));
    expect(pair?.raw[i]?.[j]).toBeCloseTo(spread > 0 ? product / spread : 0, 4);
  }
  expect(pair?.ridge).toBe(1e-5);
  expect(pair?.whitened).toHaveLength(96);
  expect(pair?.canonical.every((value) => value >= 0 && value <= 1)).toBe(true);
});

it("finds PoseNet's ten numerically zero filters, and which of them are silent", async () => {
  const answer = await ask('posenet.json', [1, 3, 49, 67]);
  if (!answer.ok) throw new Error(answer.message);
  expect(answer.value.layers).toHaveLength(31);
  const [first] = answer.value.layers;
  expect(first?.zero_filters).toHaveLength(10);
  expect(answer.value.layers[2]?.zero_filters).toHaveLength(2);
  for (const c of first?.silent ?? []) expect(first?.max[c]).toBeLessThanOrEqual(1e-6);
  expect('pair' in answer.value).toBe(false);
});

describe('what cannot be done is said in a sentence', () => {
  const shape = [1, 3, 32, 32];

  it('a layer that is not there', async () => {
    const answer = await ask('nin-g01.safetensors', shape, ['conv2c', 'conv9']);
    expect(answer).toMatchObject({
      ok: false,
      message: expect.stringMatching(/no convolution "conv9": it has conv1a/),
    });
  });

  it('images of another kind', async () => {
    const model = new Uint8Array(await readFile(`${folder}/nin-g16.safetensors`));
    const with_ = (images: Uint8Array) =>
      measure({ name: 'nin.safetensors', model, beside: () => null, imagesName: 'x.npy', images, pair: null });
    const grey = await with_(writeNpy([1, 1, 8, 8], new Float32Array(64)));
    expect(grey).toMatchObject({ message: 'x.npy has 1 channels; nin.safetensors reads 3.' });
    const bytes = await with_(writeNpy([1, 3, 8, 8], new Float32Array(192).fill(200)));
    expect(bytes).toMatchObject({ message: 'x.npy has values outside of 0..1: divide bytes by 255.' });
    const flat = await with_(writeNpy([192], new Float32Array(192)));
    expect(flat).toMatchObject({ message: 'x.npy holds [192], not images [N, C, H, W].' });
    expect(await with_(new Uint8Array(9))).toMatchObject({ ok: false });
  });

  it('a model without its weights', async () => {
    const model = new Uint8Array(await readFile(`${folder}/posenet.json`));
    const images = writeNpy(shape, new Float32Array(3072));
    const answer = await measure({
      name: 'm.json',
      model,
      beside: () => null,
      imagesName: 'x.npy',
      images,
      pair: null,
    });
    expect(answer).toMatchObject({ message: 'The file of weights posenet.bin is missing.' });
  });
});
