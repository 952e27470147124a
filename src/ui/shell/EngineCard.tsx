/** The card behind the engine chip: which engine, why this one, what one run took and how that was measured, and the choice. */
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { EngineChoice } from '../../engine/engine.ts';
import { milliseconds } from '../../math/format.ts';
import { SegmentedControl } from '../components/SegmentedControl.tsx';
import { useResults, useSession } from '../session.tsx';
import { chooseEngine, engineChoice } from './preferences.ts';
import { useEngineWords } from './useEngineWords.ts';

export default function EngineCard() {
  const { t } = useTranslation();
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

  return (
    <div className="engine-card">
      <SegmentedControl<EngineChoice>
        label={t('shell.engine.choose')}
        value={choice}
        onChange={choose}
        options={[
          { value: 'auto', label: t('shell.engine.auto') },
          { value: 'webgpu', label: t('shell.engine.webgpu') },
          { value: 'cpu', label: t('shell.engine.cpu') },
        ]}
      />
      {engine.status === 'failed' && <p className="engine-why">{engine.message}</p>}
      {engine.status === 'ready' && engine.reason && (
        <p className="engine-why">{t(`shell.engine.reason.${engine.reason}`)}</p>
      )}
      {engine.status === 'ready' && engine.isFallback && <p className="engine-why">{t('shell.engine.fallback')}</p>}
      <dl>
        <dt>{t('shell.engine.device')}</dt>
        <dd>
          {kind}
          {device && ` · ${device}`}
        </dd>
        <dt>{t('shell.engine.lastRun')}</dt>
        <dd>
          {timing ? (
            <>
              <span className="mono">{`${milliseconds(timing.ms)} ms`}</span>
              <span className="muted small">
                {t(timing.method === 'timestamp-query' ? 'shell.engine.timestamp' : 'shell.engine.wall', {
                  count: timing.runs,
                })}
              </span>
            </>
          ) : (
            t('shell.engine.notMeasured')
          )}
        </dd>
        {programs && programs.length > 0 && (
          <>
            <dt>{t('shell.engine.programs')}</dt>
            <dd className="mono">{programs.join(', ')}</dd>
          </>
        )}
      </dl>
    </div>
  );
}
