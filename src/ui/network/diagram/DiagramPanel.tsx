/** The network as a diagram: what each layer learns in amber, its maps in grey, and what the unit in focus reads as a beam through all. */
import { useTranslation } from 'react-i18next';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { exactCount } from '../../../math/format.ts';
import { diagramScales } from '../../../store/network.ts';
import { Panel } from '../../components/Panel.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { useLook, usePlan } from '../network.tsx';
import './diagram.css';
import { DiagramExport } from './DiagramExport.tsx';
import { Strip } from './Strip.tsx';
import { useDiagram } from './useDiagram.ts';

export function DiagramPanel() {
  const { t } = useTranslation('network');
  const plan = usePlan();
  if (plan) return <PlanDiagram plan={plan} />;
  return (
    <Panel token="weights" title={t('diagram.title')} className="diagram-panel">
      <p className="muted">{t('context.waiting')}</p>
    </Panel>
  );
}

const legend = ['input', 'weights', 'maps', 'field'] as const;

function PlanDiagram({ plan }: { readonly plan: NetworkPlan }) {
  const { t } = useTranslation('network');
  const look = useLook();
  const diagram = useDiagram(plan);
  return (
    <Panel
      token="weights"
      title={t('diagram.title')}
      meta={t('diagram.meta', { parameters: exactCount(plan.price.totals.parameters) })}
      className="diagram-panel"
      end={
        <>
          <span className="diagram-legend" aria-hidden="true">
            {legend.map((token) => (
              <span key={token}>
                <span className={`token-square ${token}`} />
                {t(`diagram.legend.${token}`)}
              </span>
            ))}
          </span>
          {diagram.blocks.length > 0 && <BlockChoice {...diagram} />}
          <SegmentedControl
            label={t('diagram.scale')}
            value={diagram.scale}
            options={diagramScales.map((value) => ({
              value,
              label: t(`diagram.scales.${value}`),
              hint: t(`diagram.scaleHints.${value}`),
            }))}
            onChange={(scale) => look({ scale })}
          />
        </>
      }
    >
      <Strip diagram={diagram} />
      <DiagramExport diagram={diagram} />
    </Panel>
  );
}

interface BlockChoiceProps {
  readonly blocks: readonly string[];
  readonly open: readonly string[];
}

function BlockChoice({ blocks, open }: BlockChoiceProps) {
  const { t } = useTranslation('network');
  const look = useLook();
  return (
    <SegmentedControl
      label={t('diagram.blocks')}
      value={open.length === 0 ? 'closed' : open.length === blocks.length ? 'open' : null}
      options={(['closed', 'some', 'open'] as const).map((value) => ({
        value,
        label: t(`diagram.blockChoices.${value}`),
        hint: t(`diagram.blockHints.${value}`),
      }))}
      onChange={(choice) => look({ open: choice === 'closed' ? [] : choice === 'open' ? blocks : null })}
    />
  );
}
