/** The page that `npm run conformance` drives: both engines, one case at a time. */
import { createCpuEngine } from '../../src/engine/cpu/index.ts';
import type { Engine, EngineKind } from '../../src/engine/engine.ts';
import { createWebGPUEngine } from '../../src/engine/webgpu/index.ts';
import { runCase, type Verdict } from './runCase.ts';

/** A case's files in base64. */
interface EncodedCase {
  readonly model: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const bytesOf = (letters: string) => Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
const engines = new Map<EngineKind, Promise<Engine>>();

function engineOf(kind: EngineKind): Promise<Engine> {
  const known = engines.get(kind);
  if (known) return known;
  const engine = kind === 'cpu' ? createCpuEngine() : createWebGPUEngine({ gpu: navigator.gpu });
  engines.set(kind, engine);
  return engine;
}

async function runEncoded(kind: EngineKind, { model, inputs, outputs }: EncodedCase): Promise<Verdict> {
  return runCase(await engineOf(kind), {
    model: bytesOf(model),
    inputs: inputs.map(bytesOf),
    outputs: outputs.map(bytesOf),
  });
}

Object.assign(window, { runEncoded });
