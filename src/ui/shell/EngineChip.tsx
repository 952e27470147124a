/** What computes, and how long one run takes: always in sight. Opens a card that says why, how it was measured, and lets choose. */
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadWords } from '../../i18n/index.ts';
import type { EngineStatus } from '../../live/results.ts';
import { milliseconds } from '../../math/format.ts';
import { Popover } from '../components/Popover.tsx';
import { useResults } from '../session.tsx';
import { useEngineWords } from './useEngineWords.ts';

const EngineCard = lazy(async () => {
  const [card] = await Promise.all([import('./EngineCard.tsx'), loadWords('engine')]);
  return card;
});

export function EngineChip() {
  const { t } = useTranslation();
  const engine = useResults((state) => state.engine);
  const timing = useResults((state) => state.timing);
  /** What was asked for and what ran are two things: a photo's own layer is computed in float32 in either mode. */
  const isFast = useResults((state) => state.output?.programs.some((label) => label.includes('f16')) ?? false);
  const busy = useResults((state) => state.busy);
  const { kind, device } = useEngineWords(engine);
  /** What the card opens over the page: the card itself closes then. */
  const [panel, setPanel] = useState<ReactNode>(null);
  const chip = useRef<HTMLButtonElement>(null);
  const show = (next: ReactNode) => {
    setPanel(next);
    // The button that opened it went with the card.
    if (!next) chip.current?.focus({ preventScroll: true });
  };

  return (
    <>
      <Popover
        label={t('shell.engine.title')}
        trigger={
          <button
            ref={chip}
            type="button"
            className="engine-chip"
            data-status={statusOf(engine)}
            data-busy={busy || undefined}
          >
            <span className="engine-dot" aria-hidden="true" />
            <span className="engine-kind">{kind}</span>
            {device && <span className="engine-device">· {device}</span>}
            {isFast && <span className="mono">f16</span>}
            {engine.status === 'ready' && (
              <span className="engine-time mono">{timing ? `${milliseconds(timing.ms)} ms` : '– ms'}</span>
            )}
          </button>
        }
      >
        <Suspense>
          <EngineCard onPanel={show} />
        </Suspense>
      </Popover>
      {panel}
    </>
  );
}

function statusOf(engine: EngineStatus): string {
  return engine.status === 'ready' && (engine.reason || engine.isFallback) ? 'second-best' : engine.status;
}
