/**
 * What is measured: one layer, a chain of layers, or a whole network, with bias in float32. A workload file is a JSON list of `name,
 * in_channels, height, width` and the attributes of the layer (`readLayers.ts`), or a list `layers` of such, each reading the one
 * before; or of `name, kind: "network", network, height, width`, the network being one of `networks/index.ts`.
 */
import { rulesOf } from '../../src/operators/index.ts';
import type { Shape } from '../../src/operators/operator.ts';
import { networkSteps } from './networks/index.ts';
import { readLayer } from './readLayers.ts';
import { elementsOf, type FilledStep, fill, inputName, noise, type Step, stepOf } from './steps.ts';

export interface Workload {
  readonly name: string;
  readonly isNetwork: boolean;
  readonly steps: readonly Step[];
  readonly shape: Shape;
  /** Of the last step. */
  readonly outputShape: Shape;
}

/** A workload with its numbers: the same for every library. */
export interface Sample extends Workload {
  /** [1, C, H, W]. */
  readonly input: Float32Array<ArrayBuffer>;
  readonly steps: readonly FilledStep[];
}

/** Reads a workload file; says in one sentence what it does not understand. */
export function readWorkloads(json: unknown): Workload[] {
  if (!Array.isArray(json) || json.length === 0)
    throw new Error('A workload file is a JSON list of at least one workload.');
  const workloads = json.map(readWorkload);
  const names = new Set(workloads.map(({ name }) => name));
  if (names.size !== workloads.length) throw new Error('Each workload needs a name of its own.');
  return workloads;
}

function fieldsOf(entry: unknown, what: string): Map<string, unknown> {
  if (typeof entry !== 'object' || entry === null) throw new Error(`${what} is not an object.`);
  return new Map<string, unknown>(Object.entries(entry));
}

function readWorkload(entry: unknown, index: number): Workload {
  const fields = fieldsOf(entry, `Workload ${index}`);
  const name = fields.get('name') ?? `workload ${index}`;
  if (typeof name !== 'string' || name === '') throw new Error(`The name of workload ${index} is not a text.`);
  fields.delete('name');
  return fields.get('kind') === 'network' ? readNetwork(fields, name) : readChain(fields, name);
}

/** A size of the input, which no later reader sees again. */
function takeSize(fields: Map<string, unknown>, field: string, name: string): number {
  const value = fields.get(field);
  fields.delete(field);
  if (Number.isInteger(value)) return Number(value);
  throw new Error(`${name}: "${field}" must be a whole number.`);
}

function readChain(fields: Map<string, unknown>, name: string): Workload {
  const [channels, height, width] = ['in_channels', 'height', 'width'].map((field) => takeSize(fields, field, name));
  const shape: Shape = [1, channels!, height!, width!];
  const layers = fields.get('layers') ?? [Object.fromEntries(fields)];
  if (!Array.isArray(layers) || layers.length === 0) throw new Error(`${name}: "layers" must be a list.`);
  if (fields.has('layers') && fields.size > 1) throw new Error(`${name}: attributes stand in "layers" or beside them.`);
  const steps: Step[] = [];
  for (const [i, one] of layers.entries()) {
    const before = steps.at(-1);
    const input = before?.output ?? shape;
    const layer = readLayer(fieldsOf(one, `${name}: a layer`), input, name);
    steps.push(stepOf({ id: `layer ${i}`, layer, from: [before?.id ?? inputName] }, [input], name));
  }
  return { name, isNetwork: false, steps, shape, outputShape: steps.at(-1)!.output };
}

function readNetwork(fields: Map<string, unknown>, name: string): Workload {
  const [height, width] = ['height', 'width'].map((field) => takeSize(fields, field, name));
  const unknown = [...fields.keys()].find((field) => field !== 'kind' && field !== 'network');
  if (unknown !== undefined) throw new Error(`${name}: "${unknown}" is not an attribute of a network.`);
  const { shape, steps } = networkSteps(fields.get('network'), [height!, width!], name);
  return { name, isNetwork: true, steps, shape, outputShape: steps.at(-1)!.output };
}

export function sampleOf(workload: Workload): Sample {
  return {
    ...workload,
    input: noise(elementsOf(workload.shape), 1),
    steps: workload.steps.map((step, i) => fill(step, 2 + 4 * i, workload.isNetwork)),
  };
}

/** Multiply-adds as the product counts them, those with padding too. */
export function macsOf({ steps }: Workload): number {
  return steps.reduce(
    (sum, { layer, inputs, extra }) => sum + rulesOf(layer).cost(layer, [...inputs, ...extra]).macs,
    0,
  );
}
