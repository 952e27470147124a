import '../../operators/late.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convTranspose2dCases } from '../../../tests/support/cases/convTranspose2d.ts';
import { convTranspose2d, createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { turnedWeights } from './direct.ts';
import { metPixels, type StretchedLine, stretchedWindow } from './stretchedWindow.ts';

const single = createConvTranspose2d({
  inChannels: 1,
  outChannels: 1,
  kernelSize: [1, 3],
  stride: [1, 2],
  bias: false,
});
/** Pixels by their number, zeros between as '·', around as '○'; a kernel's taps in brackets. */
const written = (lines: readonly StretchedLine[]) =>
  lines
    .map(({ pixel, isBorder, tap }) => {
      const cell = pixel ?? (isBorder ? '○' : '·');
      return tap === null ? `${cell}` : `[${cell}]`;
    })
    .join(' ');

describe('the stretched input around an output', () => {
  it('has s - 1 zeros between the pixels and ke - 1 - p around them', () => {
    const at = (x: number) => written(stretchedWindow(single, [1, 3], { y: 0, x }).columns);
    expect(at(0)).toBe('○ [○] [○] [0] ·');
    expect(at(2)).toBe('○ [0] [·] [1] ·');
    expect(at(3)).toBe('0 [·] [1] [·] 2');
    expect(at(6)).toBe('· [2] [○] [○] ○');
  });

  it('is crossed by a dilated kernel with holes', () => {
    const dilated = { ...single, stride: [1, 3], dilation: [1, 2] } as const;
    expect(written(stretchedWindow(dilated, [1, 3], { y: 0, x: 4 }, 0).columns)).toBe('[0] · [·] 1 [·]');
  });

  it('times the turned kernel is the output, whatever the layer', () => {
    fc.assert(
      fc.property(convTranspose2dCases.random, fc.nat(), (one, seed) => {
        const { operator: conv, inputs, parameters } = one;
        if (conv.kind !== 'conv_transpose2d' || !parameters) throw new Error('no transposed convolution');
        const input = inputs[0]!;
        const [, channels, height, width] = input.shape;
        const { output } = convTranspose2d.reference(conv, [input], parameters);
        const [, , rows, columns] = output.shape;
        const [y, x] = [seed % rows, (seed * 7) % columns];
        const window = stretchedWindow(conv, [height, width], { y, x });
        const turned = turnedWeights(conv, parameters.weight);
        const slices = channels / conv.groups;
        const [kh, kw] = conv.kernelSize;
        let sum = parameters.bias?.[0] ?? 0;
        for (let c = 0; c < slices; c++)
          for (const row of window.rows)
            for (const column of window.columns)
              if (row.tap !== null && column.tap !== null && row.pixel !== null && column.pixel !== null)
                sum +=
                  turned[(c * kh + row.tap) * kw + column.tap]! *
                  input.values[(c * height + row.pixel) * width + column.pixel]!;
        expect(sum).toBeCloseTo(output.values[y * columns + x]!, 9);
        expect(metPixels(window.rows).length).toBeLessThanOrEqual(kh);
      }),
    );
  });
});
