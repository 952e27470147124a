import { expect, it } from 'vitest';
import { createEngine } from '../../engine/index.ts';
import '../../operators/late.ts';
import { testPicture } from '../testing/testPicture.ts';
import { excitementsOf } from './excitement.ts';
import { mapsOn } from './mapsOn.ts';
import { trainedSubject } from './subject.ts';

it.each(['cpu', 'webgpu'] as const)(
  'finds the largest response of every channel in each of several images on %s',
  async (kind) => {
    const { engine } = await createEngine(kind, { memoryBudget: 2 ** 28 });
    try {
      const subject = await trainedSubject('nin-g16');
      const node = subject.layers[1]!.response;
      const pictures = [1, 2, 3].map((seed) => {
        const made = testPicture([20, 24]);
        return {
          ...made,
          channels: 3,
          values: Float32Array.from({ length: 3 * 20 * 24 }, (_, i) => ((i * 37 * seed) % 101) / 101),
        };
      });
      const shares: number[] = [];
      const how = { signal: new AbortController().signal, onShare: (share: number) => shares.push(share) };
      const found = await excitementsOf(engine, subject, pictures, node, how);
      expect(shares.at(-1)).toBe(1);
      expect(found).toHaveLength(subject.layers[1]!.outChannels);
      for (const [picture, each] of pictures.entries()) {
        const maps = (await mapsOn(engine, subject, each, [node]))[node]!;
        const [, channels, height, width] = maps.shape;
        const values = await engine.read(maps, { channel: 0, channels, y: 0, x: 0, height, width });
        maps.free();
        for (const [c, of] of found.entries()) {
          const largest = values
            .subarray(c * height * width, (c + 1) * height * width)
            .reduce((a, b) => Math.max(a, b));
          const told = of.find((one) => one.picture === picture)!;
          expect(told.value).toBeCloseTo(largest, 4);
          expect(values[(c * height + told.y) * width + told.x]).toBeCloseTo(largest, 4);
        }
      }
      expect(engine.counters.liveTensors).toBe(0);
    } finally {
      engine.destroy();
    }
  },
);
