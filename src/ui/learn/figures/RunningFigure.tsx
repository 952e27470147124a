/** A layer, and what the device made of it: time, rates, and its place under the roofline. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../../engine/profile.ts';
import type { Measurable } from '../../../live/enginePanel/profileOutput.ts';
import { DeviceFacts } from '../../engine/DeviceFacts.tsx';
import '../../engine/engine.css';
import { OperatorTable } from '../../engine/OperatorTable.tsx';
import { RooflineFigure } from '../../engine/RooflineFigure.tsx';
import { useMeasurement } from '../../engine/useMeasurement.ts';
import { LayerOrKind } from '../../explore/ExploreScreen.tsx';
import { useResults } from '../../session.tsx';
import { useTell } from '../telling.tsx';
import './runningFigure.css';

export function RunningFigure() {
  const { t } = useTranslation('engine');
  const { t: ofLearn } = useTranslation('learn');
  const { measurement } = useMeasurement();
  const hasPicture = useResults((state) => state.picture !== null);
  return (
    <div className="figure-running" id="maps" tabIndex={-1}>
      <section className="panel figure-layer" aria-label={ofLearn('layer')}>
        {hasPicture && <LayerOrKind />}
      </section>
      <section className="panel engine-panel" aria-label={t('title')} aria-busy={measurement.status === 'measuring'}>
        {measurement.status === 'measuring' && <progress aria-label={t('measuring')} value={measurement.share} />}
        {measurement.status === 'failed' && <p role="alert">{t('failed', { reason: measurement.reason })}</p>}
        {measurement.status === 'done' && <Measured {...measurement} />}
      </section>
    </div>
  );
}

function Measured({ measured, profile }: { readonly measured: Measurable; readonly profile: Profile }) {
  const [marked, setMarked] = useState<number | null>(null);
  const layer = profile.operators.find(({ operator }) => operator.kind === 'conv2d');
  useTell(layer ? { of: JSON.stringify(layer.operator), intensity: (2 * layer.macs) / layer.bytes } : null);
  return (
    <>
      <DeviceFacts engine={measured.running.description} profile={profile} />
      <OperatorTable graph={measured.output.graph} profile={profile} marked={marked} onMark={setMarked} />
      <RooflineFigure profile={profile} marked={marked} onMark={setMarked} />
    </>
  );
}
