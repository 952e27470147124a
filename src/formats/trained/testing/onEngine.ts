/** Networks that ship, run on an engine and in float64. */
import type { Engine } from '../../../engine/engine.ts';
import { runReference } from '../../../graph/referenceRun.ts';
import { preprocess, type TrainedGraph, type TrainedNetwork } from '../../../graph/trained/trainedNetwork.ts';
import type { HostTensor, Shape } from '../../../operators/operator.ts';
import { lcg } from './lcg.ts';

/** A picture in 0..1, made of waves: smooth enough to look like one. */
export function picture([n, c, h, w]: Shape): HostTensor<Float32Array> {
  const noise = lcg(n * c * h * w, 0.1);
  const values = noise.map((value, i) => 0.5 + value + 0.4 * Math.sin(i * 0.07) * Math.cos(i * 0.011));
  return { shape: [n, c, h, w], values: values.map((value) => Math.min(1, Math.max(0, value))) };
}

export function graphFor(network: TrainedNetwork, [n, , h, w]: Shape): TrainedGraph {
  const built = network.graphAt(h, w, n);
  if (!built.ok) throw new Error(built.error.message);
  return built.value;
}

/** The largest error of every node, on the scale of its terms. */
export async function largestError(engine: Engine, network: TrainedNetwork, shape: Shape): Promise<number> {
  const { graph } = graphFor(network, shape);
  const input = preprocess(network.preprocessing, picture(shape));
  const exact = runReference(graph, { [network.input]: input }, network.parameters);
  const tensor = await engine.upload(input.values, input.shape);
  const outputs = graph.nodes.map(({ id }) => id).filter((id) => id !== network.input);
  const run = await engine.run({ graph, inputs: { [network.input]: tensor }, parameters: network.parameters, outputs });
  let worst = 0;
  for (const id of outputs) {
    const maps = run.tensors[id]!;
    const [, channels, height, width] = maps.shape;
    const values = await engine.read(maps, { channel: 0, channels, y: 0, x: 0, height, width });
    const { output, magnitude } = exact[id]!;
    // A value that is no number makes the largest none.
    for (const [i, value] of values.entries())
      worst = Math.max(worst, Math.abs(value - output.values[i]!) / (1 + magnitude[i]!));
    maps.free();
  }
  tensor.free();
  return worst;
}
