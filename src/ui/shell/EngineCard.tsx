/** The card behind the engine chip: which engine, why this one, what one run took and how that was measured, and the choice. */
import { Gauge } from 'lucide-react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { EngineChoice } from '../../engine/engine.ts';
import { milliseconds } from '../../math/format.ts';
import { Button } from '../components/Button.tsx';
import { SegmentedControl } from '../components/SegmentedControl.tsx';
import { useResults, useSession } from '../session.tsx';
import { chooseEngine, engineChoice } from './preferences.ts';
import { useEngineWords } from './useEngineWords.ts';

/** `onPanel` takes the panel that stands over the page, and null when it has closed. */
export default function EngineCard({ onPanel }: { readonly onPanel: (panel: ReactNode) => void }) {
  const { t } = useTranslation('engine');
  const { t: ofPage } = useTranslation();
  const session = useSession();
  const engine = useResults((state) => state.engine);
  const timing = useResults((state) => state.timing);
  const programs = useResults((state) => state.output?.programs);
  const choice = useStore(engineChoice);
  const { kind, device } = useEngineWords(engine);

  const choose = (next: EngineChoice) => {
    chooseEngine(next);
    void session.chooseEngine(next);
  };

  const openPanel = async () => {
    const { default: EnginePanel } = await import('../engine/EnginePanel.tsx');
    // Over the page, and not in the tool bar, whose buttons are small.
    onPanel(createPortal(<EnginePanel onClose={() => onPanel(null)} />, document.body));
  };

  return (
    <div className="engine-card">
      <SegmentedControl<EngineChoice>
        label={t('card.choose')}
        value={choice}
        onChange={choose}
        options={[
          { value: 'auto', label: t('card.auto') },
          { value: 'webgpu', label: ofPage('shell.engine.webgpu') },
          { value: 'cpu', label: ofPage('shell.engine.cpu') },
        ]}
      />
      {engine.status === 'failed' && <p className="engine-why">{engine.message}</p>}
      {engine.status === 'ready' && engine.reason && <p className="engine-why">{t(`card.reason.${engine.reason}`)}</p>}
      {engine.status === 'ready' && engine.isFallback && <p className="engine-why">{t('card.fallback')}</p>}
      <dl>
        <dt>{t('device')}</dt>
        <dd>
          {kind}
          {device && ` · ${device}`}
        </dd>
        <dt>{t('run')}</dt>
        <dd>
          {timing ? (
            <>
              <span className="mono">{`${milliseconds(timing.ms)} ms`}</span>
              <span className="muted small">
                {t(timing.method === 'timestamp-query' ? 'card.timestamp' : 'card.wall', {
                  count: timing.runs,
                })}
              </span>
            </>
          ) : (
            t('card.notMeasured')
          )}
        </dd>
        {programs && programs.length > 0 && (
          <>
            <dt>{t('card.programs')}</dt>
            <dd className="mono">{programs.join(', ')}</dd>
          </>
        )}
      </dl>
      {engine.status === 'ready' && (
        <Button size="small" icon={<Gauge aria-hidden="true" />} onClick={() => void openPanel()}>
          {t('card.panel')}
        </Button>
      )}
    </div>
  );
}
