import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { createLayerSession } from '../testing/layerSession.ts';
import { renderWithSession } from '../testing/renderWithSession.tsx';
import { CostBar } from './CostBar.tsx';

/** The entry `name` as it is read, and the number in front. */
async function priced(name: string, change: Parameters<ReturnType<typeof layer>['setConv']>[0]) {
  const session = createLayerSession([30, 44]);
  layer(session).setConv(change);
  await renderWithSession(session, <CostBar />, { width: 1400 });
  const entry = page.getByText(name, { exact: true }).element().parentElement?.querySelector('dd');
  return { text: entry?.textContent?.replace(/\s/g, ' '), bold: entry?.querySelector('b')?.textContent };
}
const layer = (session: ReturnType<typeof createLayerSession>) => session.workspace.getState();

describe('the price', () => {
  it('follows from the textbook formula where that is exact', async () => {
    // 9 (3·3² + 1)
    expect(await priced('parameters', {})).toEqual({ text: 'N(CK2+1) = 9(3·32+1) = 252', bold: '252' });
  });

  it('without a bias is the exact number, with the textbook form beside it', async () => {
    // 9·3·3²
    expect(await priced('parameters', { bias: false })).toEqual({
      text: '243textbook N(CK2+1) = 9(3·32+1) = 252',
      bold: '243',
    });
  });

  it('with groups is the exact number', async () => {
    // 9 (1·3² + 1)
    expect((await priced('parameters', { groups: 3 })).bold).toBe('90');
  });
});
