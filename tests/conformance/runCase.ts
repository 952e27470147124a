/** One ONNX backend test case on one engine: the model is imported, run, and its outputs are compared with those that are given. */
import type { Engine, Tensor } from '../../src/engine/engine.ts';
import { OnnxError } from '../../src/formats/onnx/error.ts';
import { importOnnx } from '../../src/formats/onnx/importModel.ts';
import type { OnnxTensor } from '../../src/formats/onnx/model.ts';
import { readOnnxModel, readOnnxTensor } from '../../src/formats/onnx/readModel.ts';

export interface CaseFiles {
  readonly model: Uint8Array;
  readonly inputs: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
}

export type Verdict =
  | { readonly status: 'passed' }
  /** The product does not have an operator of the model. */
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'failed'; readonly reason: string };

/** |error| <= absolute + relative |expected|: ONNX's own tests allow 1e-3 relative. */
const tolerance = { absolute: 1e-5, relative: 1e-4 } as const;

export async function runCase(engine: Engine, files: CaseFiles): Promise<Verdict> {
  try {
    const model = readOnnxModel(files.model);
    const given = files.inputs.map(readOnnxTensor);
    const byName = Object.fromEntries(model.inputs.map((name, i) => [name, given[i]])) as Record<string, OnnxTensor>;
    const imported = importOnnx(model, byName);
    const expected = files.outputs.map(readOnnxTensor);
    const entries = Object.entries(imported.inputs);
    const uploaded = await Promise.all(entries.map(([, { values, shape }]) => engine.upload(values, shape)));
    const run = await engine.run({
      graph: imported.graph,
      parameters: imported.parameters,
      inputs: Object.fromEntries(entries.map(([id], i) => [id, uploaded[i]!])),
      outputs: [...new Set(imported.outputs.flatMap((output) => ('node' in output ? [output.node] : [])))],
    });
    await run.completed;
    for (const [i, tensor] of expected.entries()) {
      const output = imported.outputs[i];
      if (!output) return { status: 'failed', reason: `there is no output ${i}` };
      if (output.dims.join() !== tensor.dims.join())
        return {
          status: 'failed',
          reason: `output ${output.name} is ${output.dims.join(' x ')}, not ${tensor.dims.join(' x ')}`,
        };
      const actual = 'values' in output ? output.values : await readAll(engine, run.tensors[output.node]!);
      const reason = difference(actual, tensor.values);
      if (reason) return { status: 'failed', reason: `output ${output.name}: ${reason}` };
    }
    for (const tensor of [...Object.values(run.tensors), ...uploaded]) tensor.free();
    return { status: 'passed' };
  } catch (error) {
    if (error instanceof OnnxError && error.code === 'unsupported') return { status: 'skipped', reason: error.message };
    return { status: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Every value of a tensor, all images: the engine reads batch 0, so the others are brought there by a reshape of the graph's end. */
async function readAll(engine: Engine, tensor: Tensor): Promise<Float32Array> {
  const [n, c, h, w] = tensor.shape;
  if (n === 1) return engine.read(tensor, { channel: 0, channels: c, y: 0, x: 0, height: h, width: w });
  const shape = [1, n * c, h, w] as const;
  const graph = {
    nodes: [
      { id: 'all', operator: { kind: 'input', channels: c } as const, inputs: [] },
      { id: 'flat', operator: { kind: 'reshape', shape } as const, inputs: ['all'] },
    ],
  };
  const run = await engine.run({ graph, parameters: {}, inputs: { all: tensor }, outputs: ['flat'] });
  await run.completed;
  const flat = run.tensors.flat!;
  const values = await engine.read(flat, { channel: 0, channels: shape[1], y: 0, x: 0, height: h, width: w });
  flat.free();
  return values;
}

function difference(actual: Float32Array, expected: Float32Array): string | null {
  if (actual.length !== expected.length) return `${actual.length} values instead of ${expected.length}`;
  let worst = 0;
  let at = -1;
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i]!, expected[i]!];
    if (Object.is(a, b) || a === b) continue;
    const error = Math.abs(a - b) / (tolerance.absolute + tolerance.relative * Math.abs(b));
    if (!(error <= worst)) [worst, at] = [error, i];
  }
  return worst > 1 || Number.isNaN(worst) ? `value ${at} is ${actual[at]}, not ${expected[at]}` : null;
}
