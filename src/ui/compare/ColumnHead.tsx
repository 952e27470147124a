/** A column's kind, its numbers, its place. */
import { ArrowLeft, ArrowRight, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import {
  blockColumnKinds,
  type Column,
  columnRanges,
  commonDivisors,
  layerColumnKinds,
} from '../../graph/layers/column.ts';
import { columnNumbers } from '../../graph/layers/columnNumbers.ts';
import { asKind } from '../../store/compare.ts';
import { IconButton } from '../components/Button.tsx';
import { NumberField } from '../components/NumberField.tsx';
import { SelectMenu } from '../components/SelectMenu.tsx';
import { useWorkspace } from '../session.tsx';

interface ColumnHeadProps {
  readonly column: Column;
  readonly place: number;
  readonly count: number;
}

const names = {
  kernelSize: 'kernel_size',
  stride: 'stride',
  dilation: 'dilation',
  groups: 'groups',
  depth: 'depth',
} as const;

/** Lets the focus go along with a column: to that button of the column at `place` after the change, or to one beside it that works. */
function focusMoves(place: number, which: 'first' | 'second' | 'third'): void {
  requestAnimationFrame(() => {
    const moves = document.querySelectorAll<HTMLButtonElement>(
      `.column-head[data-place="${place}"] .column-moves button`,
    );
    const wanted = moves[['first', 'second', 'third'].indexOf(which)];
    (wanted?.disabled ? [...moves].find((each) => !each.disabled) : wanted)?.focus({ preventScroll: true });
  });
}

export function ColumnHead({ column, place, count }: ColumnHeadProps) {
  const { t } = useTranslation('compare');
  const compare = useWorkspace((state) => state.workspace.compare);
  const setCompare = useWorkspace((state) => state.setCompare);
  const number = place + 1;
  const change = (subject: string | null, next: (column: Column) => Column) =>
    setCompare(subject && `${place}/${subject}`, (now) => ({
      ...now,
      columns: now.columns.map((each, i) => (i === place ? next(each) : each)),
    }));
  const move = (by: -1 | 1) => {
    setCompare(null, (now) => {
      const columns = [...now.columns];
      const [moved] = columns.splice(place, 1);
      columns.splice(place + by, 0, moved!);
      return { ...now, columns };
    });
    focusMoves(place + by, by === -1 ? 'first' : 'second');
  };
  const remove = () => {
    setCompare(null, (now) => ({ ...now, columns: now.columns.filter((_, i) => i !== place) }));
    if (place === count - 1) focusMoves(place - 1, 'third');
  };
  return (
    <div className="column-head" data-place={place}>
      <div className="column-kind">
        <span className="badge" data-column={number} aria-hidden="true">
          {number}
        </span>
        <SelectMenu
          label={t('kind', { number })}
          hint={t(`what.${column.kind}`)}
          value={column.kind}
          options={[
            ...layerColumnKinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
            { group: t('blocks'), options: blockColumnKinds.map((value) => ({ value, label: t(`kinds.${value}`) })) },
          ]}
          onChange={(kind) => change(null, (now) => asKind(now, kind, compare))}
        />
        <span className="column-moves">
          <IconButton
            size="small"
            label={t('moveLeft', { number })}
            icon={<ArrowLeft size={13} aria-hidden="true" />}
            disabled={place === 0}
            onClick={() => move(-1)}
          />
          <IconButton
            size="small"
            label={t('moveRight', { number })}
            icon={<ArrowRight size={13} aria-hidden="true" />}
            disabled={place === count - 1}
            onClick={() => move(1)}
          />
          <IconButton
            size="small"
            label={t('remove', { number })}
            icon={<X size={13} aria-hidden="true" />}
            disabled={count === 1}
            onClick={remove}
          />
        </span>
      </div>
      <div className="column-numbers">
        {columnNumbers(column.kind).map((name) => (
          <span key={name} className="column-number">
            <span className="mono muted" aria-hidden="true">
              {names[name]}
            </span>
            <NumberField
              name={t('ofColumn', { name: names[name], number })}
              {...columnRanges[name]}
              {...(name === 'groups' ? { allowed: commonDivisors(compare.stem.channels, compare.outChannels) } : {})}
              value={column[name]}
              onChange={(value) => change(name, (now) => ({ ...now, [name]: value }))}
            />
          </span>
        ))}
      </div>
    </div>
  );
}
