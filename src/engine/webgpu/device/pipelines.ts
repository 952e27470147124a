/** Compiled programs by key. Equal keys are compiled once; a program that fails says what the shader compiler said. */
import type { BindingKind, Program } from '../../../operators/programs/program.ts';
import { EngineError } from '../../engine.ts';

export interface Compiled {
  readonly program: Program;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** GPUShaderStage.COMPUTE */
const computeStage = 4;

const bufferLayouts: Readonly<Record<BindingKind, GPUBufferBindingLayout>> = {
  dynamic: { type: 'uniform', hasDynamicOffset: true },
  uniform: { type: 'uniform' },
  read: { type: 'read-only-storage' },
  write: { type: 'storage' },
};

export class Pipelines {
  readonly #device: GPUDevice;
  readonly #ready = new Map<string, Compiled>();
  readonly #pending = new Map<string, Promise<Compiled>>();
  readonly #layouts = new Map<string, GPUBindGroupLayout>();

  compilations = 0;
  /** Milliseconds until a program was ready, by its label; the longest where texts share one. */
  readonly compileMs = new Map<string, number>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** The compiled program, when it is ready. */
  ready(program: Program): Compiled | undefined {
    return this.#ready.get(program.key);
  }

  compile(program: Program): Promise<Compiled> {
    const ready = this.#ready.get(program.key);
    if (ready) return Promise.resolve(ready);
    let pending = this.#pending.get(program.key);
    if (!pending) {
      pending = this.#compile(program);
      this.#pending.set(program.key, pending);
      const forget = () => this.#pending.delete(program.key);
      pending.then(forget, forget);
    }
    return pending;
  }

  async #compile(program: Program): Promise<Compiled> {
    const start = performance.now();
    const layout = this.#layoutOf(program.bindings);
    const module = await checkedModule(this.#device, program.wgsl, program.label);
    try {
      const pipeline = await this.#device.createComputePipelineAsync({
        label: program.label,
        layout: this.#device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module, entryPoint: program.entryPoint },
      });
      this.compilations++;
      const known = this.compileMs.get(program.label) ?? 0;
      this.compileMs.set(program.label, Math.max(known, performance.now() - start));
      const compiled = { program, pipeline, layout };
      this.#ready.set(program.key, compiled);
      return compiled;
    } catch (error) {
      throw shaderError(program.label, error instanceof Error ? error.message : String(error));
    }
  }

  #layoutOf(bindings: readonly BindingKind[]): GPUBindGroupLayout {
    const key = bindings.join(' ');
    const known = this.#layouts.get(key);
    if (known) return known;
    const layout = this.#device.createBindGroupLayout({
      entries: bindings.map((kind, binding) => ({ binding, visibility: computeStage, buffer: bufferLayouts[kind] })),
    });
    this.#layouts.set(key, layout);
    return layout;
  }
}

/** A shader module without errors; else EngineError with the compiler's messages. */
export async function checkedModule(device: GPUDevice, code: string, label: string): Promise<GPUShaderModule> {
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ code, label });
  const failure = device.popErrorScope().catch(() => null);
  if ((await failure) !== null) {
    const { messages } = await module.getCompilationInfo();
    const errors = messages.filter(({ type }) => type === 'error').map((m) => `${m.lineNum}:${m.linePos} ${m.message}`);
    throw shaderError(label, errors.join('\n') || (await failure)!.message);
  }
  return module;
}

function shaderError(program: string, message: string): EngineError {
  return new EngineError('shader-failed', `${program}: ${message}`, { program });
}
