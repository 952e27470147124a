import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blockShare } from '../../math/blockShare.ts';
import { hasFewSamples, momentAt } from './groupFigure.ts';
import { readMeasuredFigure } from './measuredFigure.ts';

const file = (name: string) => readFileSync(new URL(`../../../public/models/networks/${name}`, import.meta.url));
const numbers: unknown = JSON.parse(file('correlations.json').toString());
const read = readMeasuredFigure(new Uint8Array(file('correlations.safetensors')), numbers);
if (!read.ok) throw new Error(read.error.code);
const { value: figure } = read;

describe('the measured figure of filter groups', () => {
  it('has the shares inside the blocks that its README tells', () => {
    const shares = figure.columns.map((column) =>
      [momentAt(column, 0), momentAt(column, 1)].map(({ whitened }) =>
        Number((100 * blockShare(whitened, column.groups)).toFixed(1)),
      ),
    );
    expect(figure.columns.map(({ groups }) => groups)).toEqual([1, 2, 4, 8, 16]);
    expect(shares).toEqual([
      [100, 100],
      [69.9, 70.1],
      [54.3, 54.6],
      [45.5, 46.8],
      [39.7, 42.9],
    ]);
  });

  it('has the prices, the accuracy and what was published', () => {
    expect(figure.columns[3]).toMatchObject({
      parameters: 69_306,
      macs: 28_971_008,
      accuracy: 0.8411,
      published: { whitened: 0.5699, pearson: 0.2165 },
    });
    expect(figure.columns[0]?.published).toBeNull();
  });

  it('is of samples enough; 23,999 would be too few for 96 channels', () => {
    expect(hasFewSamples(figure)).toBe(false);
    expect(hasFewSamples({ ...figure, samples: 23_999 })).toBe(true);
  });

  it('is refused where the files hold no matrices', () => {
    expect(readMeasuredFigure(new Uint8Array(3), numbers)).toMatchObject({
      ok: false,
      error: { code: 'file-truncated' },
    });
    const whole = new Uint8Array(file('correlations.safetensors'));
    expect(readMeasuredFigure(whole, {})).toMatchObject({ ok: false, error: { code: 'file-incomplete' } });
  });
});
