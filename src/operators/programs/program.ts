/**
 * What a planner answers with: a program (WGSL text and the kinds of its bindings) and dispatches of it (uniforms, workgroups).
 * All are values; a planner never touches a device, so it is tested without one.
 */

/** What a plan must respect of the device, and what it may use. */
export interface DeviceTraits {
  /** Largest range of a buffer that a shader can be given, in bytes. */
  readonly maxStorageBinding: number;
  readonly maxUniformBinding: number;
  readonly maxWorkgroupsPerDimension: number;
  /** Weights by subgroup broadcast: a software adapter with subgroups of 4 or 8. */
  readonly canBroadcast: boolean;
  /** Lanes that share one gather of weights, a vec4 each, where `canBroadcast`: its subgroups' width; 4 where nothing is said. */
  readonly broadcastLanes?: 4 | 8;
  /** Invocations that keep the device busy; fewer, and a smaller register tile is better. */
  readonly busyInvocations: number;
  /** Lanes that every subgroup has at least, where convolutions can leave the statistics of what they store; else 0 or absent. */
  readonly recordLanes?: number;
  /**
   * Arithmetic in f16, for runs that ask for speed before digits: the device's own, or float32 rounded after every step, which tests use
   * where there is none. Absent: every run is exact.
   */
  readonly half?: 'native' | 'emulated';
  /** P, where the program allows it: set by tests and measurements; absent, the planner chooses. */
  readonly pixels?: number;
}

/** BROADCAST of the texts: how many lanes share a gather of weights; 0 where each reads them for itself. */
export type Broadcast = 0 | 4 | 8;

export function broadcastOf({
  canBroadcast,
  broadcastLanes = 4,
}: Pick<DeviceTraits, 'canBroadcast' | 'broadcastLanes'>): Broadcast {
  return canBroadcast ? broadcastLanes : 0;
}

/** `dynamic`: the program's uniforms, at an offset given per dispatch. */
export type BindingKind = 'dynamic' | 'uniform' | 'read' | 'write';

export interface Program {
  /** Equal keys, equal text: one pipeline. */
  readonly key: string;
  /** As a person may read it: "window k3 s1 P4C8". */
  readonly label: string;
  readonly wgsl: string;
  readonly entryPoint: string;
  /** Of bind group 0, in order. */
  readonly bindings: readonly BindingKind[];
}

export interface Dispatch {
  readonly uniforms: ArrayBuffer;
  readonly workgroups: readonly [x: number, y: number, z: number];
}

/** The grid for `total` invocations in workgroups of 64, folded into rows where one dimension cannot hold them. */
export function gridOf(
  total: number,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): { readonly x: number; readonly y: number; readonly perRow: number } {
  const groups = Math.max(1, Math.ceil(total / 64));
  const y = Math.ceil(groups / traits.maxWorkgroupsPerDimension);
  const x = Math.ceil(groups / y);
  return { x, y, perRow: x * 64 };
}
