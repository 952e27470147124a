/** TensorFlow.js with its WebGPU backend, in NHWC (its NCHW path gives wrong results for some shapes). */

import type { Sample } from '../sample/workload.ts';
import type { Contender, Prepare } from './contender.ts';
import { loadScript, peerPath } from './peerFiles.ts';
import { type Tf, tfjsLayer } from './tfjsLayers.ts';
import { toChannelsFirst, toChannelsLast } from './tfjsOrder.ts';

declare global {
  var tf: Tf | undefined;
}

export async function startTfjs(): Promise<Prepare> {
  await loadScript(peerPath('@tensorflow/tfjs/dist/tf.min.js'));
  await loadScript(peerPath('@tensorflow/tfjs-backend-webgpu/dist/tf-backend-webgpu.min.js'));
  const { tf } = globalThis;
  if (!tf || !(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js does not start on WebGPU here.');
  await tf.ready();
  return async (sample) => prepareTfjs(tf, sample);
}

export function prepareTfjs(tf: Tf, { steps, shape, outputShape, input }: Sample): Contender {
  const layers = steps.map((step) => tfjsLayer(tf, step));
  const [, channels, height, width] = shape;
  const x = tf.tensor(toChannelsLast(input, channels, height * width), [1, height, width, channels]);
  const once = () => tf.tidy(() => layers.reduce((maps, { apply }) => apply(maps), x));
  return {
    async run(times) {
      for (let i = 0; i < times; i++) once().dispose();
      const backend = tf.backend();
      // Dispatches are collected and submitted by the dozen; what is left of them goes to the device now.
      backend.endComputePassEncoder?.();
      if (backend.commandEncoder) backend.submitQueue();
      await backend.queue.onSubmittedWorkDone();
    },
    async output() {
      const y = once();
      const values = await y.data();
      y.dispose();
      return toChannelsFirst(values, outputShape[1], outputShape[2] * outputShape[3]);
    },
    dispose() {
      for (const tensor of [x, ...layers.flatMap(({ weights }) => weights)]) tensor.dispose();
    },
  };
}
