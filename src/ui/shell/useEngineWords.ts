/** What computes, in two words: the chip and the heading of its card say the same. */
import { useTranslation } from 'react-i18next';
import type { EngineStatus } from '../../live/results.ts';

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
        // The CPU engine names itself by its threads ("2 threads"), a GPU by its maker's name.
        device:
          engine.kind === 'cpu'
            ? t('shell.engine.threads', { count: Number.parseInt(engine.device, 10) })
            : engine.device,
      };
    default:
      return engine satisfies never;
  }
}
