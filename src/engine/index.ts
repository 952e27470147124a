/**
 * Starts the engine that fits the machine. 'auto' takes WebGPU where a real GPU stands behind it: a software adapter computes on
 * the CPU too, and slower than the CPU engine's own loops would have to. Forcing 'webgpu' takes any adapter. Without one the CPU
 * engine runs, and it is said why. Each engine is loaded only when it is used.
 */
import type { Engine, EngineChoice } from './engine.ts';
import { infoOf, isSoftwareAdapter } from './softwareAdapter.ts';

const largeMachine: EngineMemory = { memoryBudget: 1024 ** 3 };

/** Why the CPU computes although WebGPU was wanted or preferred. */
export type CpuReason =
  | 'no-webgpu'
  | 'no-adapter'
  | 'software-adapter'
  | 'device-lost'
  | 'out-of-memory'
  | 'gpu-failed';

export interface StartedEngine {
  readonly engine: Engine;
  /** Null when the wanted engine runs. */
  readonly reason: CpuReason | null;
}

export interface EngineMemory {
  /** Bytes that the engine may hold in maps and buffers. The CPU's maps take half of it: they share the memory with the page itself. */
  readonly memoryBudget: number;
}

export async function createEngine(choice: EngineChoice, { memoryBudget } = largeMachine): Promise<StartedEngine> {
  const startCpu = async (): Promise<Engine> => {
    const { createCpuEngine } = await import('./cpu/index.ts');
    return createCpuEngine({ budget: memoryBudget / 2 });
  };
  if (choice === 'cpu') return { engine: await startCpu(), reason: null };
  const found = await findAdapter(choice);
  if (typeof found === 'string') return { engine: await startCpu(), reason: found };
  try {
    const { createWebGPUEngine } = await import('./webgpu/index.ts');
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, adapter: found, memoryBudget });
    return { engine, reason: null };
  } catch {
    // The adapter gave no working device (blocked driver, lost while starting): the page works without it.
    return { engine: await startCpu(), reason: 'gpu-failed' };
  }
}

/** The adapter to use, or why there is none. */
async function findAdapter(choice: 'auto' | 'webgpu'): Promise<GPUAdapter | CpuReason> {
  const gpu: GPU | undefined = globalThis.navigator?.gpu;
  if (!gpu) return 'no-webgpu';
  let adapter: GPUAdapter | null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch {
    return 'no-adapter';
  }
  if (!adapter) return 'no-adapter';
  return choice === 'auto' && isSoftwareAdapter(infoOf(adapter)) ? 'software-adapter' : adapter;
}
