/** What the engine tells of its device and programs, and what measures them: for the few who ask, loaded then. */
import type { Instruments, Peak, Timing } from '../engine.ts';
import type { Device } from './evaluation.ts';
import { measurePeak } from './peak.ts';

interface Instrumented {
  readonly gpu: GPUDevice;
  readonly device: Device;
  /** A software adapter that stands in for a GPU. */
  readonly isSoftware: boolean;
  /** Measures what is recorded, on the idle device. */
  readonly time: (record: () => void) => Promise<Timing>;
}

const toldLimits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxUniformBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxTextureDimension2D',
] as const;

export function createInstruments({ gpu, device, isSoftware, time }: Instrumented): Instruments {
  let peak: Promise<Peak> | null = null;
  return {
    limits: limitsOf(gpu),
    memory() {
      const { bytesInUse, bytesAllocated, budget } = device.pool;
      return { inUse: bytesInUse, idle: bytesAllocated - bytesInUse, budget };
    },
    compileMs: (label) => device.pipelines.compileMs.get(label) ?? null,
    peak() {
      peak ??= measurePeak(device, isSoftware, time).catch((error: unknown) => {
        // There may be room, or a quieter moment, another time.
        peak = null;
        throw error;
      });
      return peak;
    },
  };
}

function limitsOf({ limits, adapterInfo }: GPUDevice): Instruments['limits'] {
  // Older browsers tell neither the adapter of a device nor its subgroups.
  const { subgroupMinSize = 0, subgroupMaxSize = 0 } = adapterInfo ?? {};
  return {
    ...Object.fromEntries(toldLimits.map((name) => [name, limits[name]])),
    ...(subgroupMaxSize > 0 ? { subgroupMinSize, subgroupMaxSize } : {}),
  };
}
