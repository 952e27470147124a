import axe from 'axe-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Session } from '../../../live/session.ts';
import { createLayerSession } from '../testing/layerSession.ts';
import { renderWithSession } from '../testing/renderWithSession.tsx';
import { InputPanel } from './InputPanel.tsx';
import { paintMode } from './paintMode.ts';
import { samples } from './Samples.tsx';

let session: Session;
const input = () => session.workspace.getState().workspace.input;

async function open(change: Partial<Session> = {}, language: 'en' | 'ko' = 'en') {
  paintMode.setState({ isOn: false, tool: 'brush', size: 8 });
  session = { ...createLayerSession([30, 45]), ...change };
  await renderWithSession(session, <InputPanel />, { language, width: 348 });
}

describe('the Input panel', () => {
  beforeEach(() => open());

  it('says the shape of the input tensor: channels x rows x columns', async () => {
    await expect.element(page.getByText('3 × 30 × 45')).toBeVisible();
  });

  it('always writes the true size', async () => {
    await expect.element(page.getByText(/photo 45 × 30/)).toBeVisible();
  });

  it('chooses channels and range', async () => {
    await page.getByRole('radio', { name: 'grey' }).click();
    await page.getByRole('radio', { name: 'ImageNet' }).click();
    await page.getByRole('combobox', { name: 'More channels' }).selectOptions('rgba');
    expect(input()).toMatchObject({ channels: 'rgba', range: 'imagenet' });
  });

  it('offers fifteen samples in one radio group; a new photo gets its own size and a bare canvas', async () => {
    expect(samples).toHaveLength(15);
    session.workspace.getState().setInput({ workingSize: 32 });
    await page.getByRole('radio', { name: 'Coffee' }).click();
    expect(input()).toMatchObject({ photo: { kind: 'sample', name: 'coffee' }, workingSize: null, painting: null });
  });

  it('resamples to a typed size, never above the photo’s own', async () => {
    const size = page.getByRole('spinbutton', { name: 'longest side', exact: true });
    await size.fill('20');
    expect(input().workingSize).toBe(20);
    await size.fill('4000');
    await userEvent.keyboard('{Enter}');
    expect(input().workingSize).toBe(45);
  });

  it('offers a ground only where the photo has transparent parts', async () => {
    await expect.element(page.getByLabelText('Ground')).not.toBeInTheDocument();
    const { picture } = session.results.getState();
    if (picture) session.results.setState({ picture: { ...picture, opaque: false } });
    await expect.element(page.getByLabelText('Ground')).toBeVisible();
  });

  it('freezes or stops while the camera is live', async () => {
    const freeze = vi.fn(async () => undefined);
    const stopCamera = vi.fn();
    await open({ freeze, stopCamera });
    session.camera.setState({ status: 'live', source: 'camera' });
    await page.getByRole('button', { name: 'Freeze' }).last().click();
    await page.getByRole('button', { name: 'Stop' }).last().click();
    expect(freeze).toHaveBeenCalledOnce();
    expect(stopCamera).toHaveBeenCalledOnce();
  });

  it('paints by keyboard: a dab of the brush becomes pixels over the photo', async () => {
    const paint = vi.fn<Session['paint']>(async () => undefined);
    await open({ paint });
    await page.getByRole('button', { name: 'Paint', exact: true }).last().click();
    const surface = page.getByRole('application', { name: /Painting surface/ }).last();
    await expect.element(surface).toBeVisible();
    (surface.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight} ');
    await vi.waitFor(() => expect(paint).toHaveBeenCalledOnce());
    const overlay = paint.mock.calls[0]?.[0];
    expect(overlay).toHaveLength(45 * 30 * 4);
    // From the middle (22.5, 15) half a brush to the right: the disc of diameter 8 around (26.5, 15).
    expect([...(overlay?.slice(4 * (15 * 45 + 26), 4 * (15 * 45 + 27)) ?? [])]).toEqual([255, 255, 255, 255]);
    expect(overlay?.[4 * (15 * 45 + 20) + 3]).toBe(0);
  });
});

describe('the Input panel in Korean', () => {
  it('has nothing that axe would report', async () => {
    await open({}, 'ko');
    await expect.element(page.getByRole('radio', { name: '커피' })).toBeInTheDocument();
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
