/** The layers as a table: output, parameters, operations, field, jump, memory, with bars in the cells. A row chooses its layer. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriceRow } from '../../../graph/price/table.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { byteCount, exactCount, siCount } from '../../../math/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { operatorName } from '../../engine/operatorName.ts';
import { useLook, useLookedLayer, usePlan } from '../network.tsx';

interface Row extends PriceRow {
  readonly text: string;
}

const columns = ['params', 'macs', 'field', 'jump', 'memory'] as const;

export function LayerTable() {
  const { t } = useTranslation('network');
  const plan = usePlan();
  const looked = useLookedLayer();
  const look = useLook();
  const rows = useMemo(() => (plan ? rowsOf(plan) : []), [plan]);
  const most = {
    params: Math.max(1, ...rows.map(({ parameters }) => parameters)),
    macs: Math.max(1, ...rows.map(({ macs }) => macs)),
    field: Math.max(1, ...rows.map(({ field }) => field?.size[0] ?? 0)),
    memory: Math.max(1, ...rows.map(({ activationBytes }) => activationBytes)),
  };
  return (
    <Panel
      token="weights"
      title={t('layers.title')}
      meta={plan ? t('layers.meta', { parameters: exactCount(plan.price.totals.parameters) }) : ''}
      className="layer-panel"
    >
      <div className="layer-scroller">
        <table className="layer-table">
          <thead>
            <tr>
              <th scope="col">{t('layers.layer')}</th>
              <th scope="col">{t('layers.output')}</th>
              {columns.map((column) => (
                <th key={column} scope="col" data-column={column}>
                  {t(`layers.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name} aria-selected={row.name === looked} onClick={() => look({ layer: row.name })}>
                <th scope="row">
                  <button type="button" aria-pressed={row.name === looked} onClick={() => look({ layer: row.name })}>
                    <span className="layer-name mono">{row.name}</span> <span className="muted">{row.text}</span>
                  </button>
                </th>
                <td className="mono">{row.output.join(' × ')}</td>
                <BarCell
                  column="params"
                  share={row.parameters / most.params}
                  text={siCount(row.parameters)}
                  title={exactCount(row.parameters)}
                />
                <BarCell
                  column="macs"
                  share={row.macs / most.macs}
                  text={siCount(row.macs)}
                  title={exactCount(row.macs)}
                />
                <BarCell
                  column="field"
                  share={(row.field?.size[0] ?? 0) / most.field}
                  text={row.field ? row.field.size.join(' × ') : '–'}
                />
                <td className="mono">{row.field ? jumpText(row.field.jump) : '–'}</td>
                <BarCell
                  column="memory"
                  share={row.activationBytes / most.memory}
                  text={byteCount(row.activationBytes)}
                />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

interface BarCellProps {
  readonly column: (typeof columns)[number];
  readonly share: number;
  readonly text: string;
  readonly title?: string;
}

function BarCell({ column, share, text, title }: BarCellProps) {
  return (
    <td className="mono" data-column={column} title={title}>
      {text}
      <span className="cell-bar" style={{ width: `${100 * share}%` }} aria-hidden="true" />
    </td>
  );
}

function rowsOf({ graph, price }: NetworkPlan): readonly Row[] {
  const operators = new Map(graph.nodes.map(({ id, operator }) => [id, operator]));
  return price.rows.map((row) => ({
    ...row,
    text: operatorName(operators.get(row.name)!),
  }));
}

const jumpText = ([h, w]: readonly [number, number]) => (h === w ? shortJump(h) : `${shortJump(h)} × ${shortJump(w)}`);
const shortJump = (jump: number) => String(Number(jump.toPrecision(4)));
