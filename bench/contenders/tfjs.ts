/** TensorFlow.js with its WebGPU backend, in NHWC (its NCHW path gives wrong results for some shapes). */

import { inputName } from '../sample/steps.ts';
import type { Sample } from '../sample/workload.ts';
import type { TrainingTf } from '../training/tfjs.ts';
import type { Contender, Prepare } from './contender.ts';
import { loadScript, peerPath } from './peerFiles.ts';
import { activationsOf } from './readers.ts';
import { endsInActivation, type Tf, type TfLayer, type TfTensor, tfjsLayer } from './tfjsLayers.ts';
import { toChannelsFirst, toChannelsLast } from './tfjsOrder.ts';

declare global {
  var tf: (Tf & TrainingTf) | undefined;
}

export async function startTfjs(): Promise<Prepare> {
  const tf = await loadTfjs();
  return async (sample) => prepareTfjs(tf, sample);
}

export async function loadTfjs(): Promise<Tf & TrainingTf> {
  await loadScript(peerPath('@tensorflow/tfjs/dist/tf.min.js'));
  await loadScript(peerPath('@tensorflow/tfjs-backend-webgpu/dist/tf-backend-webgpu.min.js'));
  const { tf } = globalThis;
  if (!tf || !(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js does not start on WebGPU here.');
  await tf.ready();
  return tf;
}

export function prepareTfjs(tf: Tf, sample: Sample): Contender {
  const { shape, outputShape, input } = sample;
  const operations = operationsOf(tf, sample);
  const [, channels, height, width] = shape;
  const x = tf.tensor(toChannelsLast(input, channels, height * width), [1, height, width, channels]);
  const last = operations.at(-1)!.to;
  const once = () =>
    tf.tidy(() => {
      const maps = new Map<string, TfTensor>([[inputName, x]]);
      for (const { layer, from, to } of operations) {
        const [first, ...others] = from.map((id) => maps.get(id)!);
        maps.set(to, layer.apply(first!, ...others));
      }
      return maps.get(last)!;
    });
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
      try {
        return toChannelsFirst(await y.data(), outputShape[1], outputShape[2] * outputShape[3]);
      } finally {
        y.dispose();
      }
    },
    dispose() {
      for (const tensor of [x, ...operations.flatMap(({ layer }) => layer.weights)]) tensor.dispose();
    },
  };
}

interface Operation {
  readonly layer: TfLayer;
  readonly from: readonly string[];
  /** The step whose maps it leaves. */
  readonly to: string;
}

/** The steps, each with the activation behind it where its operation can end in one. */
function operationsOf(tf: Tf, { steps, shape }: Sample): readonly Operation[] {
  const activations = activationsOf(steps);
  const joined = new Set<string>();
  const shapes = new Map(
    steps.map(({ id, layer, inputs, output }) => [id, layer.kind === 'reshape' ? inputs[0]! : output]),
  );
  return steps.flatMap((step): Operation[] => {
    const { id, from } = step;
    if (joined.has(id)) return [];
    const next = endsInActivation(step) ? activations.get(id) : undefined;
    if (next) joined.add(next.id);
    const place = { activation: next?.activation ?? 'linear', flattened: shapes.get(from[0]!) ?? shape } as const;
    return [{ layer: tfjsLayer(tf, step, place), from, to: next?.id ?? id }];
  });
}
