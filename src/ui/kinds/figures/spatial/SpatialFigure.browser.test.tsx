import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { loadWords, startI18n } from '../../../../i18n/index.ts';
import { newKind } from '../../../../store/kind.ts';
import { createKindSession, type KindSession } from '../../../explore/testing/kindSession.ts';
import { renderWithSession } from '../../../explore/testing/renderWithSession.tsx';
import { violations } from '../../../explore/testing/violations.ts';
import { SpatialFigure } from './SpatialFigure.tsx';

let computed: KindSession;
afterEach(() => computed.dispose());

it('says whether a kernel is separable, what each rank misses, and gives the layer as many middle channels', async () => {
  computed = await createKindSession([20, 30], newKind('spatially_separable'));
  await startI18n('en');
  await loadWords('kinds');
  const { engine, output, kind } = computed;
  await renderWithSession(
    computed.session,
    <div style={{ height: 270, display: 'flex' }}>
      <SpatialFigure {...{ engine, output, kind }} />
    </div>,
    { width: 860 },
  );
  // A Laplacian: (√6 - 2) / √20 = 10.05 %.
  await expect.element(page.getByText(/Not separable: the best column times row misses 10\.1.%/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await expect.element(page.getByRole('radio', { name: /^Rank 2 misses 0.%$/ })).not.toBeChecked();
  await userEvent.click(page.getByText('rank 2', { exact: true }));
  await expect.element(page.getByText(/9 multiplications become 2 · \(3 \+ 3\) = 12: nothing is saved/)).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: /middle_channels=32/ }));
  const state = computed.session.workspace.getState().workspace.kind!;
  expect([state.weights.kernel, state.attributes.middleChannels]).toEqual(['laplacian', 32]);
  await userEvent.selectOptions(page.getByRole('combobox', { name: 'Kernel to be taken apart' }), 'sobel_x');
  await expect.element(page.getByText(/^Exactly separable/)).toBeVisible();
});
