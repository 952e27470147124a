/** Puts one workspace to work: stores, keepers and runner, wired in one direction: workspace → picture, filters → run → results. */
import { createStore } from 'zustand/vanilla';
import type { Engine, EngineChoice, Precision } from '../engine/engine.ts';
import { createEngine, type StartedEngine } from '../engine/index.ts';
import { startPhotoDesk } from '../formats/image/photoDeskClient.ts';
import { activationAfter, activationNodeAfter } from '../graph/explore.ts';
import type { Pair } from '../operators/operator.ts';
import { createBlobStore } from '../store/blobs.ts';
import { defaultWorkspace } from '../store/defaultWorkspace.ts';
import { exploredState } from '../store/explored.ts';
import { createPointerStore, pinUnit } from '../store/pointer.ts';
import { isShareLink } from '../store/share/isShareLink.ts';
import type { Workspace } from '../store/workspace.ts';
import { createWorkspaceStore } from '../store/workspaceStore.ts';
import { createCameraDesk } from './cameraDesk.ts';
import { createEngineKeeper } from './engineKeeper.ts';
import { fetchSample } from './fetchSample.ts';
import { createFileDesk } from './fileDesk.ts';
import { type Keeping, keepInBrowser } from './keeping.ts';
import { memoryBudgetOf, thisMachine } from './memoryBudget.ts';
import type { ExploredLayer } from './networkLayer/exploredLayer.ts';
import { createParameterKeeper } from './parameterKeeper.ts';
import { createPictureKeeper } from './pictureKeeper.ts';
import { keepPinInside } from './pin.ts';
import { runPlayback } from './playback.ts';
import { firstResults, type Problem, type ResultsState } from './results.ts';
import { createRunner, type Wanted } from './runner.ts';
import type { Session } from './session.ts';

/** Until a picture is there, ranges are computed for one of the default sample's size. */
const sizeBeforePicture: Pair = [300, 451];

export interface SessionOptions {
  readonly choice: EngineChoice;
  readonly precision?: Precision;
  /** Absent: in this browser. */
  readonly keeping?: Keeping;
  /** A session that rests at first has no engine until one is chosen. */
  readonly engineAtFirst?: 'starting' | 'resting';
  /** A figure inside of the page: it shares the page's engine, leaves its tuning to the page, and the page's address is not about it. */
  readonly within?: { readonly startEngine: (choice: EngineChoice) => Promise<StartedEngine> };
}

/** Restores what is kept (or what a share link in the address says), starts the engine, and keeps everything in step. */
export async function createSession({
  choice,
  precision = 'exact',
  keeping = keepInBrowser(),
  engineAtFirst = 'starting',
  within,
}: SessionOptions): Promise<Session> {
  const results = createStore<ResultsState>(() => firstResults);
  const layer = createStore<ExploredLayer | null>(() => null);
  const onProblem = (problem: Problem | null) => results.setState({ problem });
  const onStorageProblem = ({ code, values }: { readonly code: string; readonly values: Problem['values'] }) =>
    onProblem({ kind: 'storage', code, values });

  const blobs = createBlobStore({ keyValue: keeping.keyValue, onProblem: onStorageProblem });
  const history = await keeping.restore();
  const inputSize = (): Pair => {
    const { picture } = results.getState();
    return picture ? [picture.height, picture.width] : sizeBeforePicture;
  };
  const workspace = createWorkspaceStore({
    initial: history?.present ?? defaultWorkspace(),
    ...(history ? { past: history.past, future: history.future } : {}),
    blobs,
    inputSize,
  });
  const pointer = createPointerStore();

  const memoryBudget = memoryBudgetOf(thisMachine());
  const startEngine = within?.startEngine ?? ((wanted: EngineChoice) => createEngine(wanted, { memoryBudget }));
  const engines = createEngineKeeper(results, startEngine, (engine) => {
    runner.changeEngine(engine);
    tuneOnIdle(engine).catch(() => undefined);
    const { picture, pictureBusy } = results.getState();
    // A change of the input waits for an engine that is being started.
    if (!picture || pictureBusy) pictures.refresh();
  });
  const runner = createRunner({
    results,
    wanted,
    precision: () => precision,
    onSuccess: engines.noteSuccess,
    onBroken: (error) => void engines.restart(error),
  });
  const parameters = createParameterKeeper({
    blobs,
    // A learned bank is asked for by few: its reader comes with the first.
    loadBank: async (name) => (await import('../formats/learnedBank.ts')).loadBank(name),
    onReady: refreshFilters,
    onMissing: () => results.setState({ filtersStatus: 'missing' }),
    onProblem,
  });
  const desk = startPhotoDesk();
  const pictures = createPictureKeeper({ workspace, results, desk, blobs, fetchSample, onPicture: runner.request });
  const camera = createCameraDesk({ pictures, onProblem });
  const files = createFileDesk({ workspace, blobs, pictures, camera, inputSize, onProblem });

  let tuning: import('./tuning/tuningDesk.ts').TuningDesk | null = null;

  /** A software adapter is left alone: it is nobody's choice for its speed, and measuring would cost what the page needs. */
  async function tuneOnIdle(engine: Engine | null): Promise<void> {
    tuning?.dispose();
    tuning = null;
    if (within || engine?.description.kind !== 'webgpu' || engine.description.isFallback) return;
    const { createTuningDesk } = await import('./tuning/tuningDesk.ts');
    if (results.getState().running !== engine) return;
    tuning = createTuningDesk({ results, engine, onTuned: runner.renew });
  }

  let layers: import('./networkLayer/layerDesk.ts').LayerDesk | null = null;

  async function loadLayers(): Promise<void> {
    const { createLayerDesk } = await import('./networkLayer/layerDesk.ts');
    layers ??= createLayerDesk({ workspace, results, layer });
    runner.request();
  }

  let kinds: import('./kinds/kindDesk.ts').KindDesk | null = null;

  async function loadKinds(): Promise<void> {
    const { createKindDesk } = await import('./kinds/kindDesk.ts');
    kinds ??= createKindDesk({ onReady: runner.request, onProblem });
    runner.request();
  }

  /** What the newest state asks of the engine; null while something of it is missing. */
  function wanted(): Wanted | null {
    const { workspace: now } = workspace.getState();
    const { picture, running } = results.getState();
    if (now.networkLayer !== null) {
      // On its own screen the network is computed as a whole.
      if (now.view.screen !== 'explore') return null;
      if (!layers) void loadLayers();
      return (running && layers?.wanted(running)) ?? null;
    }
    if (!now.kind) return wantedOf(now, results.getState());
    if (!kinds) void loadKinds();
    try {
      return picture && kinds ? kinds.wantedOf(now.kind, picture, now.view.opened !== null) : null;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      onProblem({ kind: 'layer', code: 'invalid', values: { message } });
      return null;
    }
  }

  function refreshFilters(): void {
    const filters = parameters.of(workspace.getState().workspace);
    if (!filters) results.setState({ filtersStatus: 'coming' });
    else if (filters !== results.getState().filters || results.getState().filtersStatus !== 'current')
      results.setState({ filters, filtersStatus: 'current' });
    runner.request();
  }

  /** A share link opens once: a reload brings back what became of it. */
  async function openLinkOfPage(): Promise<void> {
    const { hash, pathname, search } = window.location;
    if (within || !isShareLink(hash)) return;
    const { openSharedLink } = await import('./sharing.ts');
    await openSharedLink(hash, { workspace, blobs, onProblem });
    if (keeping.outlivesReload) window.history.replaceState(null, '', `${pathname}${search}`);
  }
  const onHashChange = () => void openLinkOfPage();
  window.addEventListener('hashchange', onHashChange);

  const stops = [
    () => window.removeEventListener('hashchange', onHashChange),
    keepPinInside({ pointer, results, workspace }),
    pointer.subscribe(({ pin }, { pin: former }) => {
      // The filter that made the pinned map is the one that is shown and edited.
      if (pin && former && pin.channel !== former.channel) workspace.getState().setView({ filter: pin.channel });
    }),
    pointer.subscribe(({ pin, playback }) => {
      if (playback.position === null && pin !== workspace.getState().workspace.view.pin)
        workspace.getState().setView({ pin });
    }),
    runPlayback(
      pointer,
      () => results.getState().output?.shape ?? null,
      { request: (callback) => requestAnimationFrame(callback), cancel: (handle) => cancelAnimationFrame(handle) },
      () => matchMedia('(prefers-reduced-motion: reduce)').matches,
    ),
    workspace.subscribe(({ workspace: next }, { workspace: former }) => {
      const needsLinear = next.view.opened !== null && former.view.opened === null;
      if (next.graph !== former.graph || next.weights !== former.weights || needsLinear) refreshFilters();
      if (next.networkLayer !== former.networkLayer || exploredState(next) !== exploredState(former)) runner.request();
      if (next.networkLayer !== null && next.view.screen !== former.view.screen) runner.request();
    }),
  ];
  const stopKeeping = keeping.keep(workspace, blobs, onStorageProblem);

  await openLinkOfPage();
  const { pin: kept } = workspace.getState().workspace.view;
  if (kept) pinUnit(pointer, kept);
  refreshFilters();
  if (engineAtFirst === 'starting') void engines.choose(choice);

  const session: Session = {
    workspace,
    pointer,
    results,
    layer,
    blobs,
    camera: camera.state,
    openFile: files.open,
    startCamera: camera.startCamera,
    stopCamera: camera.stop,
    async freeze() {
      const frame = await camera.freeze();
      if (frame) await files.keepFrame(frame);
      camera.stop();
    },
    paint: (overlay) => files.paint(overlay, results.getState().picture),
    async painting() {
      const { painting } = workspace.getState().workspace.input;
      const bytes = painting && (await blobs.get(painting.hash));
      return bytes ? new ImageData(new Uint8ClampedArray(bytes), painting.width, painting.height) : null;
    },
    chooseEngine: engines.choose,
    rest: engines.rest,
    choosePrecision(next) {
      if (next === precision) return;
      precision = next;
      runner.renew();
    },
    async check(onProgress, signal) {
      const { checkOutput } = await import('./checkOutput.ts');
      return checkOutput(results.getState(), workspace.getState().workspace, onProgress, signal);
    },
    async exportAs(kind) {
      const { download, makeExport } = await import('./exports.ts');
      download(await makeExport(kind, session, blobs));
    },
    async exportPicture(words) {
      const { download, makePicture } = await import('./exports.ts');
      download(await makePicture(session, words));
    },
    async share() {
      const { shareLink } = await import('./sharing.ts');
      return shareLink(workspace.getState().workspace, blobs);
    },
    dismissProblem: () => results.setState({ problem: null }),
    dispose() {
      for (const stop of stops) stop();
      stopKeeping();
      tuning?.dispose();
      layers?.dispose();
      runner.dispose();
      pictures.dispose();
      desk.dispose();
      engines.dispose();
    },
  };
  return session;
}

/** What Explore's convolution asks of the engine; null while the picture or the filters are missing. */
function wantedOf({ graph, focus, view }: Workspace, { picture, filters, filtersStatus }: ResultsState): Wanted | null {
  // Filters of an earlier workspace may not fit the layer.
  if (!picture || !filters || filtersStatus !== 'current') return null;
  return {
    graph,
    parameters: { [focus]: filters.values },
    picture,
    focus,
    shown: activationNodeAfter(graph, focus)?.id ?? focus,
    isLinear: activationAfter(graph, focus) === 'none',
    keepLinear: view.opened !== null,
    kind: null,
  };
}
