/**
 * A session without an engine for component tests of the layer and its kernels: real stores, real filters, a blank picture of a given
 * size, no maps. Commands that reach beyond the stores do nothing.
 */
import { createStore } from 'zustand/vanilla';
import { loadBank } from '../../../formats/learnedBank.ts';
import type { ExploredLayer } from '../../../live/networkLayer/exploredLayer.ts';
import { createParameterKeeper } from '../../../live/parameterKeeper.ts';
import { firstResults, type Picture, type ResultsState } from '../../../live/results.ts';
import type { CameraState, Session } from '../../../live/session.ts';
import type { Pair } from '../../../operators/operator.ts';
import { createBlobStore } from '../../../store/blobs.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import type { KeyValue } from '../../../store/keyValue.ts';
import { createPointerStore } from '../../../store/pointer.ts';
import type { Workspace } from '../../../store/workspace.ts';
import { createWorkspaceStore } from '../../../store/workspaceStore.ts';

const forgetful: KeyValue = {
  get: async (keys) => keys.map(() => undefined),
  set: async () => undefined,
  keys: async () => [],
  removeIf: async () => false,
};

function blankPicture([height, width]: Pair): Picture {
  return {
    rgba: new Uint8ClampedArray(4 * height * width),
    width,
    height,
    fullWidth: width,
    fullHeight: height,
    values: new Float32Array(3 * height * width),
    channels: 3,
    name: 'blank',
    opaque: true,
  };
}

export function createLayerSession(size: Pair = [300, 451], initial: Workspace = defaultWorkspace()): Session {
  const blobs = createBlobStore({ keyValue: forgetful, onProblem: () => undefined });
  const workspace = createWorkspaceStore({ initial, blobs, inputSize: () => size });
  const results = createStore<ResultsState>(() => ({ ...firstResults, picture: blankPicture(size) }));
  const nothing = () => undefined;
  const parameters = createParameterKeeper({
    blobs,
    loadBank,
    onReady: refresh,
    onMissing: nothing,
    onProblem: nothing,
  });
  function refresh(): void {
    const filters = parameters.of(workspace.getState().workspace);
    if (filters && filters !== results.getState().filters) results.setState({ filters });
  }
  workspace.subscribe(refresh);
  refresh();
  return {
    workspace,
    results,
    layer: createStore<ExploredLayer | null>(() => null),
    blobs,
    pointer: createPointerStore(),
    camera: createStore<CameraState>(() => ({ status: 'off', source: null })),
    openFile: async () => undefined,
    startCamera: async () => undefined,
    freeze: async () => undefined,
    stopCamera: () => undefined,
    paint: async () => undefined,
    painting: async () => null,
    rest: nothing,
    chooseEngine: async () => undefined,
    choosePrecision: () => undefined,
    check: async () => ({
      values: 0,
      maxAbsolute: 0,
      maxRelative: 0,
      at: { channel: 0, y: 0, x: 0 },
      passed: true,
    }),
    exportAs: async () => undefined,
    exportPicture: async () => undefined,
    share: async () => ({ kind: 'link', url: '', withoutPhoto: false }),
    dismissProblem: () => undefined,
    dispose: () => undefined,
  };
}
