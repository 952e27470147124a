import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Session } from '../../live/session.ts';
import { createLayerSession } from '../explore/testing/layerSession.ts';
import { renderWithSession } from '../explore/testing/renderWithSession.tsx';
import { App } from './App.tsx';
import { chooseEngine, preferences } from './preferences.ts';

let session: Session;

async function open(change: Partial<Session> = {}) {
  session = { ...createLayerSession([30, 45]), ...change };
  await renderWithSession(session, <App session={session} />, { width: 1280 });
}

describe('the shell', () => {
  beforeEach(() => preferences.setState({ language: 'en', theme: 'light', engine: 'auto' }));

  it('says what computes, and why it is not the GPU', async () => {
    await open();
    session.results.setState({
      engine: { status: 'ready', kind: 'cpu', device: '2 threads', isFallback: false, reason: 'no-webgpu' },
      timing: { ms: 22.5, method: 'wall', runs: 1 },
    });
    const chip = page.getByRole('button', { name: 'CPU · 2 threads 22.5 ms' });
    await chip.click();
    const card = page.getByRole('dialog', { name: 'What computes' });
    await expect.element(card).toHaveTextContent('This browser has no WebGPU');
    await expect.element(card).toHaveTextContent('measured by the clock, one run');
  });

  it('lets the person choose the engine', async () => {
    const chooseEngine = vi.fn(async () => undefined);
    await open({ chooseEngine });
    await page.getByRole('button', { name: 'Starting' }).click();
    await page.getByRole('radio', { name: 'CPU' }).click();
    expect(chooseEngine).toHaveBeenCalledWith('cpu');
    expect(preferences.getState().engine).toBe('cpu');
  });

  it('forgets the engine that the address names once the person chooses another', async () => {
    chooseEngine('auto');
    const before = location.href;
    history.replaceState(history.state, '', '?engine=webgpu&other=1#v1=abc');
    try {
      await open({ chooseEngine: async () => undefined });
      await page.getByRole('button', { name: 'Starting' }).click();
      await page.getByRole('radio', { name: 'CPU' }).click();
      expect(location.search + location.hash).toBe('?other=1#v1=abc');
    } finally {
      history.replaceState(history.state, '', before);
    }
  });

  it('exports by one click on an item; maps only once there are some', async () => {
    const exportAs = vi.fn(async () => undefined);
    await open({ exportAs });
    await page.getByRole('button', { name: 'Export' }).click();
    await expect.element(page.getByRole('menuitem', { name: '.npz' })).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('menuitem', { name: 'JSON' }).click();
    expect(exportAs).toHaveBeenCalledWith('json');
    await expect.element(page.getByRole('menuitem', { name: 'JSON' })).not.toBeInTheDocument();
  });

  it('says why an export failed', async () => {
    await open({ exportAs: async () => Promise.reject(new Error('disk full')) });
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: '.convscope' }).click();
    await expect.element(page.getByText('The file could not be written: disk full')).toBeVisible();
  });

  it('shares a link, and says when the photo is not in it', async () => {
    await open({ share: async () => ({ kind: 'link', url: 'http://localhost/#v1=abc', withoutPhoto: true }) });
    await page.getByRole('button', { name: 'Share' }).click();
    await expect.element(page.getByRole('textbox', { name: 'Link' })).toHaveValue('http://localhost/#v1=abc');
    await expect.element(page.getByText(/Your own photo is not in the link/)).toBeVisible();
  });

  it('offers a file where a link cannot hold the state', async () => {
    const exportAs = vi.fn(async () => undefined);
    await open({ exportAs, share: async () => ({ kind: 'too-large', bytes: 10240 }) });
    await page.getByRole('button', { name: 'Share' }).click();
    await expect.element(page.getByText(/takes 10.0 KB/)).toBeVisible();
    await page.getByRole('button', { name: 'Save a .convscope file' }).click();
    expect(exportAs).toHaveBeenCalledWith('convscope');
  });

  it('undoes by button and by key, and not while a text is being written', async () => {
    await open();
    session.workspace.getState().setActivation('relu');
    const activation = () => JSON.stringify(session.workspace.getState().workspace.graph);
    const after = activation();
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(activation()).not.toBe(after);
    await page.getByRole('button', { name: 'Redo' }).click();
    expect(activation()).toBe(after);
  });

  it('says what went wrong and what to do, until it is dismissed', async () => {
    const dismissProblem = vi.fn();
    await open({ dismissProblem });
    session.results.setState({ problem: { kind: 'photo', code: 'heic', values: {} } });
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('This is an HEIC photo, which browsers cannot read. Export it as JPEG.');
    await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
    expect(dismissProblem).toHaveBeenCalledOnce();
  });

  it('says in words what a file holds that cannot be opened, and what can be', async () => {
    await open();
    const holding = (found: string) =>
      session.results.setState({ problem: { kind: 'photo', code: 'not-an-image', values: { found } } });
    const alert = page.getByRole('alert');
    holding('unknown');
    await expect.element(alert).toHaveTextContent('(it holds an unknown format)');
    await expect.element(alert).toHaveTextContent('a video, or a .convscope, .json or .npz file.');
    holding('PDF');
    await expect.element(alert).toHaveTextContent('(it holds PDF)');
  });

  it('says what moved with a change', async () => {
    await open();
    session.workspace.getState().notify('moved', { attribute: 'groups', from: '3', to: '1', count: 1 });
    await expect.element(page.getByText('groups moved from 3 to 1, so that the layer stays valid.')).toBeVisible();
  });

  it('says what a pasted layer changed beside itself', async () => {
    await open();
    const values = { present: 'rgb', channels: 'grey', inChannels: 1, formerly: 'relu', activation: 'none' };
    session.workspace.getState().notify('layer-channels-activation', values);
    await expect
      .element(page.getByText('the photo’s channels, RGB → grey (in_channels=1), and the activation, ReLU → none.'))
      .toBeVisible();
  });

  it('takes a file by the first file input, by drop and by paste', async () => {
    const openFile = vi.fn<Session['openFile']>(async () => undefined);
    await open({ openFile });
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'cat.png', { type: 'image/png' }));
    const first = document.querySelector<HTMLInputElement>('input[type=file]');
    expect(first).not.toBeNull();
    if (first) await userEvent.upload(first, new File(['y'], 'dog.png', { type: 'image/png' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, cancelable: true }));
    expect(openFile.mock.calls.map(([file]) => file.name)).toEqual(['dog.png', 'cat.png', 'cat.png']);
  });

  it('changes language and theme at once', async () => {
    await open();
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    expect(preferences.getState().theme).toBe('dark');
    await page.getByRole('button', { name: '한국어' }).click();
    expect(preferences.getState().language).toBe('ko');
  });

  it('opens help by "?"', async () => {
    await open();
    await userEvent.keyboard('?');
    const help = page.getByRole('dialog', { name: 'Help' });
    await expect.element(help).toBeVisible();
    await expect.element(help).toHaveTextContent('nearer, farther, the whole');
    await expect.element(help).toHaveTextContent('the map before, the next map');
    // Every shortcut of a command, not the first alone.
    await expect.element(help).toHaveTextContent('Ctrl+Shift+ZCtrl+Y');
  });
});
