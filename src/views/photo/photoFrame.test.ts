import { describe, expect, it } from 'vitest';
import { wholePicture } from '../zoom.ts';
import { photoFrame, pixelAt } from './photoFrame.ts';

const padding = { top: 2, bottom: 2, left: 4, right: 4 };
const picture = { width: 32, height: 16 };

describe('the photo on its canvas', () => {
  it('stands with its padding in the middle: 40 x 20 pixels on 400 x 300 leave 50 px above and below', () => {
    const frame = photoFrame({ width: 400, height: 300 }, picture, padding, wholePicture);
    expect(frame.padded).toEqual({ x: -4, y: -2, width: 40, height: 20 });
    expect(frame.area).toEqual({ x: 0, y: 50, width: 400, height: 200 });
  });

  it('finds padding at the corner, the first pixel behind it, and nothing beside the picture', () => {
    const frame = photoFrame({ width: 400, height: 300 }, picture, padding, wholePicture);
    expect(pixelAt(frame, 1, 51)).toEqual({ x: -4, y: -2 });
    expect(pixelAt(frame, 45, 75)).toEqual({ x: 0, y: 0 });
    expect(pixelAt(frame, 45, 20)).toBeNull();
  });

  it('shows the same share as the maps when it is zoomed: the right half at scale 2', () => {
    const frame = photoFrame({ width: 400, height: 200 }, picture, padding, { scale: 2, x: 0.5, y: 0.5 });
    expect(frame.shown).toEqual({ x: 16, y: 8, width: 20, height: 10 });
    expect(pixelAt(frame, 0, 0)).toEqual({ x: 16, y: 8 });
  });
});
