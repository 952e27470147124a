/** "Check against float64": every value of every map recomputed in a worker, and the largest error shown with its place. */
import { Check, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckReport } from '../../../engine/check.ts';
import type { Output } from '../../../live/results.ts';
import { exactCount, measured, percent } from '../../../math/format.ts';
import { Button } from '../../components/Button.tsx';
import { useResults, useSession } from '../../session.tsx';

type CheckState =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly share: number }
  | { readonly status: 'done'; readonly report: CheckReport }
  | { readonly status: 'broken'; readonly reason: string };

/** The check of what is shown; it belongs to one output: another one takes its report away, or begins a running check again. */
function useCheck(output: Output | null) {
  const session = useSession();
  const [state, setState] = useState<CheckState>({ status: 'idle' });
  const running = useRef<AbortController | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another output is another check
  useEffect(() => {
    if (running.current) start();
    else setState({ status: 'idle' });
  }, [output]);
  useEffect(() => () => running.current?.abort(), []);

  function start(): void {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const set = (next: CheckState) => {
      if (controller.signal.aborted) return;
      if (next.status !== 'running') running.current = null;
      setState(next);
    };
    setState({ status: 'running', share: 0 });
    session
      .check((share) => set({ status: 'running', share }), controller.signal)
      .then(
        (report) => set({ status: 'done', report }),
        (error: unknown) => set({ status: 'broken', reason: error instanceof Error ? error.message : String(error) }),
      );
  }
  const cancel = () => {
    running.current?.abort();
    running.current = null;
    setState({ status: 'idle' });
  };
  return { state, start, cancel };
}

export function TrustCheck() {
  const { t } = useTranslation();
  const output = useResults((state) => state.output);
  const { state, start, cancel } = useCheck(output);
  return (
    <div className="trust">
      <span role="status">
        {state.status === 'done' && <Verdict report={state.report} />}
        {state.status === 'broken' && t('cost.check.broken', { reason: state.reason })}
      </span>
      {state.status === 'running' ? (
        <Button size="small" onClick={cancel} title={t('cost.check.cancel')}>
          {t('cost.check.running', { percent: percent(state.share) })}
          <X size={13} role="img" aria-label={t('cost.check.cancel')} />
        </Button>
      ) : (
        <Button size="small" onClick={start} disabled={!output} title={t('cost.check.hint')}>
          {t(state.status === 'done' ? 'cost.check.again' : 'cost.check.start')}
        </Button>
      )}
    </div>
  );
}

function Verdict({ report }: { readonly report: CheckReport }) {
  const { t } = useTranslation();
  const { passed, at } = report;
  const sentence = t('cost.check.report', {
    values: exactCount(report.values),
    absolute: measured(report.maxAbsolute),
    relative: measured(report.maxRelative),
    map: at.channel,
    row: at.y,
    column: at.x,
  });
  const error = measured(report.maxAbsolute);
  return (
    <span className={`trust-result ${passed ? 'passed' : 'failed'}`} title={sentence}>
      {passed ? <Check size={14} aria-hidden="true" /> : <TriangleAlert size={14} aria-hidden="true" />}
      <span aria-hidden="true">{t(passed ? 'cost.check.passed' : 'cost.check.failed', { error })}</span>
      <span className="sr-only">{sentence}</span>
    </span>
  );
}
