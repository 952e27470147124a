/** What ran, and how close to the device's own limit it came: device, operators, roofline, and the ways of computing a convolution. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { version } from '../../../package.json';
import type { AlgorithmResult } from '../../engine/engine.ts';
import type { Profile } from '../../engine/profile.ts';
import { exportName } from '../../formats/exportNames.ts';
import type { NodeId } from '../../graph/graph.ts';
import type { Measurable } from '../../live/enginePanel/profileOutput.ts';
import { reportOf } from '../../live/enginePanel/report.ts';
import { download } from '../../live/exports.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Algorithms } from './Algorithms.tsx';
import { DeviceFacts } from './DeviceFacts.tsx';
import './engine.css';
import { OperatorTable } from './OperatorTable.tsx';
import { PrecisionSwitch } from './PrecisionSwitch.tsx';
import { RooflineFigure } from './RooflineFigure.tsx';
import { useMeasurement } from './useMeasurement.ts';

/** What has been compared so far, by node. */
type Compared = Readonly<Record<NodeId, readonly AlgorithmResult[]>>;
const nothingCompared: Compared = {};

export default function EnginePanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('engine');
  const { measurement, measure } = useMeasurement();
  const [comparison, setComparison] = useState({ of: null as Measurable | null, byNode: nothingCompared });
  const isDone = measurement.status === 'done';
  /** Of another measurement, maybe another network's, nothing is shown. */
  const compared = isDone && comparison.of === measurement.measured ? comparison.byNode : nothingCompared;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title')}
      footer={
        <>
          <Button disabled={measurement.status === 'measuring'} onClick={measure}>
            {t('again')}
          </Button>
          <Button
            variant="primary"
            disabled={!isDone}
            onClick={() => isDone && save(measurement.measured, measurement.profile, compared)}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="engine-panel" aria-busy={measurement.status === 'measuring'}>
        <p className="engine-panel-status" role="status">
          {measurement.status === 'nothing' && t('nothing')}
          {measurement.status === 'failed' && t('failed', { reason: measurement.reason })}
          {measurement.status === 'measuring' && t('measuring')}
          {isDone && <span className="muted">{t('measured')}</span>}
        </p>
        {measurement.status === 'measuring' && <progress aria-label={t('measuring')} value={measurement.share} />}
        {isDone && (
          <Measured
            measured={measurement.measured}
            profile={measurement.profile}
            compared={compared}
            onCompared={(node, results) =>
              setComparison({ of: measurement.measured, byNode: { ...compared, [node]: results } })
            }
          />
        )}
        <PrecisionSwitch />
      </div>
    </Dialog>
  );
}

interface MeasuredProps {
  readonly measured: Measurable;
  readonly profile: Profile;
  readonly compared: Compared;
  readonly onCompared: (node: NodeId, results: readonly AlgorithmResult[]) => void;
}

function Measured({ measured, profile, compared, onCompared }: MeasuredProps) {
  /** The operator that is pointed at, in the table or in the figure. */
  const [marked, setMarked] = useState<number | null>(null);
  return (
    <>
      <DeviceFacts engine={measured.running.description} profile={profile} />
      <OperatorTable graph={measured.output.graph} profile={profile} marked={marked} onMark={setMarked} />
      <div className="engine-panel-lower">
        <RooflineFigure profile={profile} marked={marked} onMark={setMarked} />
        <Algorithms measured={measured} operators={profile.operators} compared={compared} onCompared={onCompared} />
      </div>
    </>
  );
}

function save(measured: Measurable, profile: Profile, algorithms: Compared): void {
  const { running, output } = measured;
  const engine = running.description;
  const report = reportOf({
    version,
    userAgent: navigator.userAgent,
    date: new Date(),
    engine,
    output,
    profile,
    algorithms,
  });
  download(new File([report], exportName('engineJson', output.picture.name), { type: 'application/json' }));
}
