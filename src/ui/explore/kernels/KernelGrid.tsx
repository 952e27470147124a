/**
 * The weights of one filter as a grid of cells: the channel slices side by side, rows of the kernel as rows of the grid. Keys, wheel,
 * drag and typing all end in `onEdit`; the cell that is pointed at or focused is told to `onPoint`.
 */
import { type ReactNode, useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useElementSize } from '../canvas/useElementSize.ts';
import { cellSize, framePadding, withoutLeadingZero } from './cellSize.ts';
import { type Cell, cellIndex, isPoint } from './editWeights.ts';
import { KernelCell } from './KernelCell.tsx';

import { type EditableGrid, useGridEditing } from './useGridEditing.ts';
import { largestOf, type WeightColours } from './weightColours.ts';
import { weightFormat } from './weightFormat.ts';

export interface KernelGridProps extends EditableGrid {
  /** [slices, kh, kw] of one filter. */
  readonly values: Float32Array;
  readonly label: string;
  readonly colours: WeightColours;
  /** Cells large enough for numbers, whatever the width: the grid scrolls. */
  readonly large: boolean;
  /** The cell that is lit, or null. */
  readonly lit: Cell | null;
  /** What stands under the slices, as wide as they are (CSS pixels each), and scrolls with them. */
  readonly foot: (sliceWidth: number) => ReactNode;
}

export function KernelGrid(props: KernelGridProps) {
  const { values, kernelSize, slices, label, colours, large, lit, current, foot } = props;
  const { t } = useTranslation();
  const hint = useId();
  const frame = useRef<HTMLDivElement>(null);
  const width = (useElementSize(frame)?.width ?? 0) - 2 * framePadding;
  const [kh, kw] = kernelSize;
  const { entry, handlers, gridRef } = useGridEditing(props);

  const largest = useMemo(() => largestOf(values), [values]);
  const texts = useMemo(() => Array.from(values, weightFormat(largest)), [values, largest]);
  const longest = useMemo(() => texts.reduce((most, text) => Math.max(most, text.length), 0), [texts]);
  const columns = columnsOf(slices, kw);
  const size = cellSize(width, kw, slices.length, longest, large);
  const textOf = (index: number) => {
    const text = texts[index] ?? '';
    return size.font === null ? null : size.isShort ? withoutLeadingZero(text) : text;
  };
  // One translation for all cells: the numbers are put in by hand, 675 times for a 15 x 15 x 3 kernel.
  const cellName = isPoint(kernelSize)
    ? t('kernels.slice', { name: '{slice}' })
    : t('kernels.cell', { slice: '{slice}', row: '{row}', column: '{column}' });
  const nameOf = (slice: string, y: number, x: number) =>
    cellName.replace('{slice}', slice).replace('{row}', `${y}`).replace('{column}', `${x}`);

  return (
    <div ref={frame} className="kernel-frame">
      {/* biome-ignore lint/a11y/useSemanticElements: several kernel slices stand side by side in one grid */}
      <div
        ref={gridRef}
        role="grid"
        aria-label={label}
        aria-describedby={hint}
        className="kernel-grid"
        data-counts="K"
        style={{ ['--cell' as string]: `${size.side}px`, fontSize: size.font ?? undefined }}
        {...handlers}
      >
        {Array.from({ length: kh }, (_, y) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row of the kernel is its index
          // biome-ignore lint/a11y/useSemanticElements: rows of the grid above
          // biome-ignore lint/a11y/useFocusableInteractive: the cells take the focus
          <div key={y} role="row" className="kernel-row">
            {columns.map(({ key, slice, x, startsSlice }) => {
              const cell = { slice: slice.index, y, x };
              const index = cellIndex(cell, kernelSize);
              const { background, ink } = colours(values[index] ?? 0, largest);
              const isCurrent = sameCell(cell, current);
              const name = nameOf(slice.name, y, x);
              return (
                <KernelCell
                  key={key}
                  slice={slice.index}
                  y={y}
                  x={x}
                  name={`${name}: ${texts[index] ?? ''}`}
                  text={textOf(index)}
                  background={background}
                  ink={ink}
                  isTabStop={isCurrent}
                  isLit={lit !== null && sameCell(cell, lit)}
                  startsSlice={startsSlice}
                  entry={isCurrent ? entry : null}
                  entryName={name}
                />
              );
            })}
          </div>
        ))}
      </div>
      {foot(kw * size.side)}
      <p id={hint} className="sr-only">
        {t('kernels.cellHint')}
      </p>
    </div>
  );
}

/** The columns of the grid: those of every slice on show, one slice after the other. */
function columnsOf(slices: KernelGridProps['slices'], kw: number) {
  return slices.flatMap((slice, place) =>
    Array.from({ length: kw }, (_, x) => ({ key: `${slice.index}/${x}`, slice, x, startsSlice: x === 0 && place > 0 })),
  );
}

function sameCell(a: Cell, b: Cell): boolean {
  return a.slice === b.slice && a.y === b.y && a.x === b.x;
}
