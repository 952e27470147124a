/**
 * ONNX Runtime Web: its WebGPU execution provider with input and output in GPU buffers, and its WebAssembly one with a single
 * thread, which is what a page without cross-origin isolation gets.
 */

import type { Sample } from '../sample/workload.ts';
import type { Prepare } from './contender.ts';
import { modelInputs, modelOf } from './onnxModel.ts';
import { peerPath } from './peerFiles.ts';

/** The part of ONNX Runtime Web that is used. */
interface OrtTensor {
  readonly data: Float32Array;
  readonly gpuBuffer: GPUBuffer;
  getData(): Promise<Float32Array>;
  dispose(): void;
}
interface OrtSession {
  run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>;
  release(): Promise<void>;
}
interface Ort {
  readonly env: {
    logLevel: string;
    readonly wasm: { wasmPaths: string; numThreads: number };
    readonly webgpu: { readonly device: Promise<GPUDevice> | GPUDevice };
  };
  readonly Tensor: {
    new (type: 'float32', values: Float32Array, dims: readonly number[]): OrtTensor;
    fromGpuBuffer(buffer: GPUBuffer, options: { dataType: 'float32'; dims: readonly number[] }): OrtTensor;
  };
  readonly InferenceSession: {
    create(model: Uint8Array, options: Record<string, unknown>): Promise<OrtSession>;
  };
}

let loaded: Promise<Ort> | null = null;

function loadOrt(): Promise<Ort> {
  loaded ??= import(/* @vite-ignore */ peerPath('onnxruntime-web/dist/ort.webgpu.min.mjs')).then((ort: Ort) => {
    ort.env.logLevel = 'error';
    ort.env.wasm.wasmPaths = peerPath('onnxruntime-web/dist/');
    ort.env.wasm.numThreads = 1;
    return ort;
  });
  return loaded;
}

export async function startOrt(): Promise<Prepare> {
  const ort = await loadOrt();
  return async (sample) => {
    const session = await ort.InferenceSession.create(modelOf(sample), {
      executionProviders: ['webgpu'],
      preferredOutputLocation: 'gpu-buffer',
      // What the device cannot run would be run by WebAssembly, which is a contender of its own.
      extra: { session: { disable_cpu_ep_fallback: '1' } },
    });
    const device = await ort.env.webgpu.device;
    const buffers: GPUBuffer[] = [];
    const feeds: Record<string, OrtTensor> = {};
    for (const { name, dims, values } of modelInputs(sample)) {
      const buffer = device.createBuffer({
        size: Math.ceil(values.byteLength / 16) * 16,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
      });
      device.queue.writeBuffer(buffer, 0, values);
      buffers.push(buffer);
      feeds[name] = ort.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims });
    }
    return {
      async run(times) {
        for (let i = 0; i < times; i++) (await session.run(feeds)).y?.dispose();
        await device.queue.onSubmittedWorkDone();
      },
      output: () => outputOf(session, feeds),
      async dispose() {
        await session.release();
        for (const buffer of buffers) buffer.destroy();
      },
    };
  };
}

export async function startOrtWasm(): Promise<Prepare> {
  const ort = await loadOrt();
  return async (sample: Sample) => {
    const session = await ort.InferenceSession.create(modelOf(sample), { executionProviders: ['wasm'] });
    const feeds = Object.fromEntries(
      modelInputs(sample).map(({ name, dims, values }) => [name, new ort.Tensor('float32', values, dims)]),
    );
    return {
      async run(times) {
        for (let i = 0; i < times; i++) (await session.run(feeds)).y?.dispose();
      },
      output: () => outputOf(session, feeds),
      dispose: () => session.release(),
    };
  };
}

async function outputOf(session: OrtSession, feeds: Readonly<Record<string, OrtTensor>>): Promise<Float32Array> {
  const { y } = await session.run(feeds);
  if (!y) throw new Error('the session gave no output');
  try {
    return (await y.getData()).slice();
  } finally {
    y.dispose();
  }
}
