/**
 * The commands of the page, each defined once: its name, its shortcut, when it can be done, and what it does. Buttons, menus, the
 * keyboard and the help page read this list, so they cannot disagree.
 */
import type { ParseKeys } from 'i18next';
import type { ResultsState } from '../../live/results.ts';
import type { ExportKind, Session } from '../../live/session.ts';
import type { WorkspaceState } from '../../store/workspaceStore.ts';

/** What an action may reach: the session, and the parts of the shell that open and close. */
export interface ActionContext {
  readonly session: Session;
  readonly openFileDialog: () => void;
  readonly openHelp: () => void;
  readonly openShare: () => void;
}

interface Shortcut {
  /** `KeyboardEvent.key`, lower case. */
  readonly key: string;
  /** Ctrl, or Cmd on a Mac. */
  readonly command?: boolean;
  readonly shift?: boolean;
}

export interface Action {
  readonly name: ParseKeys;
  readonly shortcuts: readonly Shortcut[];
  readonly isEnabled: (workspace: WorkspaceState, results: ResultsState) => boolean;
  readonly perform: (context: ActionContext) => void;
}

const always = () => true;

export const actions = {
  undo: {
    name: 'shell.actions.undo',
    shortcuts: [{ key: 'z', command: true }],
    isEnabled: (workspace) => workspace.canUndo,
    perform: ({ session }) => session.workspace.getState().undo(),
  },
  redo: {
    name: 'shell.actions.redo',
    shortcuts: [
      { key: 'z', command: true, shift: true },
      { key: 'y', command: true },
    ],
    isEnabled: (workspace) => workspace.canRedo,
    perform: ({ session }) => session.workspace.getState().redo(),
  },
  open: {
    name: 'shell.actions.open',
    shortcuts: [{ key: 'o', command: true }],
    isEnabled: always,
    perform: ({ openFileDialog }) => openFileDialog(),
  },
  share: {
    name: 'shell.actions.share',
    shortcuts: [],
    isEnabled: always,
    perform: ({ openShare }) => openShare(),
  },
  help: {
    name: 'shell.actions.help',
    shortcuts: [{ key: '?' }],
    isEnabled: always,
    perform: ({ openHelp }) => openHelp(),
  },
} as const satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;

/** What `Export` offers, in the order of the menu. */
export const exportKinds = [
  'npz',
  'png',
  'csv',
  'json',
  'pytorch',
  'convscope',
] as const satisfies readonly ExportKind[];

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** As a person reads them: "Ctrl+Shift+Z", "⇧⌘Z". */
export function shortcutTexts({ shortcuts }: Action): readonly string[] {
  return shortcuts.map(textOf);
}

/** The first of them, where there is room for one. */
export function shortcutText(action: Action): string | undefined {
  return shortcutTexts(action)[0];
}

function textOf(shortcut: Shortcut): string {
  const key = shortcut.key.toUpperCase();
  if (isMac) return `${shortcut.shift ? '⇧' : ''}${shortcut.command ? '⌘' : ''}${key}`;
  return `${shortcut.command ? 'Ctrl+' : ''}${shortcut.shift ? 'Shift+' : ''}${key}`;
}

/** The action that a key press means; none where the key belongs to a text being written. */
export function actionOf(event: KeyboardEvent): Action | undefined {
  if (event.defaultPrevented || event.altKey || isWriting(event.target)) return undefined;
  const command = isMac ? event.metaKey : event.ctrlKey;
  return Object.values<Action>(actions).find((action) =>
    action.shortcuts.some(
      (shortcut) =>
        shortcut.key === event.key.toLowerCase() &&
        (shortcut.command ?? false) === command &&
        // '?' needs Shift on most keyboards and not on others.
        (shortcut.key === '?' || (shortcut.shift ?? false) === event.shiftKey),
    ),
  );
}

/** Number fields are not writing: their values have their place in the page's own undo. */
function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLElement && target.isContentEditable) return true;
  return target instanceof HTMLInputElement && ['text', 'search', 'url', 'email'].includes(target.type);
}
