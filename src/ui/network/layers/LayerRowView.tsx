/** A row of the table: a layer with its code, numbers and commands, and below it why it cannot run; or a block with its sums. */
import { ChevronRight, Eye, EyeOff, GripVertical, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import type { Column } from '../../../views/network/table/columns.ts';
import { type BlockRow, type LayerRow, lastName, type TableRow } from '../../../views/network/table/rows.ts';
import { CodeCell } from './CodeCell.tsx';
import { ownWeightsOf, useWeightsName } from './card/weightsName.ts';
import { NumberCell } from './cells.tsx';
import { RowError, RowNote } from './RowError.tsx';
import type { LayerEdits } from './useEdits.ts';
import type { RowDrag } from './useRowDrag.ts';

export interface RowViewProps {
  readonly row: TableRow;
  /** From 0, among the rows that are shown. */
  readonly index: number;
  readonly plan: NetworkPlan;
  readonly edits: LayerEdits;
  readonly columns: readonly Column[];
  readonly most: Readonly<Record<Column, number>>;
  readonly isActive: boolean;
  readonly isCumulative: boolean;
  /** Null where rows are sorted: there is no order to move them in. */
  readonly drag: RowDrag | null;
  readonly onChoose: () => void;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
  readonly settings: ReactNode;
  /** A layer is to be chosen, and this row's does not go with it. */
  readonly isUnfit: boolean;
  /** What is said right below the row, beside its error; false: nothing. */
  readonly note: ReactNode;
}

export function RowView(props: RowViewProps) {
  const { row, index, columns, most, isActive, isCumulative, drag, onChoose, settings, isUnfit, note } = props;
  const { t } = useTranslation('network');
  const isBlock = row.kind === 'block';
  const isOpen = isBlock && row.isOpen;
  const isPicture = !isBlock && row.number === 0;
  const isOff = !isBlock && row.off.size === row.nodes.length;
  return (
    <>
      <tr
        aria-level={row.level}
        aria-expanded={isBlock ? row.isOpen : undefined}
        aria-rowindex={index + 2}
        aria-selected={isActive}
        aria-disabled={isUnfit || undefined}
        tabIndex={isActive ? 0 : -1}
        className="network-row"
        data-row={row.key}
        data-kind={isPicture ? 'picture' : row.kind}
        data-off={isOff}
        data-failed={!isBlock && row.error !== null}
        data-waiting={!isBlock && row.waitsFor !== null}
        data-drop={drag?.drop === index}
        onClick={({ target }) => {
          // The card that hangs in the row is no part of it.
          if (!(target instanceof Element && target.closest('[popover]'))) onChoose();
        }}
      >
        <th scope="row" style={{ paddingInlineStart: 4 + 14 * (row.level - 1) }}>
          <span className="network-cell">
            {drag && !isPicture && (
              <span
                className="network-grip"
                aria-hidden="true"
                title={t('layers.grip', { layer: row.key })}
                {...drag.grip(row)}
              >
                <GripVertical />
              </span>
            )}
            {isBlock ? <BlockName {...props} row={row} /> : <LayerName {...props} row={row} />}
          </span>
        </th>
        {columns.map((column) => (
          <NumberCell
            key={column}
            column={column}
            numbers={row.numbers}
            isCumulative={isCumulative}
            most={most[column]}
            hasBar={!isOpen}
          />
        ))}
        <td className="network-commands">
          {!isPicture && <Commands {...props} isOff={isOff} />}
          {settings}
        </td>
      </tr>
      {!isBlock && row.error && <RowError row={row} columns={columns.length + 2} />}
      {note && <RowNote columns={columns.length + 2}>{note}</RowNote>}
    </>
  );
}

function LayerName({ row, plan, edits, isActive }: RowViewProps & { readonly row: LayerRow }) {
  const { t } = useTranslation('network');
  const head = row.nodes[0].id;
  const names = row.nodes.map(({ id }, i) => (i === 0 ? (row.level > 1 ? lastName(id) : id) : lastName(id)));
  const sees = row.numbers?.field;
  const { weightsName } = useWeightsName();
  const own = row.nodes.flatMap((node) => ownWeightsOf(node, plan.state.weights) ?? []);
  return (
    <>
      <span className="network-number mono" aria-hidden="true">
        {row.number > 0 ? row.number : ''}
      </span>
      <span className="network-words">
        <CodeCell row={row} plan={plan} edits={edits} isTabStop={isActive} />
        <span className="network-names mono">
          {row.number > 0 && <span title={head}>{names.join(' · ')}</span>}
          {own.map((weights) => (
            <span key={weightsName(weights)} className="network-mark">
              {weightsName(weights)}
            </span>
          ))}
          {row.off.size > 0 && <span className="network-mark">{t('layers.off')}</span>}
          {row.waitsFor !== null && (
            <span className="network-mark warn">{t('layers.waits', { node: row.waitsFor })}</span>
          )}
          {row.seesNothingNew && sees && (
            <span className="network-mark field" title={t('layers.nothingNewHint', { field: sees.size.join(' × ') })}>
              {t('layers.nothingNew')}
            </span>
          )}
        </span>
      </span>
    </>
  );
}

function BlockName({ row, isActive, onToggle }: RowViewProps & { readonly row: BlockRow }) {
  const { t } = useTranslation('network');
  return (
    <>
      <button
        type="button"
        className="network-block-toggle"
        tabIndex={isActive ? 0 : -1}
        aria-label={t(row.isOpen ? 'layers.close' : 'layers.open', { block: row.block })}
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        <ChevronRight aria-hidden="true" data-open={row.isOpen} />
      </button>
      <span className="network-words">
        <span className="network-block-name mono">{row.level > 1 ? lastName(row.block) : row.block}</span>
        <span className="network-names">
          {t('layers.inBlock', { count: row.layers })}
          {row.errors > 0 && <span className="network-mark error">{t('layers.errorsIn', { count: row.errors })}</span>}
        </span>
      </span>
    </>
  );
}

function Commands({ row, edits, isActive, isOff, onRemove }: RowViewProps & { readonly isOff: boolean }) {
  const { t } = useTranslation('network');
  const names = { layer: row.key };
  const tabIndex = isActive ? 0 : -1;
  return (
    <>
      {row.kind === 'layer' && (
        <button
          type="button"
          className="network-command"
          tabIndex={tabIndex}
          aria-pressed={isOff}
          aria-label={t('layers.switchOff', names)}
          title={t(isOff ? 'layers.switchOn' : 'layers.switchOff', names)}
          onClick={(event) => {
            event.stopPropagation();
            edits.switchOff(
              row.nodes.map(({ id }) => id),
              !isOff,
            );
          }}
        >
          {isOff ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
        </button>
      )}
      <button
        type="button"
        className="network-command"
        tabIndex={tabIndex}
        aria-label={t('layers.remove', names)}
        title={t('layers.remove', names)}
        onClick={(event) => {
          event.stopPropagation();
          onRemove();
        }}
      >
        <X aria-hidden="true" />
      </button>
    </>
  );
}
