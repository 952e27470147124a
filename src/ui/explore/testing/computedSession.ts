/**
 * A session whose maps are computed: the layer session with a small coloured picture, run once through the CPU engine. For component
 * tests of what is seen; changes of the layer are not run again.
 */
import { createCpuEngine } from '../../../engine/cpu/index.ts';
import type { Engine } from '../../../engine/engine.ts';
import { toTensor } from '../../../formats/image/tensor.ts';
import { activationNodeAfter } from '../../../graph/explore.ts';
import type { Output, Picture } from '../../../live/results.ts';
import type { Session } from '../../../live/session.ts';
import type { Pair, Shape } from '../../../operators/operator.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import type { Workspace } from '../../../store/workspace.ts';
import { createLayerSession } from './layerSession.ts';

export interface ComputedSession {
  readonly session: Session;
  readonly engine: Engine;
  readonly output: Output;
  dispose(): void;
}

/** Three waves of different lengths, so that no two channels and no two pixels nearby are alike. */
export function wavyPicture([height, width]: Pair, { channels, range }: Workspace['input']): Picture {
  const rgba = new Uint8ClampedArray(4 * height * width);
  for (let i = 0; i < height * width; i++) {
    const [y, x] = [Math.floor(i / width), i % width];
    const wave = (k: number) => 127 + 120 * Math.sin(k * x + 0.7 * k * k * y);
    rgba.set([wave(0.31), wave(0.53), wave(0.89), 255], 4 * i);
  }
  const values = toTensor(rgba, width, height, channels, range);
  const size = { width, height, fullWidth: width, fullHeight: height };
  return { rgba, ...size, values, channels: values.length / (width * height), name: 'waves', opaque: true };
}

export async function createComputedSession(
  size: Pair,
  initial: Workspace = defaultWorkspace(),
): Promise<ComputedSession> {
  const session = createLayerSession(size, initial);
  const engine = await createCpuEngine({ threads: 1 });
  const { graph, focus, input } = initial;
  const filters = await new Promise<NonNullable<ReturnType<typeof present>>>((resolve) => {
    const stop = session.results.subscribe(() => found());
    const found = () => {
      const made = present();
      if (made) resolve(made);
      if (made) stop();
    };
    found();
  });
  function present() {
    return session.results.getState().filters;
  }

  const picture = wavyPicture(size, input);
  const shape: Shape = [1, picture.channels, picture.height, picture.width];
  const tensor = await engine.upload(picture.values, shape);
  const shown = activationNodeAfter(graph, focus)?.id ?? focus;
  const parameters = { [focus]: filters.values };
  const run = await engine.run({ graph, parameters, inputs: { input: tensor }, outputs: [focus, shown] });
  await run.completed;
  const maps = run.tensors[shown];
  if (!maps) throw new Error('the run gave no maps');
  const linear = run.tensors[focus] ?? null;
  const { programs } = run;
  const made = { graph, parameters, picture, input: tensor, linear, maps, shape: maps.shape, programs };
  const output: Output = { ...made, inputs: { input: tensor }, precision: 'exact', parts: {}, kind: null };
  session.results.setState({
    running: engine,
    picture,
    output,
    finished: output,
    statistics: await engine.statistics(maps),
  });
  return { session, engine, output, dispose: () => engine.destroy() };
}
