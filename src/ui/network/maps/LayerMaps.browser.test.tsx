import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { renderNetwork } from '../testing/networkSession.tsx';
import { LayerMaps } from './LayerMaps.tsx';

it('says of maps that are not there whether they are still to come or were stopped', async () => {
  const { desk, dispose } = await renderNetwork(<LayerMaps />);
  await expect.element(page.getByRole('img', { name: /^Maps of relu5/ })).toBeVisible();
  desk.results.setState({ maps: {} });
  await expect.element(page.getByText('These maps are still to come.')).toBeVisible();
  desk.results.setState({ isStopped: true });
  await expect.element(page.getByText('The computation was stopped before these maps.')).toBeVisible();
  dispose();
});
