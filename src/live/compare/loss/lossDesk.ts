/**
 * Keeps "What is lost" in step with the workspace while it is on screen: the layer with what it reads (engine), the fits of all
 * substitutes (a worker), and the maps of the one that is looked at (engine). The newest choice wins; fits that are still true are kept.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Engine } from '../../../engine/engine.ts';
import type { Fit, FitKind } from '../../../fits/index.ts';
import { convOf } from '../../../graph/explore.ts';
import { learnedLayer } from '../../../graph/learned/layers.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { OperatorError, Result } from '../../../operators/operator.ts';
import type { LossState } from '../../../store/loss.ts';
import type { Workspace } from '../../../store/workspace.ts';
import type { Picture } from '../../results.ts';
import type { Session } from '../../session.ts';
import { createFitClient } from './fitClient.ts';
import type { FitProgress, FromWorker } from './fitProtocol.ts';
import { type LossLayer, LossProblem, prepareLossLayer } from './lossLayer.ts';
import { freeLossMaps, type LossMaps, runLossMaps } from './lossMaps.ts';
import { fitKindOf } from './substitutes.ts';

export type FitResult = Result<Fit, OperatorError>;

export interface LossResults {
  readonly engine: Engine | null;
  /** The layer with its input; null until they are there. */
  readonly layer: LossLayer | null;
  /** One for each substitute of the workspace, null while it is not fitted. */
  readonly fits: readonly (FitResult | null)[];
  /** What goes on; null when all is done, or stopped. */
  readonly progress: FitProgress | { readonly stage: 'layer' } | null;
  readonly isStopped: boolean;
  readonly problem: Pick<LossProblem, 'code' | 'values'> | null;
  /** Which substitute's maps are shown. */
  readonly selected: number;
  readonly shown: LossMaps | null;
}

export interface LossDesk {
  readonly results: StoreApi<LossResults>;
  select(substitute: number): void;
  /** Leaves the fits that are not done; any change, or `resume`, starts them again. */
  stop(): void;
  resume(): void;
  dispose(): void;
}

const nothing: LossResults = {
  engine: null,
  layer: null,
  fits: [],
  progress: null,
  isStopped: false,
  problem: null,
  selected: 0,
  shown: null,
};

/** Closed forms come at once, searches take seconds: those are fitted last. */
const isSlow = ({ kind }: FitKind) => kind === 'depthwise_separable' || kind === 'spatially_separable';

/** The convolution that is to be replaced, as the workspace names it. */
export function convOfLoss({ layer }: LossState, { graph, focus }: Pick<Workspace, 'graph' | 'focus'>): Conv2d {
  return layer === 'explore' ? convOf(graph, focus) : learnedLayer(layer).conv;
}

export function startLossDesk({ workspace, results: shared }: Pick<Session, 'workspace' | 'results'>): LossDesk {
  const results = createStore<LossResults>(() => nothing);
  const client = createFitClient();
  /** What `results.layer` was made from. */
  let source: readonly unknown[] = [];
  let layerCount = 0;
  /** Of the present layer, by kind and criterion. */
  let fits = new Map<string, FitResult>();
  /** What the worker is at. */
  let wanted = '';
  let isRunning = false;
  let isDirty = false;
  let isDisposed = false;

  const loss = () => workspace.getState().workspace.compare.loss;
  const keyOf = (kind: FitKind, by: LossState['by']) => `${by} ${JSON.stringify(kind)}`;

  function sourceOf(engine: Engine, picture: Picture): readonly unknown[] {
    const { layer } = loss();
    if (layer !== 'explore') return [engine, picture, layer];
    const { graph, focus } = workspace.getState().workspace;
    return [engine, picture, layer, convOf(graph, focus), shared.getState().filters];
  }

  const isSame = (a: readonly unknown[], b: readonly unknown[]) =>
    a.length === b.length && a.every((each, i) => each === b[i]);

  /** Frees what an engine that still runs holds. */
  function drop({ engine, layer, shown }: Pick<LossResults, 'engine' | 'layer' | 'shown'>): void {
    if (engine !== shared.getState().running) return;
    layer?.input.free();
    if (shown) freeLossMaps(shown);
  }

  async function prepare(engine: Engine, picture: Picture): Promise<void> {
    const next = sourceOf(engine, picture);
    if (isSame(source, next) && results.getState().layer) return;
    client.stop();
    wanted = '';
    fits = new Map();
    const former = results.getState();
    results.setState({ ...nothing, engine, selected: former.selected, progress: { stage: 'layer' } });
    drop(former);
    source = next;
    const { layer: name } = loss();
    const layer = await prepareLossLayer(engine, {
      name,
      picture,
      workspace: workspace.getState().workspace,
      own: shared.getState().filters?.values ?? null,
    });
    // A former engine's tensors are gone with it.
    if (shared.getState().running !== engine) return;
    if (isDisposed) return layer.input.free();
    layerCount += 1;
    results.setState({ layer, problem: null });
  }

  /** The fits of the workspace's substitutes as far as they are there, and the rest asked for. */
  function fitAll(): void {
    const { layer, isStopped } = results.getState();
    if (!layer) return;
    const { by, substitutes } = loss();
    const kinds = substitutes.map((substitute) => fitKindOf(substitute, layer.fitted.conv));
    results.setState({ fits: kinds.map((kind) => fits.get(keyOf(kind, by)) ?? null) });
    const missing = new Map(kinds.map((kind) => [keyOf(kind, by), kind]));
    for (const key of fits.keys()) missing.delete(key);
    const open = [...missing.values()].sort((a, b) => Number(isSlow(a)) - Number(isSlow(b)));
    const asked = `${layerCount} ${open.map((kind) => keyOf(kind, by)).join()}`;
    if (open.length === 0) {
      wanted = '';
      client.stop();
      results.setState({ progress: null, isStopped: false });
      return;
    }
    if (isStopped || asked === wanted) return;
    wanted = asked;
    results.setState({ progress: { stage: 'fits', share: 0, done: 0, of: open.length } });
    const { fitted, values } = layer;
    const job = { key: String(layerCount), layer: fitted, input: values, by, kinds: open };
    client.fit(job, (news) => hear(news, open, by));
  }

  function hear(news: FromWorker, kinds: readonly FitKind[], by: LossState['by']): void {
    switch (news.type) {
      case 'progress':
        results.setState({ progress: news.progress });
        return;
      case 'fitted': {
        fits.set(keyOf(kinds[news.index]!, by), news.result);
        // The rest of this job is what is still missing.
        wanted = `${layerCount} ${kinds
          .slice(news.index + 1)
          .map((kind) => keyOf(kind, by))
          .join()}`;
        request();
        return;
      }
      case 'finished':
        results.setState({ progress: null });
        return;
      case 'failed':
        wanted = '';
        results.setState({
          progress: null,
          isStopped: true,
          problem: { code: 'failed', values: { message: news.message } },
        });
        return;
      default:
        news satisfies never;
    }
  }

  /** The maps of the selected substitute, behind its fit. */
  async function show(engine: Engine): Promise<void> {
    const { layer, fits: present, selected, shown } = results.getState();
    const result = present[selected];
    const fit = result?.ok ? result.value : null;
    if (!layer || shown?.fit === fit) return;
    if (!fit) {
      // What is shown stays until the next fit comes, unless there will be none.
      if (shown && (result || present.length === 0)) {
        results.setState({ shown: null });
        freeLossMaps(shown);
      }
      return;
    }
    const maps = await runLossMaps(engine, layer, fit);
    if (shared.getState().running !== engine) return;
    if (isDisposed) return freeLossMaps(maps);
    results.setState({ shown: maps });
    if (shown) freeLossMaps(shown);
  }

  async function loop(): Promise<void> {
    isRunning = true;
    while (isDirty && !isDisposed) {
      isDirty = false;
      const { running, picture, filters } = shared.getState();
      if (!running || !picture || (loss().layer === 'explore' && !filters)) break;
      try {
        await prepare(running, picture);
        fitAll();
        await show(running);
      } catch (error) {
        // A lost device is told by the engine's keeper; its successor starts anew.
        if (shared.getState().running !== running || isDisposed) continue;
        const problem =
          error instanceof LossProblem
            ? { code: error.code, values: error.values }
            : { code: 'failed' as const, values: { message: error instanceof Error ? error.message : String(error) } };
        results.setState({ problem, progress: null });
      }
    }
    isRunning = false;
  }

  function request(): void {
    isDirty = true;
    if (!isRunning && !isDisposed) void loop();
  }

  const stops = [
    workspace.subscribe((state, former) => {
      const [now, before] = [state.workspace, former.workspace];
      if (now.compare.loss === before.compare.loss && now.graph === before.graph) return;
      if (now.compare.loss !== before.compare.loss) results.setState({ isStopped: false });
      request();
    }),
    shared.subscribe((state, former) => {
      const keys = ['running', 'picture', 'filters'] as const;
      if (keys.some((key) => state[key] !== former[key])) request();
    }),
  ];
  request();

  return {
    results,
    select(selected) {
      results.setState({ selected });
      request();
    },
    stop() {
      client.stop();
      wanted = '';
      results.setState({ isStopped: true, progress: null });
    },
    resume() {
      results.setState({ isStopped: false, problem: null });
      request();
    },
    dispose() {
      isDisposed = true;
      for (const stop of stops) stop();
      client.dispose();
      drop(results.getState());
    },
  };
}
