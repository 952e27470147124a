/** All ways at the chosen field, one chosen as in any radio group: what each takes, and its time where it has been measured. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { SizedNetwork } from '../../../graph/growth/sizes.ts';
import { type ContextCurve, type ContextLayer, type ContextWay, contextWays } from '../../../graph/price/context.ts';
import { byteCount, exactCount, milliseconds, siCount } from '../../../math/format.ts';
import { Button } from '../../components/Button.tsx';
import { useWayTimes } from './useWayTimes.ts';

export interface ContextTableProps {
  readonly curves: readonly ContextCurve[];
  readonly layer: ContextLayer;
  readonly wanted: number;
  readonly way: ContextWay;
  readonly onWay: (way: ContextWay) => void;
  readonly measure?: (network: SizedNetwork) => Promise<number>;
}

const columns = ['parameters', 'macs', 'trainingBytes', 'inferenceBytes'] as const;

export function ContextTable({ curves, layer, wanted, way, onWay, measure }: ContextTableProps) {
  const { t } = useTranslation('network');
  const group = useId();
  const { times, isMeasuring, failure, start } = useWayTimes(layer, wanted, measure);
  const rows = curves.flatMap((curve) => {
    const point = curve.points.find((each) => each.wanted === wanted);
    return point ? [{ way: curve.way, point }] : [];
  });
  const chosen = rows.find((row) => row.way === way);
  return (
    <>
      <div className="price-scroller">
        <table className="price-table" aria-label={t('price.table', { field: wanted })}>
          <thead>
            <tr>
              <th scope="col">{t('price.way')}</th>
              <th scope="col">{t('price.depth')}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`price.measures.${column}`)}
                </th>
              ))}
              {measure && <th scope="col">{t('price.measures.ms')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ way: each, point }) => (
              <tr key={each} data-chosen={each === way || undefined}>
                <th scope="row">
                  <label>
                    <input type="radio" name={group} checked={each === way} onChange={() => onWay(each)} />
                    <span className="price-number" aria-hidden="true">
                      {contextWays.indexOf(each) + 1}
                    </span>
                    {t(`price.ways.${each}`)}
                  </label>
                </th>
                <td className="mono">{point.depth}</td>
                {columns.map((column) => (
                  <td key={column} className="mono" title={exactCount(point[column])}>
                    {column.endsWith('Bytes') ? byteCount(point[column]) : siCount(point[column])}
                  </td>
                ))}
                {measure && <td className="mono">{timeText(times[each])}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {chosen && chosen.point.field !== wanted && (
        <p className="small">{t('price.larger', { wanted, field: chosen.point.field })}</p>
      )}
      {measure && (
        <p>
          <Button size="small" disabled={isMeasuring} onClick={start}>
            {isMeasuring ? t('price.measuring') : t('price.measure')}
          </Button>
        </p>
      )}
      {failure !== null && (
        <p role="alert" className="price-refused small">
          {t('price.notMeasured', { message: failure })}
        </p>
      )}
    </>
  );
}

function timeText(ms: number | undefined): string {
  return ms === undefined ? '' : `${milliseconds(ms)} ms`;
}
