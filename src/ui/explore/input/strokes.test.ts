import { expect, test } from 'vitest';
import { bytesOf, type Painting, paintingAt, paintStroke } from './strokes.ts';

const red = [255, 0, 0] as const;
/** Rows of '#' (painted) and '.' (transparent). */
function drawing({ rgba, width, height }: Painting): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => (rgba[4 * (y * width + x) + 3] === 255 ? '#' : '.')).join(''),
  );
}

test('a brush of one pixel paints exactly the pixel under it', () => {
  const painting = paintingAt(null, 4, 3);
  paintStroke(painting, [{ x: 1.2, y: 1.5 }], { diameter: 1, colour: red });
  expect(drawing(painting)).toEqual(['....', '.#..', '....']);
  expect([...painting.rgba.slice(20, 24)]).toEqual([255, 0, 0, 255]);
});

test('a brush of three pixels paints a disc: every centre within 1.5', () => {
  const painting = paintingAt(null, 5, 5);
  paintStroke(painting, [{ x: 2.5, y: 2.5 }], { diameter: 3, colour: red });
  expect(drawing(painting)).toEqual(['.....', '.###.', '.###.', '.###.', '.....']);
});

test('a stroke leaves no gaps between its points, and stops at the edge', () => {
  const painting = paintingAt(null, 6, 1);
  paintStroke(
    painting,
    [
      { x: 0.5, y: 0.5 },
      { x: 9.5, y: 0.5 },
    ],
    { diameter: 1, colour: red },
  );
  expect(drawing(painting)).toEqual(['######']);
});

test('the eraser makes pixels transparent again', () => {
  const painting = paintingAt(null, 3, 1);
  paintStroke(
    painting,
    [
      { x: 0.5, y: 0.5 },
      { x: 2.5, y: 0.5 },
    ],
    { diameter: 1, colour: red },
  );
  paintStroke(painting, [{ x: 1.5, y: 0.5 }], { diameter: 1, colour: null });
  expect(drawing(painting)).toEqual(['#.#']);
});

test('a painting at twice the size repeats each pixel', () => {
  const painting = paintingAt(null, 2, 1);
  paintStroke(painting, [{ x: 0.5, y: 0.5 }], { diameter: 1, colour: red });
  expect(drawing(paintingAt(painting, 4, 2))).toEqual(['##..', '##..']);
});

test('colours are read from #rrggbb', () => {
  expect(bytesOf('#ff8000')).toEqual([255, 128, 0]);
  expect(bytesOf('red')).toEqual([255, 255, 255]);
});
