/**
 * Keeps the Channels screen in step with the workspace while it is open. First what every layer does on all pictures (the survey), batch by
 * batch; then what is looked at: maps of a layer and of the one that it is held against, their correlation, and what excites each channel
 * most. One computation is in flight; looking elsewhere never takes back a survey, a new state stops all.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type MeasuredChannels, measureChannels } from '../../analysis/measureChannels.ts';
import type { PairMoments } from '../../analysis/secondMoments.ts';
import type { Engine, Tensor } from '../../engine/engine.ts';
import { loadBank } from '../../formats/learnedBank.ts';
import type { NodeId } from '../../graph/graph.ts';
import { parseChannels, parseChannelsView } from '../../store/channels.ts';
import { createLayerFilterBook } from '../network/layerFilterBook.ts';
import { createPlanner } from '../network/networkPlan.ts';
import { paceOf } from '../network/pace.ts';
import type { Picture, Problem } from '../results.ts';
import type { Session } from '../session.ts';
import { batchesOf } from './batches.ts';
import type { Correlations } from './correlate.ts';
import { correlateAside } from './correlateAside.ts';
import { type Excitements, excitementsOf } from './excitement.ts';
import { type Looked, lookedAt } from './looked.ts';
import { mapsOn } from './mapsOn.ts';
import { createMemory } from './memory.ts';
import { type PictureSet, type PictureSources, picturesFor } from './pictures.ts';
import { channelsProblem } from './problem.ts';
import { isRunModel, modelOfRun, runSubject } from './runSubject.ts';
import {
  ChannelsRefusal,
  type ChannelsSubject,
  firstSideOf,
  isTrainedName,
  networkSubject,
  trainedSubject,
} from './subject.ts';

export interface ChannelsResults {
  readonly engine: Engine | null;
  readonly subject: ChannelsSubject | null;
  readonly pictures: readonly Picture[];
  /** Why others of them could not be had. */
  readonly refused: readonly Problem[];
  /** Of all layers after their activation, on the pictures so far; `isWhole`: on all of them. */
  readonly measured: MeasuredChannels | null;
  readonly isWhole: boolean;
  /** Maps of one picture by node, of what is looked at. */
  readonly maps: Readonly<Record<NodeId, Tensor>>;
  /** The pair that `correlations` belong to. */
  readonly correlations: { readonly nodes: readonly [NodeId, NodeId]; readonly found: Correlations } | null;
  readonly excitements: { readonly node: NodeId; readonly found: Excitements } | null;
  /** While something is computed: the share of it that is done. */
  readonly progress: {
    readonly step: 'model' | 'pictures' | 'survey' | 'pair' | 'excitement';
    readonly share: number;
  } | null;
  /** True after a person has stopped the computation, until the next change. */
  readonly isStopped: boolean;
  readonly problem: Problem | null;
}

export interface ChannelsDesk {
  readonly results: StoreApi<ChannelsResults>;
  /** Ends the computation; what has been computed stays. */
  stop(): void;
  dispose(): void;
}

const nothing: ChannelsResults = {
  engine: null,
  subject: null,
  pictures: [],
  refused: [],
  measured: null,
  isWhole: false,
  maps: {},
  correlations: null,
  excitements: null,
  progress: null,
  isStopped: false,
  problem: null,
};

export function startChannelsDesk(
  { workspace, results: shared }: Pick<Session, 'workspace' | 'results'>,
  sources: PictureSources,
): ChannelsDesk {
  const results = createStore<ChannelsResults>(() => nothing);
  const filters = createLayerFilterBook();
  const planner = createPlanner(filters);
  const subjects = createMemory<ChannelsSubject>();
  const pictureSets = createMemory<PictureSet>();
  const surveys = createMemory<MeasuredChannels>(4);
  const pairs = createMemory<Correlations>(16);
  const excited = createMemory<Excitements>(8);
  let running: { readonly engine: Engine } | null = null;
  let isDirty = false;
  let isDisposed = false;
  let isSurveying = false;
  let aborter = new AbortController();
  /** Which maps are shown: what they were computed from. */
  let shownMaps: readonly unknown[] = [];

  const state = () => parseChannels(workspace.getState().workspace.channels);
  const view = () => parseChannelsView(workspace.getState().workspace.view.channels);
  const show = (change: Partial<ChannelsResults>) => {
    if (!isDisposed) results.setState(change);
  };

  function freeMaps(): void {
    for (const maps of Object.values(results.getState().maps)) maps.free();
    shownMaps = [];
    results.setState({ maps: {} });
  }

  async function subjectFor(engine: Engine, photo: Picture, signal: AbortSignal): Promise<ChannelsSubject> {
    const { model, images } = state();
    show({ progress: { step: 'model', share: 0 } });
    if (isTrainedName(model)) return subjects.of([model], () => trainedSubject(model));
    if (isRunModel(model)) {
      const run = (await sources.trainedRuns()).find((each) => modelOfRun(each) === model);
      if (!run) throw new ChannelsRefusal({ kind: 'network', code: 'run-missing', values: {} });
      return subjects.of([run.name, run.step], async () => runSubject(run));
    }
    const { network, input } = workspace.getState().workspace;
    const size = images.size ?? network.input.size ?? firstSideOf(null, paceOf(engine));
    const first = planner.plan(network, photo, size);
    for (const name of first.awaited) {
      const loaded = await loadBank(name);
      if (!loaded.ok)
        throw new ChannelsRefusal({
          kind: 'file',
          ...loaded.error,
          values: { ...loaded.error.values, part: name, name },
        });
      filters.take(name, { values: loaded.value.weight, shape: loaded.value.shape });
    }
    const plan = planner.plan(network, photo, size);
    const how = { channels: input.channels, range: input.range };
    return subjects.of([engine, plan], () => networkSubject(engine, plan, how, signal));
  }

  async function survey(engine: Engine, photo: Picture, signal: AbortSignal): Promise<void> {
    const { images, files, model } = state();
    const subject = await subjectFor(engine, photo, signal);
    signal.throwIfAborted();
    if (results.getState().subject !== subject) {
      freeMaps();
      show({ subject, pictures: [], measured: null, isWhole: false, correlations: null, excitements: null });
    }
    const side = images.size ?? firstSideOf(subject.nativeSide, paceOf(engine));
    const size = subject.fixedSize ?? ([side, side] as const);
    const { ground } = workspace.getState().workspace.input;
    show({ progress: { step: 'pictures', share: 0 } });
    const isPhoto = images.source === 'photo' || (images.source === 'files' && files.length === 0);
    const which = [
      subject,
      ...size,
      images.source,
      images.source === 'files' ? files : images.count,
      isPhoto && photo,
      ground,
    ];
    const { pictures, refused } = await pictureSets.of(which, () =>
      picturesFor(subject, { images, files, ground, size }, photo, sources, signal),
    );
    if (results.getState().pictures !== pictures) {
      freeMaps();
      show({ pictures, refused, measured: null, isWhole: false, correlations: null, excitements: null });
    }
    const nodes = [...new Set(subject.layers.map(({ response }) => response))];
    await showMaps(engine, subject, pictures);
    const measured = await surveys.of([engine, subject, pictures, model], async () => {
      let known: MeasuredChannels | null = null;
      show({ progress: { step: 'survey', share: 0 } });
      for await (known of measureChannels(engine, batchesOf(subject, pictures, nodes), { nodes, pair: null }, signal)) {
        show({ measured: known, progress: { step: 'survey', share: known.images / pictures.length } });
        await showMaps(engine, subject, pictures);
      }
      if (!known) throw new Error('no picture was measured');
      return known;
    });
    show({ measured, isWhole: true, problem: null });
  }

  function looked(subject: ChannelsSubject): Looked | null {
    return lookedAt(subject, view());
  }

  async function showMaps(engine: Engine, subject: ChannelsSubject, pictures: readonly Picture[]): Promise<void> {
    const at = looked(subject);
    const picture = pictures[Math.min(view().picture, pictures.length - 1)];
    if (!at || !picture) return;
    const nodes = [...new Set([at.layer.response, ...at.pair])];
    const wanted = [engine, picture, ...nodes];
    if (wanted.length === shownMaps.length && wanted.every((each, i) => each === shownMaps[i])) return;
    const maps = await mapsOn(engine, subject, picture, nodes);
    if (isDisposed) for (const each of Object.values(maps)) each.free();
    else {
      freeMaps();
      shownMaps = wanted;
      show({ engine, maps });
    }
  }

  async function lookCloser(engine: Engine, signal: AbortSignal): Promise<void> {
    const { subject, pictures } = results.getState();
    const at = subject && looked(subject);
    if (!subject || !at) return;
    await showMaps(engine, subject, pictures);
    const { pair, layer } = at;
    const found = await pairs.of([engine, subject, pictures, ...pair], async () => {
      show({ progress: { step: 'pair', share: 0 } });
      const moments = await momentsOf(engine, subject, pictures, pair, signal);
      return correlateAside(moments, signal);
    });
    show({ correlations: { nodes: pair, found } });
    const excitements = await excited.of([engine, subject, pictures, layer.response], () => {
      show({ progress: { step: 'excitement', share: 0 } });
      const onShare = (share: number) => show({ progress: { step: 'excitement', share } });
      return excitementsOf(engine, subject, pictures, layer.response, { signal, onShare });
    });
    show({ excitements: { node: layer.response, found: excitements } });
  }

  async function momentsOf(
    engine: Engine,
    subject: ChannelsSubject,
    pictures: readonly Picture[],
    pair: readonly [NodeId, NodeId],
    signal: AbortSignal,
  ): Promise<PairMoments> {
    let moments: PairMoments | null = null;
    const batches = batchesOf(subject, pictures, pair);
    for await (const known of measureChannels(engine, batches, { nodes: [], pair }, signal)) {
      moments = known.pair;
      show({ progress: { step: 'pair', share: known.images / pictures.length } });
    }
    if (!moments) throw new Error('no picture was measured');
    return moments;
  }

  async function loop(engine: Engine): Promise<void> {
    const own = { engine };
    running = own;
    while (isDirty && !isDisposed && running === own) {
      isDirty = false;
      aborter = new AbortController();
      const { signal } = aborter;
      const { picture, running: present } = shared.getState();
      if (present !== engine || !picture) break;
      try {
        show({ engine, isStopped: false });
        isSurveying = true;
        await survey(engine, picture, signal);
        isSurveying = false;
        await lookCloser(engine, signal);
        show({ problem: null });
      } catch (error) {
        // A lost device is told by the engine's keeper; its successor starts anew.
        if (signal.aborted || isDisposed || shared.getState().running !== engine) continue;
        show({ problem: channelsProblem(error) });
      } finally {
        isSurveying = false;
      }
    }
    if (running !== own) return;
    running = null;
    if (isDisposed) freeMaps();
    else show({ progress: null });
  }

  /** `isLook`: only what is looked at has changed, and a survey goes on. */
  function request(isLook: boolean): void {
    isDirty = true;
    if (!isLook || !isSurveying) aborter.abort();
    if (isDisposed) return;
    const { running: engine } = shared.getState();
    if (!engine) {
      freeMaps();
      show({ engine: null, progress: null });
    } else if (running?.engine !== engine) {
      if (results.getState().engine !== engine) freeMaps();
      void loop(engine);
    }
  }

  const stops = [
    workspace.subscribe(({ workspace: next }, { workspace: former }) => {
      const isNetwork = state().model === 'network' && next.network !== former.network;
      if (sourcesOf(next.channels) !== sourcesOf(former.channels) || isNetwork) request(false);
      else if (next.view.channels !== former.view.channels) requestLook();
    }),
    shared.subscribe((now, former) => {
      if (now.running !== former.running || now.picture !== former.picture) request(false);
    }),
  ];
  let lastLook = lookKey();
  function lookKey(): string {
    const { layer, other, stage, picture } = view();
    return JSON.stringify([layer, other, stage, picture]);
  }
  /** What changes neither maps nor pair is only drawn otherwise. */
  function requestLook(): void {
    const key = lookKey();
    if (key === lastLook) return;
    lastLook = key;
    request(true);
  }
  request(false);

  return {
    results,
    stop() {
      if (!running) return;
      aborter.abort();
      show({ isStopped: true });
    },
    dispose() {
      isDisposed = true;
      aborter.abort();
      for (const stop of stops) stop();
      if (!running) freeMaps();
    },
  };
}

/** What is looked at; which channels are taken out (`pruning/`) changes none of it. */
function sourcesOf(channels: unknown): string {
  const { model, images, files } = parseChannels(channels);
  return JSON.stringify([model, images, files]);
}
