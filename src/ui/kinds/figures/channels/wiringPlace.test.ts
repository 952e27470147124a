import { describe, expect, it } from 'vitest';
import { type MapsAtEnd, numberedChannels, wiringPlace } from './wiringPlace.ts';

const both = (channels: number): readonly [MapsAtEnd, MapsAtEnd] => [
  { channels, aspect: 1.5 },
  { channels, aspect: 1.5 },
];

describe('the room of a diagram', () => {
  it('of 16 channels over 226 pixels has a number and a thumbnail in every row of 13', () => {
    const { diagram, thumbnail } = wiringPlace({ width: 500, height: 226 }, both(16));
    expect(diagram).toMatchObject({ y: 16, height: 208 });
    expect(thumbnail).toEqual([18, 18]);
    expect(diagram.x).toBe(24 + 18 + 3);
    expect(numberedChannels(16, diagram.height)).toHaveLength(16);
  });

  it('of 64 channels has no thumbnails and every fourth number', () => {
    const { diagram, thumbnail } = wiringPlace({ width: 500, height: 226 }, both(64));
    expect(thumbnail).toEqual([0, 0]);
    expect(diagram).toMatchObject({ x: 24, width: 452 });
    expect(numberedChannels(64, diagram.height).slice(0, 3)).toEqual([0, 4, 8]);
  });

  it('gives each end thumbnails of its own size: 3 large inputs beside 16 outputs', () => {
    const { diagram, thumbnail } = wiringPlace({ width: 500, height: 226 }, [both(3)[0], both(16)[1]]);
    expect(thumbnail).toEqual([44, 18]);
    expect(diagram.x + diagram.width + 24 + 3 + 18).toBe(500);
  });
});
