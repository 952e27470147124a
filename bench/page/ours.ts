/** ConvScope's own engines: each run is a whole `engine.run`, with its planning and its output tensor, as a moved slider makes it. */
import type { Engine } from '../../src/engine/engine.ts';
import { exploreGraph, exploreNodes } from '../../src/graph/explore.ts';
import type { Prepare } from './contender.ts';

export function prepareOurs(engine: Engine): Prepare {
  return async ({ conv, shape, outputShape, input: values, parameters }) => {
    const input = await engine.upload(values, shape);
    const request = {
      graph: exploreGraph(conv, 'none'),
      parameters: { [exploreNodes.conv]: parameters },
      inputs: { [exploreNodes.input]: input },
      outputs: [exploreNodes.conv],
    };
    return {
      async run(times) {
        let completed: Promise<void> = Promise.resolve();
        for (let i = 0; i < times; i++) {
          const run = await engine.run(request);
          completed = run.completed;
          // The CPU engine gives up a run whose maps nobody holds, so they are held until they are computed.
          if (engine.description.kind === 'cpu') await completed;
          run.tensors[exploreNodes.conv]?.free();
        }
        await completed;
      },
      async output() {
        const run = await engine.run(request);
        const maps = run.tensors[exploreNodes.conv]!;
        const [, channels, height, width] = outputShape;
        const read = await engine.read(maps, { channel: 0, channels, y: 0, x: 0, height, width });
        maps.free();
        return read;
      },
      dispose: () => input.free(),
    };
  };
}
