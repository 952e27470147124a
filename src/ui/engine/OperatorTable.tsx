/** Each operator of the run: the programs that computed it, its time, its rates, and its share of what the device allows. */
import { useTranslation } from 'react-i18next';
import { type OperatorProfile, type Profile, ratesOf } from '../../engine/profile.ts';
import type { Graph } from '../../graph/graph.ts';
import { byteCount, exactCount, milliseconds, siCount } from '../../math/format.ts';
import { rateText, shareText } from './numbers.ts';
import { operatorName } from './operatorName.ts';

interface OperatorTableProps {
  readonly graph: Graph;
  readonly profile: Profile;
  readonly marked: number | null;
  readonly onMark: (place: number | null) => void;
}

const columns = ['time', 'macs', 'gflops', 'traffic', 'bandwidth', 'share', 'compile', 'maps'] as const;

export function OperatorTable({ graph, profile, marked, onMark }: OperatorTableProps) {
  const { t } = useTranslation('engine');
  const { operators, whole } = profile;
  const sum = (value: (operator: OperatorProfile) => number) =>
    operators.reduce((total, each) => total + value(each), 0);
  const macs = sum((operator) => operator.macs);
  const compileMs = sum((operator) => operator.compileMs ?? 0);
  const isCompiled = operators.some((operator) => operator.compileMs !== null);
  return (
    <table className="engine-operators" aria-label={t('operators')}>
      <thead>
        <tr>
          <th scope="col">{t('column.operator')}</th>
          <th scope="col">{t('column.programs')}</th>
          {columns.map((name) => (
            <th key={name} scope="col" title={t(`hint.${name}`)}>
              {t(`column.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {operators.map((operator, place) => (
          <OperatorRow
            key={operator.node}
            {...{ graph, operator, profile }}
            number={place + 1}
            isMarked={marked === place}
            onPoint={(isOver) => onMark(isOver ? place : null)}
          />
        ))}
      </tbody>
      {operators.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row">{t('total')}</th>
            <td />
            <Cell name={t('column.time')}>{milliseconds(whole.ms)} ms</Cell>
            <Cell name={t('column.macs')}>{siCount(macs)}</Cell>
            <Cell name={t('column.gflops')}>{rateText((2e-6 * macs) / whole.ms)}</Cell>
            <Cell name={t('column.traffic')}>{byteCount(sum(({ bytes }) => bytes))}</Cell>
            <td />
            <td />
            <Cell name={t('column.compile')}>{isCompiled ? `${milliseconds(compileMs)} ms` : '–'}</Cell>
            <Cell name={t('column.maps')}>{byteCount(sum(({ outputBytes }) => outputBytes))}</Cell>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

interface OperatorRowProps extends Pick<OperatorTableProps, 'graph' | 'profile'> {
  readonly operator: OperatorProfile;
  readonly number: number;
  readonly isMarked: boolean;
  readonly onPoint: (isOver: boolean) => void;
}

function OperatorRow({ graph, profile, operator, number, isMarked, onPoint }: OperatorRowProps) {
  const { t } = useTranslation('engine');
  const { programs, shape, macs, bytes, outputBytes, timing, compileMs } = operator;
  const rates = ratesOf(operator, profile.peak);
  const fused = operator.fused.flatMap((id) => graph.nodes.find((node) => node.id === id) ?? []);
  const joined = fused.filter((node) => node.operator.kind !== 'activation' || node.operator.function !== 'none');
  return (
    <tr data-marked={isMarked || undefined} onPointerEnter={() => onPoint(true)} onPointerLeave={() => onPoint(false)}>
      <th scope="row">
        <span className="engine-name">
          <span className="engine-number">{number}</span>
          <span>
            {[operator, ...joined].map((each) => operatorName(each.operator)).join(' + ')}
            <small className="mono">{shape.slice(1).join(' × ')}</small>
          </span>
        </span>
      </th>
      <td className="mono engine-programs">{programs.length > 0 ? programs.join(', ') : t('noProgram')}</td>
      <Cell name={t('column.time')}>{timing ? `${milliseconds(timing.ms)} ms` : '–'}</Cell>
      <Cell name={t('column.macs')} title={exactCount(macs)}>
        {siCount(macs)}
      </Cell>
      <Cell name={t('column.gflops')}>{rates ? rateText(rates.gflops) : '–'}</Cell>
      <Cell name={t('column.traffic')} title={exactCount(bytes)}>
        {byteCount(bytes)}
      </Cell>
      <Cell name={t('column.bandwidth')}>{rates ? rateText(rates.gigabytesPerSecond) : '–'}</Cell>
      <Cell name={t('column.share')}>
        {rates?.boundBy && rates.share !== null ? (
          <>
            <span className="engine-bar">
              <meter aria-hidden="true" value={Math.min(1, rates.share)} />
              {shareText(rates.share)}
            </span>
            <small>{t(`boundBy.${rates.boundBy}`)}</small>
          </>
        ) : (
          '–'
        )}
      </Cell>
      <Cell name={t('column.compile')}>{compileMs === null ? '–' : `${milliseconds(compileMs)} ms`}</Cell>
      <Cell name={t('column.maps')} title={exactCount(outputBytes)}>
        {byteCount(outputBytes)}
      </Cell>
    </tr>
  );
}

/** On a phone the names of the columns stand before their numbers. */
function Cell({
  name,
  title,
  children,
}: {
  readonly name: string;
  readonly title?: string;
  readonly children: React.ReactNode;
}) {
  return (
    <td className="mono" data-column={name} title={title}>
      {children}
    </td>
  );
}
