/**
 * Keys on the table, as the ARIA practices have a treegrid with the focus on rows: arrows choose rows, open and close blocks; Enter goes to
 * the row's numbers and Escape back; and the commands of a row.
 */
import type { KeyboardEvent } from 'react';
import type { TableRow } from '../../../views/network/table/rows.ts';

interface RowCommands {
  /** Makes the row of that number the active one, and gives it the focus. */
  readonly go: (index: number) => void;
  readonly setOpen: (row: TableRow, isOpen: boolean) => void;
  readonly move: (row: TableRow, step: 1 | -1) => void;
  readonly duplicate: (row: TableRow) => void;
  readonly remove: (row: TableRow) => void;
  readonly switchOff: (row: TableRow) => void;
  readonly explore: (row: TableRow) => void;
  /** While a row is to be chosen to be joined; null: none is. */
  readonly picking: { readonly pick: (row: TableRow) => void; readonly cancel: () => void } | null;
}

const rowsOfAPage = 8;

export function onRowKey(
  event: KeyboardEvent<HTMLElement>,
  rows: readonly TableRow[],
  { go, setOpen, move, duplicate, remove, switchOff, explore, picking }: RowCommands,
): void {
  const target = event.target as HTMLElement;
  // A row's card and menus hang in it, but their keys are their own.
  if (target.closest('[popover]')) return;
  const element = target.closest<HTMLElement>('[data-row]');
  const index = rows.findIndex(({ key }) => key === element?.dataset.row);
  const row = rows[index];
  if (!element || !row || event.defaultPrevented) return;
  const isOnRow = target === element;
  const isCommand = event.ctrlKey || event.metaKey;
  const done = (act: () => void) => {
    event.preventDefault();
    act();
  };
  if (event.altKey) {
    if (event.key === 'ArrowDown') done(() => move(row, 1));
    else if (event.key === 'ArrowUp') done(() => move(row, -1));
    return;
  }
  if (isCommand) {
    if (event.key.toLowerCase() === 'd') done(() => duplicate(row));
    return;
  }
  if (!isOnRow) {
    if (event.key === 'Escape') done(() => element.focus());
    return;
  }
  if (picking && (event.key === 'Enter' || event.key === ' ')) {
    done(() => picking.pick(row));
    return;
  }
  if (picking && event.key === 'Escape') {
    done(picking.cancel);
    return;
  }
  const act = rowAction(event.key, rows, index, { go, setOpen, remove, switchOff, explore }, () =>
    firstControl(element)?.focus(),
  );
  if (act) done(act);
}

type Steps = Pick<RowCommands, 'go' | 'setOpen' | 'remove' | 'switchOff' | 'explore'>;

/** What a key does on the row itself; null: nothing. */
function rowAction(
  key: string,
  rows: readonly TableRow[],
  index: number,
  { go, setOpen, remove, switchOff, explore }: Steps,
  enter: () => void,
): (() => void) | null {
  const row = rows[index]!;
  const last = rows.length - 1;
  const parent = rows.slice(0, index).findLastIndex(({ level }) => level < row.level);
  switch (key) {
    case 'ArrowDown':
      return () => go(Math.min(last, index + 1));
    case 'ArrowUp':
      return () => go(Math.max(0, index - 1));
    case 'PageDown':
      return () => go(Math.min(last, index + rowsOfAPage));
    case 'PageUp':
      return () => go(Math.max(0, index - rowsOfAPage));
    case 'Home':
      return () => go(0);
    case 'End':
      return () => go(last);
    case 'ArrowRight':
      if (row.kind === 'layer') return enter;
      return row.isOpen ? () => go(index + 1) : () => setOpen(row, true);
    case 'ArrowLeft':
      if (row.kind === 'block' && row.isOpen) return () => setOpen(row, false);
      return parent >= 0 ? () => go(parent) : null;
    case 'Enter':
      return row.kind === 'block' ? () => setOpen(row, !row.isOpen) : enter;
    case ' ':
      return () => switchOff(row);
    case 'e':
    case 'E':
      return () => explore(row);
    case 'Delete':
    case 'Backspace':
      return () => remove(row);
    default:
      return null;
  }
}

function firstControl(row: HTMLElement): HTMLElement | null {
  return row.querySelector<HTMLElement>('[role="spinbutton"], button');
}
