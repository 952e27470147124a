/** One weight: a coloured cell with its number, and the field in which a new one is typed. All its events are its grid's. */
import { memo } from 'react';

export interface KernelCellProps {
  readonly slice: number;
  readonly y: number;
  readonly x: number;
  readonly name: string;
  readonly text: string | null;
  readonly background: string;
  readonly ink: string;
  readonly isTabStop: boolean;
  /** Lit because this weight is pointed at somewhere on the screen. */
  readonly isLit: boolean;
  /** First column of a slice that is not the first: the gap stands before it. */
  readonly startsSlice: boolean;
  readonly entry: string | null;
  readonly entryName: string;
}

export const KernelCell = memo(function KernelCell(props: KernelCellProps) {
  const { slice, y, x, name, text, background, ink, isTabStop, isLit, startsSlice, entry, entryName } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cell cannot be one of several grids laid side by side
    <div
      role="gridcell"
      className="kernel-cell"
      aria-label={name}
      tabIndex={isTabStop ? 0 : -1}
      data-slice={slice}
      data-y={y}
      data-x={x}
      data-lit={isLit || undefined}
      data-starts-slice={startsSlice || undefined}
      style={{ background, color: ink }}
    >
      {entry === null ? (
        text
      ) : (
        <input
          className="kernel-entry"
          aria-label={entryName}
          defaultValue={entry}
          autoComplete="off"
          spellCheck={false}
          // The cell was chosen by the person a moment ago: the focus only moves inside it.
          // biome-ignore lint/a11y/noAutofocus: see above
          autoFocus
          onFocus={(event) => selectForEntry(event.currentTarget)}
        />
      )}
    </div>
  );
});

/** A number begun by its first key, or by its sign and that, goes on behind it; one opened whole is selected, to be replaced. */
function selectForEntry(field: HTMLInputElement) {
  if (field.value.replace('-', '').length > 1) field.select();
  else field.setSelectionRange(field.value.length, field.value.length);
}
