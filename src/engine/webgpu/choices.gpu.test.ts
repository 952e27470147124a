/** Whatever a table of choices says, the answer is the float64 reference's. */
import { describe, expect, it } from 'vitest';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { candidatesOf } from '../../operators/conv2d/candidates.ts';
import { type ConvChoice, labelOf, problemKey } from '../../operators/conv2d/choice.ts';
import type { DeviceTraits } from '../../operators/programs/program.ts';
import { createWebGPUEngine } from './index.ts';
import { createConv2d, extentOf, lastProgramOf } from './testing/convolutions.ts';
import { type Case, expectExact } from './testing/exactness.ts';

/** A real GPU's: its candidates are tried whatever adapter is at hand. */
const gpuTraits: DeviceTraits = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: false,
  busyInvocations: 16384,
};
const layer = (inChannels: number, outChannels: number, rest: Partial<Conv2d> = {}) =>
  createConv2d({ inChannels, outChannels, kernelSize: [3, 3], ...rest });
const cases: readonly Case[] = [
  { conv: layer(3, 9, { padding: 'same' }), shape: [1, 3, 11, 7] },
  { conv: layer(3, 8, { kernelSize: [7, 7], stride: [2, 2], padding: 'full' }), shape: [1, 3, 13, 12] },
  { conv: layer(12, 20), shape: [2, 12, 9, 8], activation: 'relu', isDual: true },
  { conv: layer(8, 16, { groups: 2, dilation: [2, 1] }), shape: [1, 8, 9, 8] },
  { conv: layer(16, 16, { groups: 4 }), shape: [1, 16, 9, 8] },
  { conv: layer(9, 18, { groups: 9, padding: 'same' }), shape: [1, 9, 9, 8] },
];

describe.each(cases.map((one) => ({ name: problemKey(one.conv, extentOf(one)), one })))(
  'the candidates of $name',
  ({ one }) => {
    const key = problemKey(one.conv, extentOf(one));
    const table = (choice: ConvChoice) => new Map([[key, choice]]);

    it.each(candidatesOf(one.conv, extentOf(one), gpuTraits).map((choice) => ({ name: labelOf(choice), choice })))(
      '$name is exact, and runs when the table says so',
      async ({ choice }) => {
        const engine = await createWebGPUEngine({ gpu: navigator.gpu, choices: table(choice) });
        const programs = await expectExact(engine, one);
        expect(programs.at(-1)?.replace(/ k\d+ s[\dx]+/, '')).toBe(lastProgramOf(labelOf(choice)));
        engine.destroy();
      },
    );
  },
);

describe('tiles that are no powers of two, as software adapters have them', () => {
  it.each([
    { pixels: 5, filters: 20 },
    { pixels: 3, filters: 32 },
    { pixels: 7, filters: 12 },
    { pixels: 8, filters: 16 },
  ])('P$pixels C$filters is exact short of the tile, at it and past it', async ({ pixels, filters }) => {
    for (const extra of [-1, 0, 1]) {
      const conv = createConv2d({ inChannels: 6, outChannels: filters + extra, kernelSize: [1, 3], padding: 'same' });
      const one: Case = { conv, shape: [1, 6, 1, 8 * pixels + extra] };
      const key = problemKey(conv, extentOf(one));
      const choices = new Map([[key, { algorithm: 'dense', pixels, filters } as const]]);
      const engine = await createWebGPUEngine({ gpu: navigator.gpu, choices });
      expect((await expectExact(engine, one)).at(-1)).toBe(`dense P${pixels}C${filters}`);
      engine.destroy();
    }
  });
});
