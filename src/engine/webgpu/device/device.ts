/** The GPU device: which limits and features are asked for, and how the adapter is named to a person. */
import type { DeviceTraits } from '../../../operators/programs/program.ts';
import { EngineError } from '../../engine.ts';
import { type AdapterInfo, infoOf, isSoftwareAdapter } from '../../softwareAdapter.ts';

export interface Adapted {
  readonly gpu: GPUDevice;
  readonly name: string;
  /** A software adapter that stands in for a GPU. */
  readonly isFallback: boolean;
  readonly traits: DeviceTraits;
  readonly features: readonly string[];
}

/** What the engine asks for beyond WebGPU's defaults: larger photos in one piece. */
const wantedLimits = ['maxBufferSize', 'maxStorageBufferBindingSize', 'maxTextureDimension2D'] as const;

export async function openDevice(
  adapter: GPUAdapter,
  defaultLimits: boolean,
  override: Partial<DeviceTraits>,
): Promise<Adapted> {
  const info = infoOf(adapter);
  const isFallback = isSoftwareAdapter(info);
  // Handing weights out by subgroup broadcast pays on software adapters alone, and needs subgroups of whole quads.
  const canBroadcast = isFallback && adapter.features.has('subgroups') && hasSmallSubgroups(info);
  const recordLanes = !isFallback && adapter.features.has('subgroups') ? recordLanesOf(info) : 0;
  const features: GPUFeatureName[] = [];
  if (adapter.features.has('timestamp-query')) features.push('timestamp-query');
  if (canBroadcast || recordLanes > 0) features.push('subgroups');
  const hasHalf = adapter.features.has('shader-f16');
  if (hasHalf) features.push('shader-f16');
  const requiredLimits = defaultLimits
    ? {}
    : Object.fromEntries(wantedLimits.map((name) => [name, adapter.limits[name]]));
  let gpu: GPUDevice;
  try {
    gpu = await adapter.requestDevice({ label: 'convscope', requiredFeatures: features, requiredLimits });
  } catch (error) {
    throw new EngineError('internal', error instanceof Error ? error.message : String(error));
  }
  const { limits } = gpu;
  return {
    gpu,
    name: nameOf(info),
    isFallback,
    features,
    traits: {
      maxStorageBinding: Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize),
      maxUniformBinding: limits.maxUniformBufferBindingSize,
      maxWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      canBroadcast,
      ...(canBroadcast ? { broadcastLanes: info.subgroupMaxSize === 8 ? (8 as const) : (4 as const) } : {}),
      // The lanes of a few cores, and a workgroup to spare.
      busyInvocations: isFallback ? 64 : 16384,
      recordLanes,
      ...(hasHalf ? { half: 'native' } : {}),
      ...override,
    },
  };
}

/** Lanes of the narrowest subgroup, of which one workgroup has 64 at most; 0 where a record would stand for too few pixels to pay. */
function recordLanesOf({ subgroupMinSize = 0 }: AdapterInfo): number {
  return subgroupMinSize >= 8 ? Math.min(subgroupMinSize, 64) : 0;
}

function hasSmallSubgroups({ subgroupMinSize, subgroupMaxSize }: AdapterInfo): boolean {
  return subgroupMinSize === subgroupMaxSize && (subgroupMaxSize === 4 || subgroupMaxSize === 8);
}

/** "SwiftShader", "Apple M3", "nvidia ada-lovelace": the most telling words that the browser gives. */
function nameOf({ description, device, vendor, architecture }: AdapterInfo): string {
  const known = /swiftshader|llvmpipe|warp/i.exec(`${description} ${device} ${architecture}`)?.[0];
  if (known) return known.toLowerCase() === 'swiftshader' ? 'SwiftShader' : known;
  const words = description || device || [vendor, architecture].filter(Boolean).join(' ');
  return words || 'GPU';
}
