/** The device: its name and features, what it can do at most, the memory that the engine holds, and its limits. */
import { useTranslation } from 'react-i18next';
import type { EngineDescription } from '../../engine/engine.ts';
import type { Profile } from '../../engine/profile.ts';
import { byteCount, exactCount, milliseconds } from '../../math/format.ts';
import { rateText } from './numbers.ts';

interface DeviceFactsProps {
  readonly engine: EngineDescription;
  readonly profile: Profile;
}

export function DeviceFacts({ engine, profile }: DeviceFactsProps) {
  const { t } = useTranslation('engine');
  const { t: ofPage } = useTranslation();
  const { peak, memory, whole, limits } = profile;
  const device =
    engine.kind === 'cpu'
      ? ofPage('shell.engine.threads', { count: Number.parseInt(engine.device, 10) })
      : engine.device;
  const told = Object.entries(limits);
  return (
    <section aria-label={t('device')}>
      <dl className="engine-facts">
        <Fact name={t('device')}>
          {ofPage(engine.kind === 'webgpu' ? 'shell.engine.webgpu' : 'shell.engine.cpu')} · {device}
          {engine.isFallback && <small>{t('software')}</small>}
        </Fact>
        <Fact name={t('run')}>
          <span className="mono">{milliseconds(whole.ms)} ms</span>
          <small>
            {t(whole.method === 'timestamp-query' ? 'card.timestamp' : 'card.wall', {
              count: whole.runs,
            })}
          </small>
        </Fact>
        <Fact name={t('peak')}>
          {peak ? (
            <>
              <span className="mono">
                {rateText(peak.gflops)} GFLOP/s · {rateText(peak.gigabytesPerSecond)} GB/s
              </span>
              <small>{t('peakHint')}</small>
            </>
          ) : (
            t('noPeak')
          )}
        </Fact>
        <Fact name={t('memory')}>
          <span className="mono">{byteCount(memory.inUse)}</span>
          {memory.idle !== null && memory.budget !== null && (
            <small>{t('memoryHint', { idle: byteCount(memory.idle), budget: byteCount(memory.budget) })}</small>
          )}
        </Fact>
        <Fact name={t('features')}>
          <span className="mono">{engine.features.join(', ') || '–'}</span>
        </Fact>
      </dl>
      {told.length > 0 && (
        <details className="engine-limits">
          <summary>{t('limits')}</summary>
          <dl>
            {told.map(([name, value]) => (
              <div key={name}>
                <dt className="mono">{name}</dt>
                <dd className="mono">{exactCount(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
