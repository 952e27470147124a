/** What computes, and how long one run takes: always in sight. Opens a card that says why, how it was measured, and lets choose. */
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineStatus } from '../../live/results.ts';
import { milliseconds } from '../../math/format.ts';
import { Popover } from '../components/Popover.tsx';
import { useResults } from '../session.tsx';

const EngineCard = lazy(() => import('./EngineCard.tsx'));

export function EngineChip() {
  const { t } = useTranslation();
  const engine = useResults((state) => state.engine);
  const timing = useResults((state) => state.timing);
  const busy = useResults((state) => state.busy);
  const { kind, device } = useEngineWords(engine);

  return (
    <Popover
      label={t('shell.engine.title')}
      trigger={
        <button type="button" className="engine-chip" data-status={statusOf(engine)} data-busy={busy || undefined}>
          <span className="engine-dot" aria-hidden="true" />
          <span className="engine-kind">{kind}</span>
          {device && <span className="engine-device">· {device}</span>}
          {timing && engine.status === 'ready' && (
            <span className="engine-time mono">{`${milliseconds(timing.ms)} ms`}</span>
          )}
        </button>
      }
    >
      <Suspense>
        <EngineCard />
      </Suspense>
    </Popover>
  );
}

/** The two words of the chip, and of the card's heading. */
export function useEngineWords(engine: EngineStatus): { readonly kind: string; readonly device: string | null } {
  const { t } = useTranslation();
  switch (engine.status) {
    case 'starting':
      return { kind: t('shell.engine.starting'), device: null };
    case 'failed':
      return { kind: t('shell.engine.failed'), device: null };
    case 'ready':
      return {
        kind: engine.kind === 'webgpu' ? t('shell.engine.webgpu') : t('shell.engine.cpu'),
        device: engine.device,
      };
    default:
      return engine satisfies never;
  }
}

function statusOf(engine: EngineStatus): string {
  return engine.status === 'ready' && (engine.reason || engine.isFallback) ? 'second-best' : engine.status;
}
