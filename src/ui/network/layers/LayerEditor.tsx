/** The table itself: its rows and keys, totals, and what can be added. */
import { type CSSProperties, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { duplicate } from '../../../graph/network/edit.ts';
import { needLayers } from '../../../graph/network/inferEach.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { columns as allColumns, type Column, columnValue } from '../../../views/network/table/columns.ts';
import type { LayerMs } from '../../../views/network/table/numbers.ts';
import { enclosingBlocks, type TableRow } from '../../../views/network/table/rows.ts';
import { type RowWindow, rowTops, rowWindow } from '../../../views/network/table/windowing.ts';
import { Button } from '../../components/Button.tsx';
import { useElementSize } from '../../explore/canvas/useElementSize.ts';
import { coarse, phone, useMedia } from '../../explore/canvas/useMedia.ts';
import { useExplore } from '../explore/useExplore.ts';
import { useLook } from '../network.tsx';
import { AddRow } from './AddRow.tsx';
import { RowCard } from './card/RowCard.tsx';
import { RefusedJoin } from './joining/RefusedJoin.tsx';
import { usePicking } from './joining/usePicking.ts';
import { RowView } from './LayerRowView.tsx';
import { idsOf, moveBehind, movePast } from './moving.ts';
import { onRowKey } from './rowKeys.ts';
import { TableHead } from './TableHead.tsx';
import { TotalsRow } from './TotalsRow.tsx';
import { useEdits } from './useEdits.ts';
import { useFormerLayer } from './useFormerLayer.ts';
import { useRowDrag } from './useRowDrag.ts';
import { useTable } from './useTable.ts';

/** CSS pixels, as layers.css has them. */
const heights = {
  fine: { row: 40, error: 36, note: 60, edges: 70 },
  coarse: { row: 52, error: 36, note: 60, edges: 80 },
} as const;
/** On a phone, where a reason takes more lines; longer ones scroll. */
const onPhone = { error: 104, note: 140 } as const;
const spareRows = 4;

interface LayerEditorProps {
  readonly plan: NetworkPlan;
  readonly times: LayerMs;
  readonly columns: readonly Column[];
  readonly isCumulative: boolean;
}

export function LayerEditor({ plan, times, columns, isCumulative }: LayerEditorProps) {
  const { t } = useTranslation('network');
  const keys = useId();
  const look = useLook();
  const table = useTable(plan, times, isCumulative);
  useFormerLayer(plan);
  const edits = useEdits(plan);
  const explore = useExplore(plan);
  const base = heights[useMedia(coarse) ? 'coarse' : 'fine'];
  const isPhone = useMedia(phone);
  const size = useMemo(() => (isPhone ? { ...base, ...onPhone } : base), [base, isPhone]);
  const { rows, active, order } = table;
  const joining = usePicking(plan, edits);
  const { picking, refused } = joining;

  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const viewport = useElementSize(scroller);
  const [top, setTop] = useState(0);
  const noted = refused?.row;
  const tops = useMemo(
    () => rowTops(rows.map((row) => heightOf(row, size) + (row.key === noted ? size.note : 0))),
    [rows, size, noted],
  );
  const shown = rowWindow(tops, { top, height: viewport?.height ?? 0 }, spareRows);
  const most = useMemo(() => mostOf(rows, isCumulative), [rows, isCumulative]);

  /** The row that is to have the focus once it is drawn. */
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const element = body.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(wanted.current)}"]`);
    if (!element) return;
    wanted.current = null;
    element.focus({ preventScroll: true });
  });
  const reveal = (index: number) => {
    const element = scroller.current;
    if (!element || index < 0) return;
    const room = element.clientHeight - size.edges;
    const above = Math.min(element.scrollTop, tops[index]!);
    const next = Math.max(above, tops[index + 1]! - room);
    element.scrollTop = next;
    setTop(next);
  };
  const go = (index: number) => {
    const row = rows[index];
    if (!row) return;
    wanted.current = row.key;
    table.choose(row);
    reveal(index);
  };
  const lookAt = (id: string, isFocused: boolean) => {
    if (isFocused) wanted.current = id;
    for (const block of enclosingBlocks(id)) if (!rows.some(({ key }) => key === id)) table.setOpen(block, true);
    look({ layer: id });
  };
  const isPicture = (row: TableRow) => row.kind === 'layer' && row.number === 0;
  const remove = (row: TableRow) => {
    if (isPicture(row)) return;
    const at = rows.indexOf(row);
    edits.remove(idsOf(row));
    go(rows[at + 1] ? at + 1 : at - 1);
  };
  const moveRow = (row: TableRow, step: 1 | -1) => {
    if (isPicture(row) || order) return;
    if (edits.change((graph) => movePast(graph, rows, row, step)) !== null) wanted.current = row.key;
  };
  const doubleRow = (row: TableRow) => {
    if (isPicture(row)) return;
    const focus = edits.change((graph) => {
      const made = duplicate(graph, idsOf(row));
      return made ? { ok: true, value: made } : { ok: false, error: notDoubled(row.key) };
    });
    if (focus !== null) lookAt(focus, false);
  };
  const pick = (row: TableRow) => {
    const focus = joining.pick(row);
    if (focus !== null) lookAt(focus, true);
  };
  const drag = useRowDrag(body, tops, (row, behind) => {
    const target = rows[behind];
    if (!target || target === row) return;
    const focus = edits.change((graph) => moveBehind(graph, row, target));
    if (focus !== null) lookAt(focus, false);
  });

  return (
    <>
      <p id={keys} className="sr-only">
        {t('layers.keys')}
      </p>
      {picking && (
        <p className="network-picking" role="status">
          <span>{t('layers.picking.text', { node: picking.to, join: picking.join })}</span>
          <Button size="small" onClick={joining.cancel}>
            {t('layers.picking.cancel')}
          </Button>
        </p>
      )}
      <div ref={scroller} className="network-scroller" onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a treegrid is a table whose rows open
          role="treegrid"
          className="network-table"
          data-picking={picking !== null}
          aria-label={t('layers.table')}
          aria-describedby={keys}
          aria-rowcount={rows.length + 2}
          onKeyDown={(event) =>
            onRowKey(event, rows, {
              go,
              remove,
              move: moveRow,
              duplicate: doubleRow,
              explore: (row) => explore.openFirst(row.nodes.map(({ id }) => id)),
              picking: picking && { pick, cancel: joining.cancel },
              setOpen: (row, isOpen) => row.kind === 'block' && table.setOpen(row.block, isOpen),
              switchOff: (row) => {
                if (row.kind === 'layer' && !isPicture(row))
                  edits.switchOff([...idsOf(row)], row.off.size < row.nodes.length);
              },
            })
          }
        >
          <TableHead columns={columns} table={table} />
          <tbody ref={body} style={spacers(shown)}>
            {rows.slice(shown.from, shown.to).map((row, i) => (
              <RowView
                key={row.key}
                {...{ row, plan, edits, columns, most, isCumulative }}
                index={shown.from + i}
                isActive={row.key === active?.key}
                drag={order ? null : drag}
                onChoose={() => (picking ? pick(row) : table.choose(row))}
                onToggle={() => row.kind === 'block' && table.setOpen(row.block, !row.isOpen)}
                onRemove={() => remove(row)}
                isUnfit={picking !== null && !joining.fits(row)}
                note={refused?.row === row.key && <RefusedJoin refusal={refused.refusal} onDismiss={joining.dismiss} />}
                settings={
                  isPicture(row) ? null : (
                    <RowCard
                      {...{ row, plan, edits }}
                      isTabStop={row.key === active?.key}
                      onMove={order ? null : (step) => moveRow(row, step)}
                      onDuplicate={() => doubleRow(row)}
                      onPick={(next) => {
                        joining.start(next);
                        wanted.current = row.key;
                      }}
                      onAdded={(id) => lookAt(id, false)}
                    />
                  )
                }
              />
            ))}
          </tbody>
          <TotalsRow plan={plan} times={times} columns={columns} />
        </table>
      </div>
      {!needLayers(plan.whole).ok && <p className="network-empty">{t('layers.empty')}</p>}
      <AddRow plan={plan} edits={edits} behind={active} onAdded={(id) => lookAt(id, false)} />
      <p className="network-conventions muted">
        {t('layers.conventions')} {t('layers.untrained')}
        {plan.graph.nodes.some(({ operator }) => operator.kind === 'batch_norm2d') && ` ${t('layers.norms')}`}
      </p>
    </>
  );
}

/** The room that rows out of sight take: layers.css draws it before and behind the others. */
function spacers({ before, behind }: RowWindow): CSSProperties {
  return { '--before': `${before}px`, '--behind': `${behind}px` } as CSSProperties;
}

function heightOf(row: TableRow, size: { readonly row: number; readonly error: number }): number {
  return size.row + (row.kind === 'layer' && row.error ? size.error : 0);
}

/** What a full bar of each column stands for: the largest of the rows that are no open blocks. */
function mostOf(rows: readonly TableRow[], isCumulative: boolean): Readonly<Record<Column, number>> {
  const closed = rows.filter((row) => row.kind === 'layer' || !row.isOpen);
  const largest = (column: Column) =>
    closed.reduce(
      (most, { numbers }) => Math.max(most, (numbers && columnValue(column, numbers, isCumulative)) ?? 0),
      0,
    );
  return Object.fromEntries(allColumns.map((column) => [column, largest(column)])) as Record<Column, number>;
}

function notDoubled(node: string) {
  return { code: 'not-doubled', values: { node }, message: `'${node}' cannot be doubled` };
}
