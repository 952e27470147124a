/** All kinds with their price relative to the first column; a click adds one. Above them, comparisons that tell a story. */
import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { costOf } from '../../graph/cost.ts';
import { inferShapes } from '../../graph/infer.ts';
import {
  blockColumnKinds,
  type Column,
  type ColumnKind,
  columnKinds,
  layerColumnKinds,
} from '../../graph/layers/column.ts';
import { columnSequence } from '../../graph/layers/columnSequence.ts';
import { sequenceNodes } from '../../graph/layers/sequence.ts';
import type { Shape } from '../../operators/operator.ts';
import { columnCount, newColumn } from '../../store/compare.ts';
import { Panel } from '../components/Panel.tsx';
import { SelectMenu } from '../components/SelectMenu.tsx';
import { useWorkspace } from '../session.tsx';
import { useComparison } from './comparison.tsx';
import { ratioText } from './ratio.ts';
import { stories, storyNames, storyOf } from './stories.ts';

export function KindPicker() {
  const { t } = useTranslation('compare');
  const compare = useWorkspace((state) => state.workspace.compare);
  const setCompare = useWorkspace((state) => state.setCompare);
  const stem = useComparison((state) => state.plan?.stem);
  const { columns } = compare;
  const story = storyOf(compare);
  const isFull = columns.length >= columnCount.max;
  const ratios = useMemo(() => {
    if (!stem || stem.shape[1] !== compare.stem.channels) return null;
    const macs = (column: Column) => macsOf(column, stem.shape, compare.outChannels);
    const first = macs(compare.columns[0]!);
    return new Map(columnKinds.map((kind) => [kind, macs(newColumn(kind, compare)) / first]));
  }, [stem, compare]);
  return (
    <Panel
      token="weights"
      title={t('picker')}
      meta={`${columns.length} / ${columnCount.max}`}
      className="compare-kinds"
    >
      <SelectMenu
        label={t('presets')}
        placeholder={t('presets')}
        value={story}
        options={storyNames.map((value) => ({ value, label: t(`stories.${value}`) }))}
        onChange={(next) => setCompare(null, (now) => ({ ...now, columns: stories[next](now) }))}
      />
      {story && <p className="compare-look">{t(`look.${story}`)}</p>}
      {[layerColumnKinds, blockColumnKinds].map((kinds, i) => (
        <Fragment key={kinds[0]}>
          {i === 1 && <h3>{t('blocks')}</h3>}
          <ul>
            {kinds.map((kind) => (
              <li key={kind}>
                <button
                  type="button"
                  // Not disabled: who has just added the last column by keyboard keeps the focus.
                  aria-disabled={isFull}
                  title={isFull ? t('full') : `${t('add', { kind: t(`kinds.${kind}`) })}. ${t(`what.${kind}`)}`}
                  onClick={() => {
                    if (isFull) return;
                    setCompare(null, (now) => ({ ...now, columns: [...now.columns, newColumn(kind, now)] }));
                  }}
                >
                  <Badges kind={kind} columns={columns} />
                  <span>{t(`kinds.${kind}`)}</span>
                  <span className="mono muted" title={t('ratioHint')}>
                    {ratios ? t('times', { ratio: ratioText(ratios.get(kind) ?? 1) }) : ''}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Fragment>
      ))}
    </Panel>
  );
}

function Badges({ kind, columns }: { readonly kind: ColumnKind; readonly columns: readonly Column[] }) {
  const places = columns.flatMap((column, i) => (column.kind === kind ? [i] : []));
  return (
    <span className="kind-badges" aria-hidden="true">
      {places.length === 0 ? (
        <span className="badge" />
      ) : (
        places.map((place) => (
          <span key={place} className="badge" data-column={place + 1}>
            {place + 1}
          </span>
        ))
      )}
    </span>
  );
}

/** Multiply-adds of a column's layer over a bank of `shape`. The rules are loaded as soon as there is a bank. */
function macsOf(column: Column, shape: Shape, outChannels: number): number {
  const source = { id: 'bank', shape };
  const nodes = sequenceNodes(columnSequence(column, shape[1], outChannels), 'layer', source);
  const graph = {
    nodes: [{ id: 'bank', operator: { kind: 'input', channels: shape[1] } as const, inputs: [] }, ...nodes],
  };
  const shapes = inferShapes(graph, { bank: shape });
  return shapes.ok ? costOf(graph, shapes.value).total.macs : Number.NaN;
}
