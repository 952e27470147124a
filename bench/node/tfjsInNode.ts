/** TensorFlow.js with its WebGPU backend outside a page: what it asks the page for is there in name. */
import { createRequire } from 'node:module';
import type { Prepare } from '../contenders/contender.ts';
import { prepareTfjs } from '../contenders/tfjs.ts';
import type { Tf } from '../contenders/tfjsLayers.ts';

/** The parts of its packages that start a backend by hand. */
interface TfInNode extends Tf {
  removeBackend(name: string): void;
  registerBackend(name: string, make: () => object): boolean;
}
interface BackendPackage {
  readonly WebGPUBackend: new (device: GPUDevice, info: GPUAdapterInfo) => object;
}

/** What its own start asks an adapter for. */
const limits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

export async function startTfjsInNode(gpu: GPU): Promise<Prepare> {
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('no WebGPU adapter');
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(limits.map((name) => [name, adapter.limits[name]])),
  });
  const stub = { createElement: () => ({ getContext: () => null }) };
  Object.assign(globalThis, { window: globalThis, document: stub });
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: '' }, configurable: true });
  const require = createRequire(import.meta.url);
  const tf: TfInNode = require('@tensorflow/tfjs');
  const { WebGPUBackend }: BackendPackage = require('@tensorflow/tfjs-backend-webgpu');
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info));
  if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js does not start on WebGPU here.');
  await tf.ready();
  return async (sample) => prepareTfjs(tf, sample);
}
