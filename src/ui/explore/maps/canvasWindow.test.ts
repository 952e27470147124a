import { describe, expect, it } from 'vitest';
import { layoutAtlas } from '../../../views/atlas/layout.ts';
import { canvasWindow } from './canvasWindow.ts';

const viewport = { width: 690, height: 400 };
const layout = layoutAtlas({
  count: 64,
  mapWidth: 45,
  mapHeight: 30,
  viewport,
  tileWidth: 200,
  flow: 'grid',
  captionHeight: 24,
});

describe('the canvas of the scrolled maps', () => {
  it('is twice as high as what is in sight, and no larger than the content', () => {
    expect(canvasWindow(layout, viewport, { left: 0, top: 0 }, null)).toEqual({ x: 0, y: 0, width: 690, height: 800 });
    const few = layoutAtlas({
      count: 2,
      mapWidth: 45,
      mapHeight: 30,
      viewport,
      tileWidth: 200,
      flow: 'grid',
      captionHeight: 24,
    });
    expect(canvasWindow(few, viewport, { left: 0, top: 0 }, null).height).toBe(Math.ceil(few.content.height));
  });

  it('stays while scrolling inside of it, and moves before its end comes into sight', () => {
    const first = canvasWindow(layout, viewport, { left: 0, top: 0 }, null);
    expect(canvasWindow(layout, viewport, { left: 0, top: 390 }, first)).toBe(first);
    expect(canvasWindow(layout, viewport, { left: 0, top: 410 }, first)).toMatchObject({ y: 210, height: 800 });
  });

  it('covers what is in sight wherever one scrolls', () => {
    let window: ReturnType<typeof canvasWindow> | null = null;
    for (let top = 0; top + viewport.height <= layout.content.height; top += 37) {
      window = canvasWindow(layout, viewport, { left: 0, top }, window);
      expect(window.y).toBeLessThanOrEqual(top);
      expect(window.y + window.height).toBeGreaterThanOrEqual(top + viewport.height);
    }
  });
});
