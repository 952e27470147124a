/** The ways of computing one convolution side by side: the time of each as a bar, its error, and whether two runs give the same bits. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fastBound } from '../../engine/bounds.ts';
import type { AlgorithmResult } from '../../engine/engine.ts';
import type { OperatorProfile } from '../../engine/profile.ts';
import type { NodeId } from '../../graph/graph.ts';
import { compareOutput, type Measurable } from '../../live/enginePanel/profileOutput.ts';
import { measured as measuredText, milliseconds } from '../../math/format.ts';
import { Button } from '../components/Button.tsx';
import { SelectMenu } from '../components/SelectMenu.tsx';
import { operatorName } from './operatorName.ts';
import { reasonOf } from './useMeasurement.ts';

interface AlgorithmsProps {
  readonly measured: Measurable;
  readonly operators: readonly OperatorProfile[];
  readonly compared: Readonly<Record<NodeId, readonly AlgorithmResult[]>>;
  readonly onCompared: (node: NodeId, results: readonly AlgorithmResult[]) => void;
}

type Progress = { readonly status: 'idle' | 'running' } | { readonly status: 'failed'; readonly reason: string };

export function Algorithms({ measured, operators, compared, onCompared }: AlgorithmsProps) {
  const { t } = useTranslation('engine');
  const convolutions = operators.flatMap(({ node, operator }, place) =>
    operator.kind === 'conv2d' ? [{ value: node, label: `${place + 1} ${operatorName(operator)}` }] : [],
  );
  const [node, setNode] = useState<NodeId | null>(convolutions.at(-1)?.value ?? null);
  const [progress, setProgress] = useState<Progress>({ status: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const compare = () => {
    if (node === null) return;
    const abort = new AbortController();
    running.current = abort;
    setProgress({ status: 'running' });
    compareOutput(measured, node, abort.signal).then(
      (results) => {
        if (abort.signal.aborted) return;
        setProgress({ status: 'idle' });
        onCompared(node, results ?? []);
      },
      (error: unknown) => !abort.signal.aborted && setProgress({ status: 'failed', reason: reasonOf(error) }),
    );
  };

  const results = node === null ? undefined : compared[node];
  const isOffered = measured.running.description.kind === 'webgpu' && node !== null;
  return (
    <section className="engine-part" aria-label={t('algorithms')}>
      <h3>{t('algorithms')}</h3>
      {isOffered ? (
        <>
          <div className="engine-compare">
            {convolutions.length > 1 && (
              <SelectMenu label={t('convolution')} options={convolutions} value={node} onChange={setNode} />
            )}
            <Button size="small" disabled={progress.status === 'running'} onClick={compare}>
              {t('compare')}
            </Button>
            {progress.status === 'running' && <progress aria-label={t('comparing')} />}
          </div>
          {progress.status === 'failed' && <p className="engine-failure">{t('failed', { reason: progress.reason })}</p>}
          {results ? <AlgorithmTable results={results} /> : <p className="muted">{t('compareHint')}</p>}
        </>
      ) : (
        <p className="muted">{t(node === null ? 'noConvolution' : 'oneWay')}</p>
      )}
    </section>
  );
}

function AlgorithmTable({ results }: { readonly results: readonly AlgorithmResult[] }) {
  const { t } = useTranslation('engine');
  const longest = Math.max(...results.map(({ ms }) => ms ?? 0));
  const fastest = Math.min(...results.map(({ ms }) => ms ?? Number.POSITIVE_INFINITY));
  return (
    <table aria-label={t('algorithms')}>
      <thead>
        <tr>
          <th scope="col">{t('column.algorithm')}</th>
          <th scope="col">{t('column.time')}</th>
          <th scope="col" title={t('hint.error')}>
            {t('column.error')}
          </th>
          <th scope="col" title={t('hint.bits')}>
            {t('column.bits')}
          </th>
        </tr>
      </thead>
      <tbody>
        {results.map(({ label, ms, error, precision, isExact, isRepeatable, isInUse, failure }) => (
          <tr key={label}>
            <th scope="row" className="mono">
              {label}
              {isInUse && <small>{t('inUse')}</small>}
            </th>
            {ms === null ? (
              <td colSpan={3} className="engine-failure">
                {failure ?? '–'}
              </td>
            ) : (
              <>
                <td className="mono">
                  <span className="engine-bar">
                    <meter aria-hidden="true" value={ms} max={longest} data-fastest={ms === fastest || undefined} />
                    {milliseconds(ms)} ms
                  </span>
                </td>
                <td className="mono" data-inexact={!isExact || undefined}>
                  {error === null ? '–' : measuredText(error)}
                  {error !== null && !isExact && (
                    <small>{t(precision === 'fast' && error <= fastBound ? 'fastBound' : 'inexact')}</small>
                  )}
                </td>
                <td>{t(isRepeatable ? 'sameBits' : 'otherBits')}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
