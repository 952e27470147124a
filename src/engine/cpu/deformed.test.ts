import '../../operators/late.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { createDeformConv2d, deformConv2d } from '../../operators/deformConv2d/index.ts';
import type { HostTensor, Shape } from '../../operators/operator.ts';
import { createCpuEngine } from './index.ts';

const engine = await createCpuEngine();
afterAll(() => engine.destroy());

function tensor(shape: Shape, at: (i: number) => number): HostTensor<Float32Array<ArrayBuffer>> {
  return { shape, values: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => at(i)) };
}

describe('a deformable convolution on the CPU engine', () => {
  it('keeps infinite pixels at the border where they are: neither what lies outside nor what is read there in its place is NaN', async () => {
    const conv = createDeformConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 1], bias: false });
    // The first pixel is infinite, and so is a corner; places are between pixels, some half outside, one far away.
    const x = tensor([1, 1, 4, 4], (i) => (i === 0 || i === 15 ? Number.POSITIVE_INFINITY : i));
    const offset = tensor([1, 2, 4, 4], (i) => (i % 16 === 5 ? 100 : i % 3 === 0 ? -0.5 : 0.5));
    const parameters = { weight: new Float32Array([1]), bias: null };
    const { output } = deformConv2d.reference(conv, [x, offset], parameters);
    const inputs = {
      x: await engine.upload(x.values, x.shape),
      offset: await engine.upload(offset.values, offset.shape),
    };
    const run = await engine.run({
      graph: {
        nodes: [
          { id: 'x', operator: { kind: 'input', channels: 1 }, inputs: [] },
          { id: 'offset', operator: { kind: 'input', channels: 2 }, inputs: [] },
          { id: 'y', operator: conv, inputs: ['x', 'offset'] },
        ],
      },
      parameters: { y: parameters },
      inputs,
      outputs: ['y'],
    });
    await run.completed;
    const y = await engine.read(run.tensors.y!, { channel: 0, channels: 1, y: 0, x: 0, height: 4, width: 4 });
    expect([...output.values].filter(Number.isFinite).length).toBeGreaterThan(8);
    expect([...y]).toEqual([...output.values]);
  });
});
