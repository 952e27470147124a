/**
 * A GPU that says of itself what a real one says, and remembers what is dispatched on it. Behind it stands Dawn's null device: every
 * text is compiled and every binding checked, nothing is computed. So the engine itself answers which programs it would run.
 */

export interface RecordedBinding {
  readonly group: number;
  readonly binding: number;
  readonly type: GPUBufferBindingType;
  /** Bytes that are bound; of maps, those of the pooled buffer. */
  readonly bytes: number;
}

export interface RecordedDispatch {
  readonly label: string;
  readonly wgsl: string;
  readonly entryPoint: string;
  /** Values of `override` declarations. */
  readonly constants: Readonly<Record<string, number>>;
  readonly workgroups: readonly [number, number, number];
  readonly bindings: readonly RecordedBinding[];
}

export interface RecordedAdapter {
  readonly adapter: GPUAdapter;
  /** In order; emptied by whoever reads them. */
  readonly dispatches: RecordedDispatch[];
}

/** A desktop GPU: subgroups of 32 or 64, no software adapter. */
const info = {
  vendor: 'amd',
  architecture: 'rdna-3',
  device: '',
  description: '',
  subgroupMinSize: 32,
  subgroupMaxSize: 64,
  isFallbackAdapter: false,
};

interface Compute {
  readonly label: string;
  readonly wgsl: string;
  readonly entryPoint: string;
  readonly constants: Readonly<Record<string, number>>;
}

/** `target` with some of its members replaced; methods keep their own object, which native ones insist on. */
function overlay<T extends object>(target: T, members: Readonly<Record<string, unknown>>): T {
  return new Proxy(target, {
    get(_, key) {
      if (typeof key === 'string' && key in members) return members[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (_, key, value) => Reflect.set(target, key, value, target),
  });
}

export function recordedAdapter(adapter: GPUAdapter): RecordedAdapter {
  const dispatches: RecordedDispatch[] = [];
  const recorded = overlay(adapter, {
    info,
    requestDevice: async (descriptor?: GPUDeviceDescriptor) =>
      recordedDevice(await adapter.requestDevice(descriptor), dispatches),
  });
  return { adapter: recorded, dispatches };
}

function recordedDevice(device: GPUDevice, dispatches: RecordedDispatch[]): GPUDevice {
  const texts = new WeakMap<GPUShaderModule, string>();
  const computes = new WeakMap<GPUComputePipeline, Compute>();
  const layouts = new WeakMap<GPUBindGroupLayout, GPUBindGroupLayoutDescriptor>();
  const groups = new WeakMap<GPUBindGroup, readonly Omit<RecordedBinding, 'group'>[]>();

  function remember(
    pipeline: GPUComputePipeline,
    { label, compute }: GPUComputePipelineDescriptor,
  ): GPUComputePipeline {
    const wgsl = texts.get(compute.module) ?? '';
    const entryPoint = compute.entryPoint ?? /@compute[^{]*?fn\s+(\w+)/.exec(wgsl)?.[1] ?? 'main';
    const constants = Object.fromEntries(
      Object.entries(compute.constants ?? {}).filter(([, value]) => value !== undefined),
    ) as Record<string, number>;
    computes.set(pipeline, { label: label ?? '', wgsl, entryPoint, constants });
    return pipeline;
  }

  function recordedPass(pass: GPUComputePassEncoder): GPUComputePassEncoder {
    let current: Compute | undefined;
    const bound = new Map<number, readonly RecordedBinding[]>();
    return overlay(pass, {
      setPipeline(pipeline: GPUComputePipeline) {
        current = computes.get(pipeline);
        pass.setPipeline(pipeline);
      },
      setBindGroup(group: number, bindGroup: GPUBindGroup, offsets?: Iterable<number>) {
        bound.set(
          group,
          (groups.get(bindGroup) ?? []).map((entry) => ({ group, ...entry })),
        );
        pass.setBindGroup(group, bindGroup, offsets);
      },
      dispatchWorkgroups(x: number, y = 1, z = 1) {
        if (current) dispatches.push({ ...current, workgroups: [x, y, z], bindings: [...bound.values()].flat() });
        pass.dispatchWorkgroups(x, y, z);
      },
    });
  }

  return overlay(device, {
    createShaderModule(descriptor: GPUShaderModuleDescriptor) {
      const module = device.createShaderModule(descriptor);
      texts.set(module, descriptor.code);
      return module;
    },
    createBindGroupLayout(descriptor: GPUBindGroupLayoutDescriptor) {
      const layout = device.createBindGroupLayout(descriptor);
      layouts.set(layout, descriptor);
      return layout;
    },
    createBindGroup(descriptor: GPUBindGroupDescriptor) {
      const group = device.createBindGroup(descriptor);
      const kinds = new Map(
        [...(layouts.get(descriptor.layout)?.entries ?? [])].map((e) => [e.binding, e.buffer?.type]),
      );
      groups.set(
        group,
        [...descriptor.entries].map(({ binding, resource }) => ({
          binding,
          type: kinds.get(binding) ?? 'uniform',
          bytes: bytesOf(resource),
        })),
      );
      return group;
    },
    createComputePipeline: (descriptor: GPUComputePipelineDescriptor) =>
      remember(device.createComputePipeline(descriptor), descriptor),
    createComputePipelineAsync: async (descriptor: GPUComputePipelineDescriptor) =>
      remember(await device.createComputePipelineAsync(descriptor), descriptor),
    createCommandEncoder(descriptor?: GPUCommandEncoderDescriptor) {
      const encoder = device.createCommandEncoder(descriptor);
      return overlay(encoder, {
        beginComputePass: (pass?: GPUComputePassDescriptor) => recordedPass(encoder.beginComputePass(pass)),
      });
    },
  });
}

function bytesOf(resource: GPUBindingResource): number {
  if (typeof resource !== 'object' || !('buffer' in resource)) return 0;
  const { buffer, offset = 0, size } = resource as GPUBufferBinding;
  return size ?? buffer.size - offset;
}
