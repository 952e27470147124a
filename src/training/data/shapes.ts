/**
 * Procedural shapes, one class each: a disc, a ring, a square, a triangle, a cross, and bars in four directions, and a checker. Place,
 * size and tone are functions of (seed, image), edges are soft by four samples a pixel side; classes come in turn, so every one is as frequent.
 */

import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import { hash32 } from '../../math/random.ts';

export const shapeNames = [
  'disc',
  'ring',
  'square',
  'triangle',
  'cross',
  'horizontal',
  'vertical',
  'rising',
  'falling',
  'checker',
] as const;
export type ShapeName = (typeof shapeNames)[number];

/** Whether (x, y), both in -1..1 over the shape, lies in it. */
function isIn(name: ShapeName, x: number, y: number): boolean {
  const r = Math.hypot(x, y);
  const stripe = (t: number) => Math.floor(2.5 * (t + 1)) % 2 === 0;
  if (Math.max(Math.abs(x), Math.abs(y)) > 1) return false;
  switch (name) {
    case 'disc':
      return r <= 1;
    case 'ring':
      return r <= 1 && r >= 0.6;
    case 'square':
      return true;
    case 'triangle':
      return Math.abs(x) <= (1 + y) / 2;
    case 'cross':
      return Math.abs(x) <= 0.3 || Math.abs(y) <= 0.3;
    case 'horizontal':
      return stripe(y);
    case 'vertical':
      return stripe(x);
    case 'rising':
      return r <= 1 && stripe((x + y) / 1.4);
    case 'falling':
      return r <= 1 && stripe((x - y) / 1.4);
    case 'checker':
      return stripe(x) === stripe(y);
    default:
      name satisfies never;
      throw new Error('unknown shape');
  }
}

const samples = [-0.375, -0.125, 0.125, 0.375];

export function drawShapes(count: number, side: number, seed: number): LabelledImages {
  const pixels = new Uint8Array(count * side * side);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % shapeNames.length);
  for (let image = 0; image < count; image++) {
    const random = (stream: number) => hash32(seed, stream, image) / 2 ** 32;
    const radius = side * (0.22 + 0.16 * random(0));
    const [cx, cy] = [1, 2].map((stream) => radius + (side - 2 * radius) * random(stream)) as [number, number];
    const [ground, tone] = [60 * random(3), 140 + 115 * random(4)];
    const name = shapeNames[labels[image]!]!;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        let covered = 0;
        const isNear = Math.max(Math.abs(x + 0.5 - cx), Math.abs(y + 0.5 - cy)) <= radius + 1;
        for (const dy of isNear ? samples : [])
          for (const dx of samples)
            if (isIn(name, (x + 0.5 + dx - cx) / radius, (y + 0.5 + dy - cy) / radius)) covered++;
        pixels[(image * side + y) * side + x] = ground + ((tone - ground) * covered) / 16;
      }
    }
  }
  return { channels: 1, height: side, width: side, classes: shapeNames.length, pixels, labels };
}
