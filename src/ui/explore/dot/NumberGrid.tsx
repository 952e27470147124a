/** A small matrix of printed numbers in coloured cells: a patch, a kernel slice, their products. */
import { memo } from 'react';
import type { PrintedNumber } from './terms.ts';

export interface NumberGridProps {
  readonly caption: string;
  readonly label: string;
  readonly columns: number;
  readonly numbers: readonly PrintedNumber[];
  readonly colourOf: (value: number) => { readonly background: string; readonly ink: string };
  /** Cells that are hatched because they are padding. */
  readonly hatched?: readonly boolean[];
  /** Exact values go here while a cell is pointed at. */
  readonly onPoint: (tap: number | null) => void;
  /** What the grid counts in the cost formula ("K"). */
  readonly counts?: string;
}

function tapOf(target: EventTarget): number | null {
  const cell = target instanceof Element ? target.closest('[data-tap]') : null;
  const tap = cell instanceof HTMLElement ? cell.dataset.tap : undefined;
  return tap === undefined ? null : Number(tap);
}

export const NumberGrid = memo(function NumberGrid(props: NumberGridProps) {
  const { caption, label, columns, numbers, colourOf, hatched, onPoint, counts } = props;
  return (
    <figure className="number-grid">
      <div
        role="img"
        aria-label={label}
        className="number-cells mono"
        data-counts={counts}
        style={{ gridTemplateColumns: `repeat(${columns}, var(--cell))` }}
        onPointerOver={(event) => onPoint(tapOf(event.target))}
        onPointerLeave={() => onPoint(null)}
      >
        {numbers.map((number, tap) => {
          const { background, ink } = colourOf(number.value);
          return (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a tap is its place
              key={tap}
              data-tap={tap}
              data-padding={hatched?.[tap] || undefined}
              style={{ backgroundColor: background, color: ink }}
            >
              {number.text}
            </span>
          );
        })}
      </div>
      <figcaption>{caption}</figcaption>
    </figure>
  );
});
