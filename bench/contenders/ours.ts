/** ConvScope's own engines: each run is a whole `engine.run`, with its planning and its output tensor, as a moved slider makes it. */
import type { Engine, Precision, RunRequest, Tensor } from '../../src/engine/engine.ts';
import { exploreGraph, exploreNodes } from '../../src/graph/explore.ts';
import type { Graph, GraphNode, GraphParameters } from '../../src/graph/graph.ts';
import type { Shape } from '../../src/operators/operator.ts';
import { inputName } from '../sample/steps.ts';
import type { Sample } from '../sample/workload.ts';
import type { Prepare } from './contender.ts';

/** A photo has no more channels; maps of more come from a layer. */
const photoChannels = 4;

/** Everything uploaded: what a run of the sample asks for. Whoever calls it frees the inputs. */
export async function requestOf(engine: Engine, sample: Sample): Promise<RunRequest> {
  const { graph, last, parameters, extras } = graphOf(sample);
  const inputs: Record<string, Tensor> = { [inputName]: await inputOf(engine, sample.input, sample.shape) };
  for (const { id, shape, values } of extras) inputs[id] = await inputOf(engine, values, shape);
  return { graph, parameters, inputs, outputs: [last] };
}

/** How the runs are asked for; absent: exact, without statistics. */
export interface Asked {
  readonly areShown?: boolean;
  readonly precision?: Precision;
}

/** `areShown`: each run asks for the statistics of its maps, as those of a page do that shows them. */
export function prepareOurs(engine: Engine, { areShown = false, precision = 'exact' }: Asked = {}): Prepare {
  return async (sample) => {
    const asked: RunRequest = { ...(await requestOf(engine, sample)), precision };
    const request: RunRequest = areShown ? { ...asked, statistics: asked.outputs } : asked;
    const last = request.outputs[0]!;
    let programs: readonly string[] = [];
    return {
      get programs() {
        return programs;
      },
      async run(times) {
        let completed: Promise<void> = Promise.resolve();
        for (let i = 0; i < times; i++) {
          const run = await engine.run(request);
          completed = run.completed;
          // The CPU engine gives up a run whose maps nobody holds, so they are held until they are computed.
          if (engine.description.kind === 'cpu') await completed;
          run.tensors[last]?.free();
        }
        await completed;
      },
      async output() {
        const run = await engine.run(request);
        programs = run.programs;
        const maps = run.tensors[last]!;
        const [, channels, height, width] = sample.outputShape;
        try {
          return await engine.read(maps, { channel: 0, channels, y: 0, x: 0, height, width });
        } finally {
          maps.free();
        }
      },
      dispose() {
        for (const tensor of Object.values(request.inputs)) tensor.free();
      },
    };
  };
}

interface Extra {
  readonly id: string;
  readonly shape: Shape;
  readonly values: Float32Array<ArrayBuffer>;
}

/** The steps as a graph. */
function graphOf({ steps, shape }: Sample) {
  const nodes: GraphNode[] = [{ id: inputName, operator: { kind: 'input', channels: shape[1] }, inputs: [] }];
  const parameters: Record<string, NonNullable<Sample['steps'][number]['parameters']>> = {};
  const extras: Extra[] = [];
  for (const step of steps) {
    const beside = step.extra.map(
      (extra, at): Extra => ({ id: `${step.id} ${at}`, shape: extra, values: step.extraValues[at]! }),
    );
    for (const extra of beside)
      nodes.push({ id: extra.id, operator: { kind: 'input', channels: extra.shape[1] }, inputs: [] });
    nodes.push({ id: step.id, operator: step.layer, inputs: [...step.from, ...beside.map((extra) => extra.id)] });
    if (step.parameters) parameters[step.id] = step.parameters;
    extras.push(...beside);
  }
  const graph: Graph = { nodes };
  const learned: GraphParameters = parameters;
  return { graph, last: steps.at(-1)!.id, parameters: learned, extras };
}

/** A photo as it is uploaded; more channels as a layer leaves them: this one copies its input. */
async function inputOf(engine: Engine, values: Float32Array<ArrayBuffer>, shape: Shape): Promise<Tensor> {
  const tensor = await engine.upload(values, shape);
  const channels = shape[1];
  if (channels <= photoChannels) return tensor;
  const { graph, parameters } = copyOf(channels);
  const run = await engine.run({
    graph,
    parameters,
    inputs: { [exploreNodes.input]: tensor },
    outputs: [exploreNodes.conv],
  });
  await run.completed;
  tensor.free();
  return run.tensors[exploreNodes.conv]!;
}

/** A depthwise convolution that changes nothing. */
function copyOf(channels: number) {
  const conv = {
    kind: 'conv2d',
    inChannels: channels,
    outChannels: channels,
    kernelSize: [1, 1],
    stride: [1, 1],
    padding: { top: 0, bottom: 0, left: 0, right: 0 },
    dilation: [1, 1],
    groups: channels,
    bias: false,
    paddingMode: 'zeros',
  } as const;
  const weight = new Float32Array(channels).fill(1);
  return { graph: exploreGraph(conv, 'none'), parameters: { [exploreNodes.conv]: { weight, bias: null } } };
}
