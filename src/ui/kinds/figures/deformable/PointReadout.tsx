/** The chosen sample written out: its place, its four neighbours with their weights and values, and what the layer takes from there. */
import { useTranslation } from 'react-i18next';
import { EdgeFade } from '../../../components/EdgeFade.tsx';
import { SelectMenu } from '../../../components/SelectMenu.tsx';
import { interpolationOf, twoDecimals } from './interpolation.ts';
import { offsetOf } from './taps.ts';
import type { Sampling } from './useSampling.ts';
import type { ValuesAt } from './useSourcePatch.ts';

interface PointReadoutProps {
  readonly sampling: Sampling;
  readonly hasMask: boolean;
  /** Those that the offset group moves. */
  readonly channels: readonly { readonly channel: number; readonly name: string }[];
  readonly channel: number;
  readonly onChannel: (channel: number) => void;
  readonly valuesAt: ValuesAt;
}

/** What has not been read yet. */
const pending = '…';

export function PointReadout({ sampling, hasMask, channels, channel, onChannel, valuesAt }: PointReadoutProps) {
  const { t } = useTranslation('kinds');
  const { point } = sampling.selected;
  const { dy, dx } = offsetOf(point);
  const columns = sampling.kernelSize[1];
  const { neighbours, value, masked } = interpolationOf(point, valuesAt(point.corners));
  const pair = (a: string | number, b: string | number) => `(${a}, ${b})`;
  return (
    <section className="point-readout" aria-label={t('deformable.readout')}>
      <p className="point-head">
        <b>{t('deformable.tap', { row: Math.floor(point.tap / columns), column: point.tap % columns })}</b>
        <span className="muted">{t('deformable.in')}</span>
        <SelectMenu
          label={t('deformable.channel')}
          value={String(channel)}
          options={channels.map((each) => ({ value: String(each.channel), label: each.name }))}
          onChange={(next) => onChannel(Number(next))}
        />
      </p>
      <p className="point-place">
        <span className="mono">
          {pair(point.from.y, point.from.x)} +{' '}
          <span className="of-field">{pair(twoDecimals(dy), twoDecimals(dx))}</span> ={' '}
          <b>{pair(twoDecimals(point.y), twoDecimals(point.x))}</b>
        </span>
        <span className="muted small">{t('deformable.place')}</span>
      </p>
      <EdgeFade>
        <div className="point-scroll">
          <table className="point-table">
            <thead>
              <tr>
                <th scope="col">{t('deformable.neighbour')}</th>
                <th scope="col">{t('deformable.weight')}</th>
                <th scope="col">{t('deformable.value')}</th>
                <th scope="col">{t('deformable.product')}</th>
              </tr>
            </thead>
            <tbody className="mono">
              {neighbours.map(({ y, x, factors, weight, value: own, product, isInside }) => (
                <tr key={`${y} ${x}`} data-outside={!isInside || undefined}>
                  <th scope="row">{pair(y, x)}</th>
                  <td>
                    <span className="muted">{factors.join('·')} =</span> {weight}
                  </td>
                  <td className="of-input" title={isInside ? undefined : t('deformable.outside')}>
                    {isInside ? (own ?? pending) : <span className="muted">{t('deformable.zero')}</span>}
                  </td>
                  <td>{product ?? pending}</td>
                </tr>
              ))}
            </tbody>
            <tfoot className="mono">
              <tr>
                <th scope="row">Σ</th>
                <td>1.000</td>
                <td />
                <td>
                  <b>{value ?? pending}</b>
                </td>
              </tr>
              {hasMask && (
                <tr>
                  <th scope="row">{t('deformable.mask')}</th>
                  <td colSpan={2}>
                    {twoDecimals(point.mask)} · {value ?? pending} =
                  </td>
                  <td>
                    <b>{masked ?? pending}</b>
                  </td>
                </tr>
              )}
            </tfoot>
          </table>
        </div>
      </EdgeFade>
    </section>
  );
}
