import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { CheckReport } from '../../../engine/check.ts';
import type { Session } from '../../../live/session.ts';
import { createComputedSession } from '../testing/computedSession.ts';
import { renderWithSession } from '../testing/renderWithSession.tsx';
import { TrustCheck } from './TrustCheck.tsx';

const report: CheckReport = {
  values: 216,
  maxAbsolute: 1e-7,
  maxRelative: 1e-8,
  at: { channel: 0, y: 0, x: 0 },
  passed: true,
};

it('a check begins again when the maps change under it, and a report goes with its maps', async () => {
  const computed = await createComputedSession([4, 6]);
  const asked: { readonly signal: AbortSignal; answer(report: CheckReport): void }[] = [];
  const check: Session['check'] = (_onProgress, signal) =>
    new Promise((answer) => {
      asked.push({ signal, answer });
    });
  await renderWithSession({ ...computed.session, check }, <TrustCheck />);
  await page.getByRole('button', { name: 'Check against float64' }).click();
  expect(asked).toHaveLength(1);

  computed.session.results.setState({ output: { ...computed.output } });
  await expect.poll(() => asked.length).toBe(2);
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  asked[0]!.answer({ ...report, values: 999 });
  asked[1]!.answer(report);
  await expect.element(page.getByRole('status')).toHaveTextContent('216');

  computed.session.results.setState({ output: { ...computed.output } });
  await expect.element(page.getByRole('status')).toBeEmptyDOMElement();
  expect(asked).toHaveLength(2);
  computed.dispose();
});
