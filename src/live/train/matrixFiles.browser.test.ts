/** Pictures and animations of the figure of filter groups, opened again by the browser. */
import { describe, expect, it } from 'vitest';
import { matrix } from '../../math/matrix.ts';
import type { GroupColumn, GroupFigure, Moment } from './groupFigure.ts';
import { type MatrixWords, matrixAnimation, matrixPicture } from './matrixFiles.ts';
import { curvesPicture } from './runFiles.ts';
import type { ShownRun } from './variantRun.ts';

/** 4 x 4, all pairs alike. */
const flat = (value: number): Moment => {
  const pairs = matrix(4, 4, new Float64Array(16).fill(value));
  return { whitened: pairs, pearson: pairs };
};

const column = (groups: number, trained: readonly number[]): GroupColumn => ({
  ...{ groups, parameters: 1, macs: 1, accuracy: null, published: null },
  untrained: flat(0),
  trained: trained.map((value, i) => ({ step: 10 * (i + 1), moment: flat(value) })),
});

const figure: GroupFigure = {
  ...{ source: 'runs', rowLayer: 'conv2b', columnLayer: 'conv3a', images: 1, samples: 1, testImages: 1 },
  columns: [column(1, [0.25, 0.25, 0.25]), column(2, [0.25, 0.25, 0.25])],
};
const words: MatrixWords = {
  ...{ title: 'Correlation', untrained: 'untrained', note: 'A note.' },
  step: (steps) => `step ${steps}`,
  share: (share) => `in blocks ${share}`,
};
const look = { measure: 'whitened', isSigned: false, scale: 'shared' } as const;

async function framesOf(file: File) {
  const decoder = new ImageDecoder({ data: await file.arrayBuffer(), type: file.type });
  await decoder.tracks.ready;
  await decoder.completed;
  return Promise.all(
    Array.from({ length: decoder.tracks.selectedTrack?.frameCount ?? 0 }, async (_, frameIndex) => {
      const { image } = await decoder.decode({ frameIndex });
      const [width, height] = [image.displayWidth, image.displayHeight];
      const context = new OffscreenCanvas(width, height).getContext('2d')!;
      context.drawImage(image, 0, 0);
      image.close();
      // Inside the first matrix.
      return { width, height, pixel: [...context.getImageData(100, 200, 1, 1).data.subarray(0, 3)] };
    }),
  );
}

describe('the figure of filter groups as files', () => {
  it('is an animation with a frame for the untrained network and one for each moment of training', async () => {
    const frames = await framesOf(matrixAnimation('training', figure, look, words));
    expect(frames).toHaveLength(4);
    expect(frames[0]?.pixel).toEqual([255, 255, 255]);
    // At the end of the range: the darkest of the map.
    expect(Math.max(...(frames[3]?.pixel ?? [255]))).toBeLessThan(16);
    expect(new Set(frames.map(({ width, height }) => `${width} ${height}`)).size).toBe(1);
  });

  it('is an animation with a frame for each number of groups', async () => {
    expect(await framesOf(matrixAnimation('groups', figure, look, words))).toHaveLength(2);
  });

  it('is an SVG with all matrices, trained above untrained, ticks where groups end, shares and one colour bar', async () => {
    const file = await matrixPicture('svg', figure, look, words);
    const svg = new DOMParser().parseFromString(await file.text(), 'image/svg+xml');
    expect(svg.querySelector('parsererror')).toBeNull();
    expect(svg.querySelectorAll('image')).toHaveLength(5);
    // Two at each of the two matrices with two groups.
    expect(svg.querySelectorAll('line')).toHaveLength(4);
    const texts = [...svg.querySelectorAll('text')].map(({ textContent }) => textContent);
    for (const text of ['step 30', 'untrained', 'g = 1', 'g = 2', 'in blocks 50.0 %', '≥ 0.25'])
      expect(texts).toContain(text);
  });

  it('is a PNG of the same size, two pixels to one', async () => {
    const svg = new DOMParser().parseFromString(
      await (await matrixPicture('svg', figure, look, words)).text(),
      'image/svg+xml',
    ).documentElement;
    const bitmap = await createImageBitmap(await matrixPicture('png', figure, look, words));
    expect([bitmap.width, bitmap.height]).toEqual(
      ['width', 'height'].map((side) => 2 * Number(svg.getAttribute(side))),
    );
  });
});

it('the curves of runs are an SVG with a line for each, named at its end', async () => {
  const run = (losses: readonly number[]) =>
    ({
      ...{ steps: 4, configuration: { epochs: 2 } },
      results: losses.map((loss) => ({ loss, right: 0 })),
      observations: [{ step: 2, accuracy: { share: 0.5, count: 10 } }],
    }) as unknown as ShownRun;
  const file = await curvesPicture([run([3, 2, 1]), run([2, 2])], {
    ...{ names: ['g 1', 'g 2'], colours: ['#111111', '#222222'], smoothing: 1 },
    words: { title: 'Runs', loss: 'Loss', accuracy: 'Accuracy', step: 'step', epoch: 'epoch' },
  });
  const svg = new DOMParser().parseFromString(await file.text(), 'image/svg+xml');
  expect(svg.querySelector('parsererror')).toBeNull();
  const strokes = [...svg.querySelectorAll('line')].map((line) => line.getAttribute('stroke'));
  expect([
    strokes.filter((each) => each === '#111111').length,
    strokes.filter((each) => each === '#222222').length,
  ]).toEqual([2, 1]);
  expect([...svg.querySelectorAll('text')].filter(({ textContent }) => textContent === 'g 2')).toHaveLength(2);
});
