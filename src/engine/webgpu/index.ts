/** The WebGPU engine: WGSL programs of `shaders/` on a device of its own. Runs in a page, a worker and Node. */
import type { ConvChoice } from '../../operators/conv2d/choice.ts';
import type { DeviceTraits } from '../../operators/programs/program.ts';
import { type Engine, EngineError } from '../engine.ts';
import { openDevice } from './device/device.ts';
import { WebGPUEngine } from './webgpuEngine.ts';

export interface WebGPUEngineOptions {
  readonly gpu: GPU;
  /** The adapter to use; absent: the one that the browser prefers for performance. */
  readonly adapter?: GPUAdapter;
  /** Asks for no more than WebGPU's default limits, as if on the smallest GPU. */
  readonly defaultLimits?: boolean;
  /** Bytes of GPU memory that the engine may hold; 1 GiB unless said otherwise. The page says less on small machines. */
  readonly memoryBudget?: number;
  /** Replaces what the device says of itself: a smaller GPU, or another choice of tiles, to measure and test. */
  readonly traits?: Partial<DeviceTraits>;
  /** Multiply-adds per second to expect before any run has shown a rate; small, and all work is cut into many dispatches. */
  readonly rate?: number;
  /** Replaces the planner's choice for convolutions, by `problemKey`. */
  readonly choices?: ReadonlyMap<string, ConvChoice>;
}

const defaultBudget = 1024 ** 3;

/** Throws EngineError when there is no adapter or it gives no device. */
export async function createWebGPUEngine(options: WebGPUEngineOptions): Promise<Engine> {
  const { gpu, defaultLimits = false, memoryBudget = defaultBudget, traits = {} } = options;
  const adapter = options.adapter ?? (await gpu.requestAdapter({ powerPreference: 'high-performance' }));
  if (!adapter) throw new EngineError('internal', 'no WebGPU adapter');
  // Node's WebGPU has no canvas, and no preference for one.
  const format = 'getPreferredCanvasFormat' in gpu ? gpu.getPreferredCanvasFormat() : 'rgba8unorm';
  const adapted = await openDevice(adapter, defaultLimits, traits);
  return new WebGPUEngine(adapted, format, memoryBudget, options.rate, options.choices);
}
