import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { loadWords, startI18n } from '../../../../i18n/index.ts';
import { newKind } from '../../../../store/kind.ts';
import { createKindSession, type KindSession } from '../../../explore/testing/kindSession.ts';
import { renderWithSession } from '../../../explore/testing/renderWithSession.tsx';
import { violations } from '../../../explore/testing/violations.ts';
import { DilatedFigure } from './DilatedFigure.tsx';

let computed: KindSession;
afterEach(() => computed.dispose());

it('counts what a stack of equal dilations never reads, says why, and offers dilations that read all', async () => {
  computed = await createKindSession([40, 60], newKind('dilated'));
  await startI18n('en');
  await loadWords('kinds');
  const { engine, output, kind } = computed;
  await renderWithSession(
    computed.session,
    <div style={{ height: 270, display: 'flex' }}>
      <DilatedFigure {...{ engine, output, kind }} />
    </div>,
    { width: 860 },
  );
  await expect.element(page.getByText('9 of 25 pixels (36.0 %)')).toBeVisible();
  await userEvent.click(page.getByRole('radio', { name: '3' }));
  // 7 x 7 of 13 x 13.
  await expect.element(page.getByText(/^49 of 169 pixels/)).toBeVisible();
  await expect.element(page.getByText(/every step is a multiple of 2/)).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Hybrid: 1, 2, 5' }));
  const { attributes, above } = computed.session.workspace.getState().workspace.kind!;
  expect([attributes.dilation, attributes.padding.top, above]).toEqual([[1, 1], 1, [2, 5]]);
  expect(await violations()).toEqual([]);
});
