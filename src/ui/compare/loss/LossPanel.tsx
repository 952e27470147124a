/** What is lost when a cheaper layer stands in for a learned one: which layer, its substitutes with their price and error, their maps. */
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { convOf } from '../../../graph/explore.ts';
import { learnedLayer } from '../../../graph/learned/layers.ts';
import { learnedLayerNames } from '../../../graph/learned/names.ts';
import { type LossDesk, startLossDesk } from '../../../live/compare/loss/lossDesk.ts';
import { defaultSubstitutes } from '../../../live/compare/loss/substitutes.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { LossLayerName } from '../../../store/loss.ts';
import { Panel } from '../../components/Panel.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { SelectMenu, type SelectOption } from '../../components/SelectMenu.tsx';
import { useSession, useWorkspace } from '../../session.tsx';
import { LossMapsFigure } from './LossMapsFigure.tsx';
import { LossPlane } from './LossPlane.tsx';
import { LossStatus } from './LossStatus.tsx';
import { LossTable } from './LossTable.tsx';
import './loss.css';
import { LossProvider, useLossConv, useLossState, useSetLoss } from './lossContext.tsx';

/** `children` may ask what has been fitted. */
export default function LossPanel({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation('loss');
  const session = useSession();
  const [desk, setDesk] = useState<LossDesk | null>(null);
  useEffect(() => {
    const started = startLossDesk(session);
    setDesk(started);
    return () => started.dispose();
  }, [session]);
  const conv = useLossConv();
  return (
    <Panel
      token="weights"
      title={t('title')}
      meta={shapeOf(conv)}
      className="compare-loss"
      end={
        <>
          <LayerMenu />
          <CriterionChoice />
        </>
      }
    >
      <p className="muted loss-intro">{t('intro')}</p>
      {desk && (
        <LossProvider value={desk}>
          <LossStatus />
          <div className="loss-body">
            <LossTable />
            <LossPlane />
          </div>
          <LossMapsFigure />
          {children}
        </LossProvider>
      )}
    </Panel>
  );
}

/** "3 × 3, 64 → 64". */
function shapeOf({ kernelSize: [kh, kw], inChannels, outChannels }: Conv2d): string {
  return `${kh} × ${kw}, ${inChannels} → ${outChannels}`;
}

function LayerMenu() {
  const { t } = useTranslation('loss');
  const { layer } = useLossState();
  const setLoss = useSetLoss();
  const own = useWorkspace(({ workspace }) => convOf(workspace.graph, workspace.focus));
  const option = (name: (typeof learnedLayerNames)[number]): SelectOption<LossLayerName> => {
    const { conv, id } = learnedLayer(name);
    return { value: name, label: `${t(`networks.${networkOf(name)}`)} ${id} · ${shapeOf(conv)}` };
  };
  const isFirst = (name: LossLayerName) => /\/(conv0|F_m1)$/.test(name);
  const inner = (network: string) =>
    learnedLayerNames.filter((name) => networkOf(name) === network && !isFirst(name)).map(option);
  return (
    <SelectMenu<LossLayerName>
      label={t('layer')}
      value={layer}
      options={[
        { group: t('networks.esrgan'), options: inner('esrgan') },
        { group: t('networks.posenet'), options: inner('posenet') },
        { group: t('networks.blazeface'), options: inner('blazeface') },
        { group: t('firstLayers'), options: learnedLayerNames.filter(isFirst).map(option) },
        { group: t('networks.explore'), options: [{ value: 'explore', label: `${t('explore')} · ${shapeOf(own)}` }] },
      ]}
      onChange={(name) => {
        const conv = name === 'explore' ? own : learnedLayer(name).conv;
        setLoss(null, (now) => ({ ...now, layer: name, substitutes: defaultSubstitutes(conv) }));
      }}
    />
  );
}

/** 'esrgan/F_0' → 'esrgan'. */
function networkOf(name: (typeof learnedLayerNames)[number]) {
  return name.split('/')[0] as 'esrgan' | 'posenet' | 'blazeface' | 'face';
}

function CriterionChoice() {
  const { t } = useTranslation('loss');
  const { by } = useLossState();
  const setLoss = useSetLoss();
  return (
    <SegmentedControl
      label={t('by')}
      value={by}
      options={(['responses', 'weights'] as const).map((value) => ({
        value,
        label: t(`criteria.${value}`),
        hint: t(`criteriaHints.${value}`),
      }))}
      onChange={(next) => setLoss(null, (now) => ({ ...now, by: next }))}
    />
  );
}
