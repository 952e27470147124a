/** The cells of a row behind its code: numbers with their bars. Exact numbers stand under the pointer. */
import { useTranslation } from 'react-i18next';
import { byteCount, exactCount, milliseconds, percent, siCount } from '../../../math/format.ts';
import type { Pair } from '../../../operators/operator.ts';
import { type Column, type CountColumn, columnValue, countOf } from '../../../views/network/table/columns.ts';
import type { Counts, RowNumbers } from '../../../views/network/table/numbers.ts';

interface CellProps {
  readonly column: Column;
  readonly numbers: RowNumbers | null;
  readonly isCumulative: boolean;
  /** What a full bar stands for. */
  readonly most: number;
  readonly hasBar: boolean;
}

export function NumberCell({ column, numbers, isCumulative, most, hasBar }: CellProps) {
  const { t } = useTranslation('network');
  const value = numbers && columnValue(column, numbers, isCumulative);
  const share = value === null || !hasBar || most <= 0 ? 0 : Math.min(1, value / most);
  return (
    <td
      className="mono"
      data-column={column}
      data-label={t(`layers.columns.${column}`)}
      title={numbers ? exactText(column, numbers, isCumulative) : undefined}
    >
      <span className="network-cell-value">{numbers ? cellText(column, numbers, isCumulative) : '–'}</span>
      {share > 0 && barred.has(column) && (
        <span className="network-cell-bar" style={{ width: `${100 * share}%` }} aria-hidden="true" />
      )}
    </td>
  );
}

const barred: ReadonlySet<Column> = new Set(['params', 'macs', 'textbook', 'useful', 'field', 'memory', 'time']);

function cellText(column: Column, numbers: RowNumbers, isCumulative: boolean): string {
  switch (column) {
    case 'output':
      return numbers.output.join(' × ');
    case 'field':
      return numbers.field ? numbers.field.size.join(' × ') : '–';
    case 'jump':
      return numbers.field ? jumpText(numbers.field.jump) : '–';
    case 'params':
    case 'macs':
    case 'textbook':
    case 'useful':
    case 'memory':
    case 'time':
      return countText(column, isCumulative ? numbers.cumulative : numbers);
    default:
      return column satisfies never;
  }
}

export function countText(column: CountColumn, counts: Counts): string {
  const value = countOf(column, counts);
  if (value === null) return '–';
  switch (column) {
    case 'params':
      return value < 100_000 ? exactCount(value) : siCount(value);
    case 'macs':
    case 'textbook':
      return siCount(value);
    case 'useful':
      return percent(value);
    case 'memory':
      return byteCount(value);
    case 'time':
      return milliseconds(value);
    default:
      return column satisfies never;
  }
}

function exactText(column: Column, numbers: RowNumbers, isCumulative: boolean): string | undefined {
  switch (column) {
    case 'params':
    case 'macs':
    case 'textbook':
    case 'memory': {
      const value = countOf(column, isCumulative ? numbers.cumulative : numbers);
      return value === null ? undefined : exactCount(value);
    }
    case 'output':
    case 'useful':
    case 'field':
    case 'jump':
    case 'time':
      return undefined;
    default:
      return column satisfies never;
  }
}

const jumpText = ([h, w]: Pair) => (h === w ? shortJump(h) : `${shortJump(h)} × ${shortJump(w)}`);
/** Jumps behind resized maps may be fractions. */
const shortJump = (jump: number) => String(Number(jump.toPrecision(3)));
