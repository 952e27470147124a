/** The store of one workspace: its state, its history and every action that changes it. */
import type { StoreApi } from 'zustand/vanilla';
import type { FilterState, Normalisation } from '../graph/weights/filterState.ts';
import type { ActivationName } from '../operators/activation/attributes.ts';
import type { Conv2d } from '../operators/conv2d/attributes.ts';
import type { InputState, ViewState, Workspace } from './workspace.ts';

/** Something that the person should know about a change just made: an i18n key under `notices` and its numbers. */
export interface Notice {
  /** Counts up, so that the same notice twice is seen twice. */
  readonly id: number;
  readonly code: string;
  readonly values: Readonly<Record<string, number | string>>;
}

/** Which filters an action changes: one output channel, or all of them. */
export type FilterTarget = number | 'all';
/** Which channel slices of a filter: one, or all. */
export type SliceTarget = number | 'all';

export interface WorkspaceState {
  readonly workspace: Workspace;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly notice: Notice | null;

  /** Changes attributes of the focused convolution; what must move with them moves, and a notice says so. */
  setConv(change: Partial<Omit<Conv2d, 'kind' | 'inChannels'>>): void;
  setActivation(name: ActivationName): void;
  /** A layer read from pasted code. `inChannels` 1, 3 or 4 switches the input's channels; the presets are kept. */
  replaceLayer(conv: Conv2d, activation: ActivationName | null): void;
  setInput(change: Partial<InputState>): void;

  /** Gives filters a recipe (an index-carrying recipe is numbered per filter for 'all'). */
  setFilter(target: FilterTarget, change: Partial<FilterState>): void;
  /** A whole bank over all filters: the classic mix, Gabor, opponents, random or learned. */
  setBank(bank: 'classic' | 'gabor' | 'opponent' | 'random' | 'blazeface' | 'posenet' | 'face', seed?: number): void;
  /** Replaces a filter's numbers: [Cin/groups, kh, kw] float32. Edits within one gesture (same `gesture` id) undo as one. */
  editFilter(filter: number, values: Float32Array, gesture: string): void;
  setNormalisation(target: FilterTarget, normalise: Normalisation): void;
  setBias(filter: FilterTarget, value: number): void;

  /** View changes are kept and restored, but are not steps of undo. */
  setView(change: Partial<ViewState>): void;

  undo(): void;
  redo(): void;
  /** A shared link or a dropped file: the previous work stays one undo away. */
  open(workspace: Workspace): void;
  dismissNotice(): void;
}

export type WorkspaceStore = StoreApi<WorkspaceState>;
