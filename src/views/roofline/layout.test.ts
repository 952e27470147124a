import { describe, expect, it } from 'vitest';
import { roofAt, rooflineLayout } from './layout.ts';

const roof = { gflops: 1000, gigabytesPerSecond: 100 };
const frame = { width: 460, height: 280, left: 50, right: 10, top: 10, bottom: 40 };
const at = (number: number, intensity: number, gflops: number) => ({ number, intensity, gflops });

describe('a roofline', () => {
  it('rises with the intensity up to the ridge, and is flat beyond it', () => {
    expect(roofAt(1, roof)).toBe(100);
    expect(roofAt(10, roof)).toBe(1000);
    expect(roofAt(100, roof)).toBe(1000);
    const [left, ridge, right] = rooflineLayout(roof, [at(1, 10, 500)], frame).roof;
    expect(left![1]).toBeGreaterThan(ridge![1]);
    expect(right![1]).toBeCloseTo(ridge![1]);
    expect(left![0]).toBe(50);
    expect(right![0]).toBe(450);
  });

  it('puts a point that reaches its limit on the roof, and others below it', () => {
    const { points, roof: line } = rooflineLayout(roof, [at(1, 40, 1000), at(2, 40, 100)], frame);
    expect(points[0]!.y).toBeCloseTo(line[1]![1]);
    expect(points[1]!.y).toBeGreaterThan(points[0]!.y + 20);
  });

  it('has at least three ticks on each axis, within the frame', () => {
    for (const points of [[], [at(1, 12, 900)], [at(1, 0.01, 0.2), at(2, 500, 800)]]) {
      const { xTicks, yTicks } = rooflineLayout(roof, points, frame);
      expect(xTicks.length).toBeGreaterThanOrEqual(3);
      expect(yTicks.length).toBeGreaterThanOrEqual(3);
      for (const { at: x } of xTicks) expect(x >= 50 && x <= 450).toBe(true);
      for (const { at: y } of yTicks) expect(y >= 10 && y <= 240).toBe(true);
    }
  });

  it('keeps the numbers of points that lie on one another apart', () => {
    const { points } = rooflineLayout(
      roof,
      Array.from({ length: 8 }, (_, i) => at(i + 1, 20, 400 + i)),
      frame,
    );
    for (const a of points) {
      for (const b of points) {
        if (a.number < b.number) expect(Math.hypot(a.labelX - b.labelX, a.labelY - b.labelY)).toBeGreaterThan(18);
      }
    }
  });
});
