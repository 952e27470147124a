/**
 * The store of one workspace: its state, its history and every action that changes it. Actions are pure changes (`changes.ts`,
 * `filterChanges.ts`) recorded as steps (`history.ts`).
 *
 * Changes of one gesture undo as one step. A gesture is what lies between `beginGesture` and `endGesture`; without those, changes
 * of the same thing that follow each other within a second. Within a gesture each change starts from the state before the gesture,
 * so what a drag moved on its way (groups, padding, the last filters) comes back when the hand does.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NodeId } from '../graph/graph.ts';
import type { FilterState, Normalisation } from '../graph/weights/filterState.ts';
import type { ActivationName } from '../operators/activation/attributes.ts';
import type { Conv2d } from '../operators/conv2d/attributes.ts';
import type { Moved } from '../operators/conv2d/limits.ts';
import type { Pair } from '../operators/operator.ts';
import type { BlobStore } from './blobs.ts';
import { type Change, changeActivation, changeConv, changeInput, fitView, replaceLayer } from './changes.ts';
import { type CompareState, fitCompare } from './compare.ts';
import { type BankName, changeBank, changeBias, changeFilter, editFilter, type FilterTarget } from './filterChanges.ts';
import { amend, baseOf, closeStep, type History, record, redo, type Step, startHistory, undo } from './history.ts';
import type { KindState } from './kind.ts';
import type { NetworkState } from './network.ts';
import type { Unread } from './unread.ts';
import type { InputState, ViewState, Workspace } from './workspace.ts';

/** Something that the person should know about a change just made: an i18n key under `notices` and its numbers. */
export interface Notice {
  /** Counts up, so that the same notice twice is seen twice. */
  readonly id: number;
  readonly code: string;
  readonly values: Readonly<Record<string, number | string>>;
}

export type { FilterTarget };

/** Which channel slices of a filter: one, or all. */
export type SliceTarget = number | 'all';

/** What only one screen shows, and nothing else depends on. */
export type ScreenPart = 'channels' | 'train';

export interface WorkspaceState {
  readonly workspace: Workspace;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly notice: Notice | null;

  /**
   * Changes attributes of the focused convolution; what must move with them moves, and a notice says so. `control`: which of several
   * controls of the same attribute made the change ("top" of padding); only changes by the same one join to one step.
   */
  setConv(change: Partial<Omit<Conv2d, 'kind' | 'inChannels'>>, control?: string): void;
  setActivation(name: ActivationName): void;
  /** A layer read from pasted code. `inChannels` of 1 to 4 switches the input's channels; the presets are kept. */
  replaceLayer(conv: Conv2d, activation: ActivationName): void;
  setInput(change: Partial<InputState>): void;

  /** Gives filters a recipe (an index-carrying recipe is numbered per filter for 'all'). */
  setFilter(target: FilterTarget, change: Partial<FilterState>): void;
  /** A whole bank over all filters: the classic mix, Gabor, opponents, random or learned. */
  setBank(bank: BankName, seed?: number): void;
  /** Replaces a filter's numbers: [Cin/groups, kh, kw] float32. Edits within one gesture (same `gesture` id) undo as one. */
  editFilter(filter: number, values: Float32Array, gesture: string): void;
  /** The same for several filters at once, as one step. */
  editFilters(edited: ReadonlyMap<number, Float32Array>, gesture: string): void;
  setNormalisation(target: FilterTarget, normalise: Normalisation): void;
  setBias(filter: FilterTarget, value: number): void;

  /** Changes what is compared; `subject` names the control whose changes join to one step, null: a step of its own. */
  setCompare(subject: string | null, change: (compare: CompareState) => CompareState): void;

  /** Changes the layer of another kind, or leaves it for Explore's convolution (null). `moved` is said; `subject` as above. */
  setKind(subject: string | null, change: (kind: KindState | null) => KindState | null, moved?: readonly Moved[]): void;

  /** Makes Explore look at a layer of the network, or at what it looked at before (null). */
  exploreNetwork(layer: NodeId | null): void;

  /** Changes the network; `subject` and `moved` as above. */
  setNetwork(subject: string | null, change: (network: NetworkState) => NetworkState, moved?: readonly Moved[]): void;

  /** Changes what only a late screen understands; `subject` as above. */
  setPart(part: ScreenPart, subject: string | null, change: (state: Unread) => object): void;

  /** View changes are kept and restored, but are not steps of undo. */
  setView(change: Partial<ViewState>): void;

  /** Fits the layer to a picture that has arrived with another size; part of the step before, not one of its own. */
  fitToInput(): void;

  /** From here to `endGesture`, changes are one step of undo: the drag of a slider, the editing of a field. */
  beginGesture(): void;
  endGesture(): void;
  undo(): void;
  redo(): void;
  /** A shared link or a dropped file: the previous work stays one undo away. */
  open(workspace: Workspace): void;
  dismissNotice(): void;
  /** Says something about what has just happened, under `notices`. */
  notify(code: string, values: Notice['values']): void;
}

export interface WorkspaceStore extends StoreApi<WorkspaceState> {
  /** The steps around the present, for `persistence.ts`. */
  history(): History;
}

export interface WorkspaceStoreOptions {
  readonly initial: Workspace;
  /** The steps of an earlier visit, oldest first; and those taken back, the next to redo last. */
  readonly past?: readonly Step[];
  readonly future?: readonly Step[];
  readonly blobs: Pick<BlobStore, 'putNow'>;
  /** Height and width of the working picture at present. */
  readonly inputSize: () => Pair;
  /** Milliseconds on any clock. */
  readonly now?: () => number;
  /** The seed of a random bank for which none is given: an integer of 0 to 2³² - 1. */
  readonly newSeed?: () => number;
}

/** Changes of the same thing within this time of each other are one gesture. */
export const gesturePauseMs = 1000;

export function createWorkspaceStore(options: WorkspaceStoreOptions): WorkspaceStore {
  const { initial, blobs, inputSize, now = Date.now, newSeed = drawSeed } = options;
  let history = startHistory(initial, options.past, options.future);
  let gestures = 0;
  let gesture: string | null = null;
  let lastChange = Number.NEGATIVE_INFINITY;
  let notices = 0;

  const store = createStore<WorkspaceState>()((set, get) => {
    const show = (next: History, notice: Notice | null = get().notice): void => {
      history = next;
      set({
        workspace: next.present,
        canUndo: next.past.length > 0,
        canRedo: next.future.length > 0,
        notice,
      });
    };
    const noticeOf = ({ moved, said }: Pick<Change, 'moved' | 'said'>): Notice | null => {
      const shown = get().notice;
      if (moved.length === 0 && said) return { id: ++notices, ...said };
      if (moved.length === 0) return shown && isAboutChange(shown) ? null : shown;
      const all = (part: keyof Moved) => moved.map((each) => each[part]).join(', ');
      const values = { attribute: all('attribute'), from: all('from'), to: all('to'), count: moved.length };
      // The same thing said again during a drag is the same notice.
      if (shown?.code === 'moved' && JSON.stringify(shown.values) === JSON.stringify(values)) return shown;
      return { id: ++notices, code: 'moved', values };
    };
    /** Makes a change, as a step or as part of the gesture that `subject` belongs to (null: always a step of its own). */
    const make = (subject: string | null, change: (base: Workspace) => Change): void => {
      const time = now();
      if (gesture === null && time - lastChange > gesturePauseMs) history = closeStep(history);
      lastChange = time;
      const key = subject === null ? null : `${gesture ?? ''}/${subject}`;
      const made = change(baseOf(history, key));
      show(record(history, made.workspace, key), noticeOf(made));
    };
    const quiet = (change: (base: Workspace) => Workspace) => (base: Workspace) => ({
      workspace: change(base),
      moved: [],
    });

    return {
      workspace: initial,
      canUndo: history.past.length > 0,
      canRedo: history.future.length > 0,
      notice: null,

      setConv: (change, control = '') =>
        make(`conv/${Object.keys(change).sort().join()}/${control}`, (base) => changeConv(base, change, inputSize())),
      setActivation: (name) =>
        make(
          null,
          quiet((base) => changeActivation(base, name)),
        ),
      replaceLayer: (conv, activation) => make(null, (base) => replaceLayer(base, conv, activation, inputSize())),
      setInput: (change) =>
        make(`input/${Object.keys(change).sort().join()}`, (base) => changeInput(base, change, inputSize())),

      setFilter: (target, change) =>
        make(
          null,
          quiet((base) => changeFilter(base, target, change)),
        ),
      setBank: (bank, seed) => make(null, (base) => changeBank(base, bank, seed ?? newSeed(), inputSize())),
      editFilter: (filter, values, id) => get().editFilters(new Map([[filter, values]]), id),
      editFilters: (edited, id) =>
        make(
          `edit/${[...edited.keys()].join()}/${id}`,
          quiet((base) =>
            [...edited].reduce((made, [filter, values]) => editFilter(made, filter, values, blobs), base),
          ),
        ),
      setNormalisation: (target, normalise) =>
        make(
          null,
          quiet((base) => changeFilter(base, target, { normalise })),
        ),
      setBias: (target, value) =>
        make(
          `bias/${target}`,
          quiet((base) => changeBias(base, target, value)),
        ),

      setCompare: (subject, change) =>
        make(
          subject === null ? null : `compare/${subject}`,
          quiet((base) => ({ ...base, compare: fitCompare(change(base.compare)) })),
        ),

      setKind: (subject, change, moved = []) =>
        make(subject === null ? null : `kind/${subject}`, (base) => ({
          workspace: { ...base, kind: change(base.kind) },
          moved,
        })),

      exploreNetwork: (networkLayer) =>
        make(
          // Stepping on from layer to layer is one step of undo, beginning to do so another.
          networkLayer !== null && get().workspace.networkLayer !== null ? 'networkLayer' : null,
          quiet((base) => ({ ...base, networkLayer })),
        ),

      setNetwork: (subject, change, moved = []) =>
        make(subject === null ? null : `network/${subject}`, (base) => ({
          workspace: { ...base, network: change(base.network) },
          moved,
        })),

      setPart: (part, subject, change) =>
        make(
          subject === null ? null : `${part}/${subject}`,
          quiet((base) => ({ ...base, [part]: change(base[part]) })),
        ),

      setView: (change) => {
        const { present } = history;
        show(amend(history, { ...present, view: fitView({ ...present.view, ...change }, present) }));
      },
      fitToInput: () => {
        const { workspace, moved } = changeConv(history.present, {}, inputSize());
        if (moved.length > 0) show(amend(history, workspace), noticeOf({ moved }));
      },

      beginGesture: () => {
        history = closeStep(history);
        gesture = String(++gestures);
      },
      endGesture: () => {
        history = closeStep(history);
        gesture = null;
      },
      undo: () => show(undo(history), null),
      redo: () => show(redo(history), null),
      open: (workspace) => show(record(closeStep(history), workspace, null, true), null),
      dismissNotice: () => set({ notice: null }),
      notify: (code, values) => set({ notice: { id: ++notices, code, values } }),
    };
  });

  return Object.assign(store, { history: () => history });
}

/** True for what is said of the last change only, and no longer once another is made. */
const isAboutChange = ({ code }: Notice) => /^(moved|bank|layer)\b/.test(code);

function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}
