/** The entries of the price that are the same for every layer. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { byteCount, exactCount, milliseconds, percent } from '../../../math/format.ts';
import { useResults } from '../../session.tsx';

export function Entry({ name, hint, children }: { name: string; hint: string; children: ReactNode }) {
  return (
    <div className="cost-entry" title={hint}>
      <dt>{name}</dt>
      <dd className="mono">{children}</dd>
    </div>
  );
}

export function UsefulEntry({ useful, macs }: { readonly useful: number; readonly macs: number }) {
  const { t } = useTranslation();
  return (
    <Entry name={t('cost.useful')} hint={t('cost.usefulHint', { useful: exactCount(useful), macs: exactCount(macs) })}>
      {percent(macs === 0 ? 1 : useful / macs)}
    </Entry>
  );
}

export function MemoryEntry({ bytes }: { readonly bytes: number }) {
  const { t } = useTranslation();
  return (
    <Entry name={t('cost.memory')} hint={t('cost.memoryHint', { bytes: exactCount(bytes) })}>
      {byteCount(bytes)}
    </Entry>
  );
}

export function TimeEntry() {
  const { t } = useTranslation();
  const engine = useResults((state) => state.engine);
  const timing = useResults((state) => state.timing);
  const kind = engine.status === 'ready' && engine.kind === 'webgpu' ? 'gpu' : 'cpu';
  const hint = timing
    ? t(timing.method === 'timestamp-query' ? 'cost.timestampHint' : 'cost.wallHint', {
        ms: milliseconds(timing.ms),
        runs: timing.runs,
      })
    : '';
  return (
    <Entry name={t(`cost.time.${kind}`)} hint={hint}>
      {timing ? `${milliseconds(timing.ms)} ms` : t('cost.notMeasured')}
    </Entry>
  );
}
