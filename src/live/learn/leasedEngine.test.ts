import { expect, test, vi } from 'vitest';
import type { Engine, Surface, Tensor } from '../../engine/engine.ts';
import { leasedEngine } from './leasedEngine.ts';

function fakeEngine() {
  const tensors: (Tensor & { isFreed: boolean })[] = [];
  const tensor = (): Tensor => {
    const made = {
      shape: [1, 1, 1, 1] as const,
      isFreed: false,
      free() {
        this.isFreed = true;
      },
    };
    tensors.push(made);
    return made;
  };
  const surfaces: Surface[] = [];
  const destroy = vi.fn();
  const engine = {
    lost: new Promise(() => undefined),
    description: {},
    upload: async () => tensor(),
    run: async () => ({ tensors: { a: tensor(), b: tensor() } }),
    surface: () => {
      const surface = { paint: vi.fn(), destroy: vi.fn() };
      surfaces.push(surface);
      return surface;
    },
    destroy,
  } as unknown as Engine;
  return { engine, tensors, surfaces, destroy };
}

const request = { graph: { nodes: [] }, inputs: {}, parameters: {}, outputs: [] };

test('what is given back is what the borrower made; the engine itself runs on', async () => {
  const { engine, tensors, surfaces, destroy } = fakeEngine();
  const others = await engine.upload(new Float32Array(1), [1, 1, 1, 1]);
  const lease = leasedEngine(engine);
  await lease.upload(new Float32Array(1), [1, 1, 1, 1]);
  await lease.run(request);
  lease.surface({} as HTMLCanvasElement);
  lease.destroy();
  expect(tensors.map(({ isFreed }) => isFreed)).toEqual([false, true, true, true]);
  expect(others.isFreed).toBe(false);
  expect(surfaces[0]?.destroy).toHaveBeenCalledOnce();
  expect(destroy).not.toHaveBeenCalled();
});

test('a surface that the borrower has destroyed is destroyed once', () => {
  const { engine, surfaces } = fakeEngine();
  const lease = leasedEngine(engine);
  lease.surface({} as HTMLCanvasElement).destroy();
  lease.destroy();
  expect(surfaces[0]?.destroy).toHaveBeenCalledOnce();
});

test('after the end nothing is begun, and what was under way is given back when it comes', async () => {
  const { engine, tensors } = fakeEngine();
  const lease = leasedEngine(engine);
  const running = lease.run(request);
  lease.destroy();
  await running;
  expect(tensors.every(({ isFreed }) => isFreed)).toBe(true);
  await expect(lease.run(request)).rejects.toMatchObject({ code: 'internal' });
  await expect(lease.upload(new Float32Array(1), [1, 1, 1, 1])).rejects.toMatchObject({ code: 'internal' });
});
