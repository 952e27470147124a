/**
 * WebGPU in Node by Dawn, the implementation of Chromium: on a Vulkan driver of this machine, and on its null device, which compiles
 * and checks everything and computes nothing.
 */
import { create, globals } from 'webgpu';

/** Held for ever: what Dawn has opened lives no longer than the object that opened it. */
const opened: GPU[] = [];

/** Dawn's constructors and flags (GPUBufferUsage ...), as a page has them. */
export function installGlobals(): void {
  Object.assign(globalThis, globals);
}

/** The Vulkan driver is the one that VK_ICD_FILENAMES names. */
export function openVulkan(): GPU {
  return open('vulkan');
}

export function openNull(): GPU {
  return open('null');
}

function open(backend: 'vulkan' | 'null'): GPU {
  const gpu = create([`backend=${backend}`]);
  opened.push(gpu);
  return gpu;
}
