/**
 * The partial maps of one output channel: what each input channel contributes to it, computed by the engine as a depthwise
 * convolution. One run is in flight; of the outputs that come meanwhile only the newest is taken apart. The tensors are freed here.
 */

import { useEffect, useState } from 'react';
import type { Engine, MapStatistics, Tensor } from '../../../../engine/engine.ts';
import { convOf, exploreNodes, partialGraph, partialParameters } from '../../../../graph/explore.ts';
import { valuesIn } from '../../../../graph/graph.ts';
import type { Output } from '../../../../live/results.ts';

export interface Partials {
  readonly output: Output;
  /** [1, Cin, H, W]: the partial map of each input channel. */
  readonly tensor: Tensor;
  readonly statistics: readonly MapStatistics[];
  /** Of the maps before the activation, where they are kept. */
  readonly linear: readonly MapStatistics[] | null;
}

export type PartialsState =
  | { readonly status: 'computing'; readonly partials: Partials | null }
  | { readonly status: 'ready'; readonly partials: Partials }
  | { readonly status: 'failed'; readonly partials: null; readonly message: string };

async function takeApart(engine: Engine, output: Output, focus: string, channel: number): Promise<Partials> {
  const conv = convOf(output.graph, focus);
  const values = valuesIn(output.parameters, focus);
  if (!values) throw new Error('the layer has no weights');
  const source = output.graph.nodes.find(({ id }) => id === focus)?.inputs[0] ?? exploreNodes.input;
  const run = await engine.run({
    graph: partialGraph(conv),
    inputs: { [exploreNodes.input]: output.parts[source] ?? output.input },
    parameters: { [exploreNodes.conv]: partialParameters(conv, values, channel) },
    outputs: [exploreNodes.conv],
  });
  const tensor = run.tensors[exploreNodes.conv];
  if (!tensor) throw new Error('the run gave no maps');
  try {
    await run.completed;
    const statistics = await engine.statistics(tensor);
    const linear = output.linear && (await engine.statistics(output.linear));
    return { output, tensor, statistics, linear };
  } catch (error) {
    tensor.free();
    throw error;
  }
}

export interface PartialsRunner {
  request(output: Output): void;
  stop(): void;
}

export function createPartialsRunner(
  engine: Engine,
  focus: string,
  channel: number,
  show: (state: PartialsState) => void,
): PartialsRunner {
  let wanted: Output | null = null;
  let isRunning = false;
  let isStopped = false;
  let shown: Partials | null = null;

  async function loop(): Promise<void> {
    isRunning = true;
    while (wanted && !isStopped) {
      const output = wanted;
      wanted = null;
      try {
        const next = await takeApart(engine, output, focus, channel);
        if (isStopped) next.tensor.free();
        else {
          show({ status: 'ready', partials: next });
          shown?.tensor.free();
          shown = next;
        }
      } catch (error) {
        // Where a newer output waits, the older one's tensors were freed meanwhile: nothing has gone wrong.
        if (!wanted && !isStopped) {
          show({ status: 'failed', partials: null, message: error instanceof Error ? error.message : String(error) });
          shown?.tensor.free();
          shown = null;
        }
      }
    }
    isRunning = false;
  }

  return {
    request(output) {
      wanted = output;
      if (!isRunning) void loop();
    },
    stop() {
      isStopped = true;
      shown?.tensor.free();
      shown = null;
    },
  };
}

export function usePartials(engine: Engine, output: Output, focus: string, channel: number): PartialsState {
  const [state, setState] = useState<PartialsState>({ status: 'computing', partials: null });
  const [runner, setRunner] = useState<PartialsRunner | null>(null);
  useEffect(() => {
    const created = createPartialsRunner(engine, focus, channel, setState);
    setRunner(created);
    return () => created.stop();
  }, [engine, focus, channel]);
  useEffect(() => runner?.request(output), [runner, output]);
  return state;
}
