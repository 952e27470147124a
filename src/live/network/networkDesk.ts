/**
 * Keeps the Network screen's maps in step with the workspace while it is open: what can be said without a map is said at once (the plan),
 * maps follow piece by piece. One computation is in flight; a newer state stops it between two pieces and takes over what it has computed.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Engine, EngineError } from '../../engine/engine.ts';
import { loadBank } from '../../formats/learnedBank.ts';
import type { NodeId } from '../../graph/graph.ts';
import type { LearnedBank } from '../../graph/weights/filterState.ts';
import { byteCount } from '../../math/format.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import { memoryBudgetOf, thisMachine } from '../memoryBudget.ts';
import type { Picture, Problem } from '../results.ts';
import type { Session } from '../session.ts';
import { computeMaps } from './compute.ts';
import { createKeptMaps, keepingOf, noMaps, type ShownMaps } from './keptMaps.ts';
import { largestStep } from './largestStep.ts';
import { createLayerFilterBook } from './layerFilterBook.ts';
import { type LayerTimes, measureLayers } from './measure.ts';
import { createPlanner, type NetworkPlan } from './networkPlan.ts';
import { firstSize, paceOf, pieceMacs } from './pace.ts';
import { NetworkRefusal, networkProblem } from './refusal.ts';

export interface NetworkResults extends ShownMaps {
  /** Of the newest state; null until there is a picture. */
  readonly plan: NetworkPlan | null;
  readonly engine: Engine | null;
  /** Layers of the plan whose maps are not kept: over the limit of memory. */
  readonly left: ReadonlySet<NodeId>;
  /** While maps are being computed: the share that is done, and the node that was last. */
  readonly progress: { readonly share: number; readonly node: NodeId | null } | null;
  /** Of the newest measurement; while one goes on, the share of it that is done. */
  readonly times: LayerTimes | null;
  readonly measuring: number | null;
  /** True after a person has stopped the computation, until the next change. */
  readonly isStopped: boolean;
  /** Why the network cannot be had, or what failed, until something succeeds. */
  readonly problem: Problem | null;
}

export interface NetworkDesk {
  readonly results: StoreApi<NetworkResults>;
  /** Measures every layer on the idle device; a change of the network ends it. */
  measure(): Promise<void>;
  /** Ends the computation; what has been computed stays. */
  stop(): void;
  /** How many bytes of maps are kept. */
  setLimit(bytes: number): void;
  dispose(): void;
}

const nothing: NetworkResults = {
  plan: null,
  engine: null,
  ...noMaps,
  left: new Set(),
  progress: null,
  times: null,
  measuring: null,
  isStopped: false,
  problem: null,
};

/** Before anything of it is computed: a layer that cannot be held would take the page with it. */
function refuseHuge({ graph, shapes }: NetworkPlan, limit: number): void {
  const { node, bytes } = largestStep(graph, shapes);
  if (bytes <= limit) return;
  const values = { node, size: byteCount(bytes), limit: byteCount(limit) };
  throw new NetworkRefusal('over-memory', `'${node}' needs ${values.size}`, values);
}

/** `limit`: bytes of maps that are kept for being looked at. */
export function startNetworkDesk(
  { workspace, results: shared }: Pick<Session, 'workspace' | 'results'>,
  limit: number,
): NetworkDesk {
  const results = createStore<NetworkResults>(() => nothing);
  const filters = createLayerFilterBook();
  const planner = createPlanner(filters);
  const maps = createKeptMaps({ shown: results.getState, show: (next) => results.setState(next) });
  /** The computation in flight: an engine has its own, so that one which never answers holds nothing up. */
  let running: { readonly engine: Engine } | null = null;
  let isDirty = false;
  /** Why filters that the newest plan waits for cannot be had. */
  let missing: Problem | null = null;
  let isDisposed = false;
  let aborter = new AbortController();
  let measurer = new AbortController();

  const network = () => workspace.getState().workspace.network;
  const view = () => workspace.getState().workspace.view.network;

  function plan(engine: Engine, photo: Picture): NetworkPlan {
    const state = network();
    const planned = planner.plan(state, photo, state.input.size ?? firstSize[paceOf(engine)]);
    if (results.getState().plan === planned) return planned;
    missing = null;
    results.setState({ plan: planned, problem: null });
    for (const bank of planned.awaited) void fetchBank(bank);
    return planned;
  }

  async function fetchBank(name: LearnedBank): Promise<void> {
    const loaded = await loadBank(name);
    if (isDisposed || filters.has(name)) return;
    if (!loaded.ok) {
      const { code, values } = loaded.error;
      missing = { kind: 'file', code, values: { ...values, part: name, name } };
      results.setState({ problem: missing });
      return;
    }
    filters.take(name, { values: loaded.value.weight, shape: loaded.value.shape });
    request(true);
  }

  async function update(engine: Engine, photo: Picture, signal: AbortSignal): Promise<void> {
    maps.take(engine);
    if (results.getState().engine !== engine) results.setState({ engine });
    const planned = plan(engine, photo);
    refuseHuge(planned, Math.max(limit, memoryBudgetOf(thisMachine())));
    const { kept, left } = keepingOf(planned, view().layer, limit);
    results.setState({ left, progress: { share: 0, node: null }, isStopped: false });
    maps.show(planned, kept, false);
    maps.sweep(planned, kept);
    const { graph, shapes, signatures, cost, parameters, picture } = planned;
    const macs = Object.fromEntries(graph.nodes.map(({ id }) => [id, cost.nodes[id]!.macs]));
    const own = maps.cache;
    await computeMaps(
      engine,
      { nodes: graph.nodes, shapes, signatures, macs, parameters, picture: picture.values },
      kept,
      own,
      {
        pieceMacs: pieceMacs[paceOf(engine)],
        signal,
        onPiece: (share, node) => {
          if (isDisposed || own !== maps.cache) return;
          maps.show(planned, kept, false);
          results.setState({ progress: { share, node } });
        },
      },
    );
    if (isDisposed || own !== maps.cache) return;
    maps.show(planned, kept, true);
    maps.sweep(planned, kept);
    results.setState({ problem: planned.awaited.length > 0 ? missing : null, isStopped: false });
  }

  async function loop(engine: Engine): Promise<void> {
    const own = { engine };
    running = own;
    let isAgain = false;
    while (isDirty && !isDisposed && running === own) {
      isDirty = false;
      aborter = new AbortController();
      const { signal } = aborter;
      const { picture, running: present } = shared.getState();
      if (present !== engine || !picture) break;
      try {
        await update(engine, picture, signal);
        isAgain = false;
      } catch (error) {
        // A lost device is told by the engine's keeper; its successor starts anew.
        if (signal.aborted || isDisposed || shared.getState().running !== engine) continue;
        if (error instanceof EngineError && error.code === 'out-of-memory' && !isAgain) {
          // Once more, with the room that the maps of before have taken.
          maps.letGo();
          isAgain = true;
          isDirty = true;
        } else results.setState({ problem: networkProblem(error) });
      }
    }
    if (running !== own) return;
    running = null;
    if (isDisposed) maps.free(shared.getState().running);
    else results.setState({ progress: null });
  }

  /** `isUrgent`: what is being computed is of no use any more. A camera's next picture waits until its last one is through. */
  function request(isUrgent: boolean): void {
    isDirty = true;
    if (isUrgent) aborter.abort();
    measurer.abort();
    if (isDisposed) return;
    const { running: engine, picture } = shared.getState();
    if (!engine) {
      results.setState({ engine: null, ...noMaps, progress: null });
      return;
    }
    if (running?.engine === engine && !isUrgent) return;
    try {
      if (picture) plan(engine, picture);
    } catch (error) {
      results.setState({ problem: networkProblem(error) });
      return;
    }
    if (running?.engine !== engine) void loop(engine);
  }

  const stops = [
    workspace.subscribe(({ workspace: next }, { workspace: former }) => {
      if (next.network !== former.network || next.view.network.layer !== former.view.network.layer) request(true);
    }),
    shared.subscribe((state, former) => {
      if (state.running !== former.running) request(true);
      else if (state.picture !== former.picture) request(false);
    }),
  ];
  request(true);

  /** Batch norms have theirs once the maps are there. */
  function normsOf({ graph, signatures }: NetworkPlan): Record<NodeId, ParameterValues> {
    return Object.fromEntries(
      graph.nodes.flatMap(({ id }) => {
        const norm = maps.cache.norms.get(signatures[id]!);
        return norm ? [[id, norm]] : [];
      }),
    );
  }

  return {
    results,
    async measure() {
      const { plan: planned, engine, measuring, progress } = results.getState();
      if (!planned || !engine || measuring !== null || progress !== null) return;
      const norms = normsOf(planned);
      // A stopped computation may not have come to all of them.
      const isComplete = planned.graph.nodes.every(({ id, operator }) => operator.kind !== 'batch_norm2d' || norms[id]);
      if (!isComplete) return request(true);
      measurer = new AbortController();
      const { signal } = measurer;
      results.setState({ measuring: 0 });
      try {
        const onProgress = (share: number) => results.setState({ measuring: share });
        results.setState({ times: await measureLayers(engine, planned, norms, onProgress, signal) });
      } catch (error) {
        // A newer state or a new engine has come in between; else the device says what it cannot.
        const isOurs = signal.aborted || shared.getState().running !== engine;
        if (!isOurs) results.setState({ problem: networkProblem(error) });
      } finally {
        results.setState({ measuring: null });
      }
    },
    stop() {
      measurer.abort();
      if (!running) return;
      aborter.abort();
      results.setState({ isStopped: true });
    },
    setLimit(bytes) {
      if (bytes === limit) return;
      limit = bytes;
      request(true);
    },
    dispose() {
      isDisposed = true;
      aborter.abort();
      measurer.abort();
      for (const stop of stops) stop();
      if (!running) maps.free(shared.getState().running);
    },
  };
}
