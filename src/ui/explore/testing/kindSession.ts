/** A session whose maps are those of a layer of another kind, computed by an engine: once, and again when it is asked for. */
import type { Engine, EngineKind, Tensor } from '../../../engine/engine.ts';
import { createEngine } from '../../../engine/index.ts';
import '../../../operators/late.ts';
import { kindNetwork } from '../../../live/kinds/kindNetwork.ts';
import type { KindOutput, Output } from '../../../live/results.ts';
import type { Session } from '../../../live/session.ts';
import type { Pair } from '../../../operators/operator.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import type { KindState } from '../../../store/kind.ts';
import { wavyPicture } from './computedSession.ts';
import { createLayerSession } from './layerSession.ts';

interface Computed {
  readonly output: Output;
  readonly kind: KindOutput;
}

export interface KindSession extends Computed {
  readonly session: Session;
  readonly engine: Engine;
  /** Computes the workspace's present kind and makes it the session's output. */
  compute(): Promise<Computed>;
  dispose(): void;
}

/** A layer over a wavy photo of [height, width], or over a bank that needs no file. */
export async function createKindSession(size: Pair, state: KindState, on: EngineKind = 'cpu'): Promise<KindSession> {
  const workspace = { ...defaultWorkspace(), kind: state };
  const session = createLayerSession(size, workspace);
  const { engine } = await createEngine(on, { memoryBudget: 2 ** 28 });
  const picture = wavyPicture(size, workspace.input);
  const sources = { learned: () => null, custom: () => null };
  const compute = async (): Promise<Computed> => {
    const present = session.workspace.getState().workspace.kind ?? state;
    const { graph, parameters, kind } = kindNetwork(present, picture, picture, sources);
    const input = await engine.upload(picture.values, [1, picture.channels, picture.height, picture.width]);
    const inputs: Record<string, Tensor> = { input };
    for (const [id, { values, shape }] of Object.entries(kind.constants))
      inputs[id] = await engine.upload(values, shape);
    const wanted = [...new Set([kind.source, ...kind.nodes.map(({ id }) => id), kind.shown])].filter(
      (id) => !(id in inputs),
    );
    const run = await engine.run({ graph, parameters, inputs, outputs: wanted });
    await run.completed;
    const maps = run.tensors[kind.shown];
    if (!maps) throw new Error('the run gave no maps');
    const output: Output = {
      ...{ graph, parameters, picture, input, inputs, linear: null, maps, shape: maps.shape, programs: run.programs },
      precision: 'exact',
      parts: { ...inputs, ...run.tensors },
      kind,
    };
    session.results.setState({ running: engine, picture, output, finished: output });
    return { output, kind };
  };
  return { session, engine, ...(await compute()), compute, dispose: () => engine.destroy() };
}
