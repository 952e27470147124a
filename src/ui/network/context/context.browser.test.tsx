import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { setLanguage } from '../../../i18n/index.ts';
import { violations } from '../../explore/testing/violations.ts';
import { type NetworkSession, type NetworkSessionOptions, renderNetwork } from '../testing/networkSession.tsx';
import { ContextPanel } from './ContextPanel.tsx';

let shown: NetworkSession | null = null;
afterEach(() => {
  shown?.dispose();
  shown = null;
  delete document.documentElement.dataset.theme;
});

async function open(options?: NetworkSessionOptions) {
  shown = await renderNetwork(<ContextPanel />, options);
  await expect.element(page.getByText('What the unit sees, layer by layer')).toBeVisible();
  return shown;
}

const photo = () => page.getByRole('application');
const focusPhoto = () => (photo().element() as HTMLElement).focus();
/** Number fields have an empty one each. */
const found = () => page.getByRole('status').filter({ hasText: /px/ });
const hull = () => document.querySelector<SVGRectElement>('.context-hull')!.style;

describe('what a unit sees', () => {
  it('is 22 x 22 pixels for the last layer of the small stack, centred on the unit: 2 px jump, 10 px of padding', async () => {
    await open();
    // Row 12, column 17: rows 2 * 12 - 10 to 2 * 12 + 11.
    await expect.element(page.getByText('relu5 · row 12 · column 17')).toBeVisible();
    await expect.element(page.getByText('22 × 22 px')).toBeVisible();
    await expect.element(page.getByText('rows 14–35, columns 24–45')).toBeVisible();
    expect([hull().x, hull().y, hull().width, hull().height]).toEqual(['24px', '14px', '22px', '22px']);
    await expect.element(page.getByText('↑ 10 ↓ 10 ← 10 → 10')).toBeVisible();
    await expect.element(page.getByText('aligned')).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  it('moves with the arrow keys, and says how much lies beyond the photo', async () => {
    await open();
    focusPhoto();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByText('rows 14–35, columns 26–47')).toBeVisible();
    await userEvent.keyboard('{Shift>}{ArrowUp}{/Shift}');
    // Row 2: rows -6 to 15, so that 6 of 22 are padding.
    await expect.element(page.getByText('rows 0–15, columns 26–47')).toBeVisible();
    await expect.element(page.getByText('6 above')).toBeVisible();
    await expect.element(page.getByText(/27\.3.%/)).toBeVisible();
  });

  it('goes from layer to layer and back to the same unit, and the field grows', async () => {
    const { session } = await open();
    focusPhoto();
    await userEvent.keyboard('{[}');
    await expect.element(page.getByText('14 × 14 px')).toBeVisible();
    await userEvent.keyboard('{[}{[}');
    await expect.element(page.getByText('6 × 6 px')).toBeVisible();
    await userEvent.keyboard(']]]');
    await expect.element(page.getByText('relu5 · row 12 · column 17')).toBeVisible();
    expect(session.workspace.getState().workspace.view.network.layer).toBe('relu5');
  });

  it('follows the pointer over the photo, and stays where it is clicked', async () => {
    await open();
    const box = photo().element().getBoundingClientRect();
    const at = (y: number, x: number) => ({
      position: { x: ((x + 0.5) / 96) * box.width, y: ((y + 0.5) / 64) * box.height },
    });
    // Unit u stands at 2 u + 0.5.
    await photo().click(at(40, 60));
    await expect.element(page.getByText('relu5 · row 20 · column 30')).toBeVisible();
    await photo().hover(at(20, 20));
    await expect.element(page.getByText('relu5 · row 10 · column 10')).toBeVisible();
    await userEvent.unhover(photo());
    await expect.element(page.getByText('relu5 · row 20 · column 30')).toBeVisible();
  });

  it('shows the part of every layer that the unit reads, and a crop leads to its layer', async () => {
    await open();
    const sizes = () => [...document.querySelectorAll('.context-crop-size')].map((size) => size.textContent);
    expect(sizes()).toEqual(['22', '20', '18', '9', '7', '5', '1']);
    await page.getByRole('button', { name: /pool/ }).click();
    await expect.element(page.getByText('pool · row 12 · column 17')).toBeVisible();
    expect(sizes()).toEqual(['6', '4', '2', '1']);
  });
});

describe('a box on the photo', () => {
  it('finds the first layer and the unit whose field covers it', async () => {
    await open();
    await page.getByRole('button', { name: /^Draw a box/ }).click();
    focusPhoto();
    // Of 64 x 96 the middle: rows 24 to 39, columns 36 to 59; the step is 2.
    await userEvent.keyboard(
      '{ArrowLeft}{Shift>}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}{/Shift}{Enter}',
    );
    // 16 x 14: too large for the fields of 14, not for those of 22.
    await expect.element(found()).toHaveTextContent(/^conv5 is the first.*16 × 14 px/);
    await expect.element(page.getByText(/conv5 · row/)).toBeVisible();
  });

  it('says what the largest field is where none covers it', async () => {
    await open();
    await page.getByRole('button', { name: /^Draw a box/ }).click();
    focusPhoto();
    await userEvent.keyboard('{ArrowLeft}{Enter}');
    await expect
      .element(found())
      .toHaveTextContent('No layer sees 16 × 24 px at once. The largest field is that of conv5: 22 × 22 px.');
    await userEvent.keyboard('{Escape}');
    expect(found().elements()).toHaveLength(0);
  });
});

describe('what was found for a drawn box', () => {
  const draw = async (keys: string) => {
    await page.getByRole('button', { name: /^Draw a box/ }).click();
    focusPhoto();
    await userEvent.keyboard(`${keys}{Enter}`);
  };

  it('is asked of the network that is chosen next: no layer is named that is gone', async () => {
    const { session } = await open();
    await draw('{ArrowLeft}{Shift>}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}{/Shift}');
    await expect.element(found()).toHaveTextContent(/^conv5 is the first.*16 × 14 px/);
    session.workspace.getState().setNetwork(null, (network) => ({ ...network, layers: 'squeezenet1_0' }));
    await expect.element(found()).toHaveTextContent(/^(?!conv5).* is the first.*16 × 14 px/);
  });

  it('is forgotten with the picture that it was drawn on', async () => {
    const { session } = await open();
    await draw('{ArrowLeft}');
    await expect.element(found()).toHaveTextContent(/^No layer sees/);
    session.workspace
      .getState()
      .setNetwork(null, (network) => ({ ...network, input: { ...network.input, crop: 'square' } }));
    await expect.poll(() => found().elements().length).toBe(0);
    expect(document.querySelector('.context-drawn')).toBeNull();
  });
});

describe('the effective field', () => {
  it('is measured by itself where that is cheap, and says what of the field holds 95 %, over which draws', async () => {
    await open({ size: [32, 48] });
    const figure = page.getByRole('img', { name: 'Effective field, 22 × 22 px, with the square that holds 95 %' });
    await expect.element(figure, { timeout: 30_000 }).toBeVisible();
    await expect.element(page.getByText('√ mean gradient², 16 He draws, seeds 11–26, on this photo')).toBeVisible();
    // Theory has a standard deviation of 3.9 px, of which two to both sides are 71 % of the field.
    const [, share] = /4σ is (\d+) ×/.exec(document.querySelector('.context-effect')!.textContent)!;
    expect(Number(share)).toBeGreaterThan(60);
    expect(Number(share)).toBeLessThan(85);
    await expect.element(page.getByTitle(/^Smallest square/)).toHaveTextContent(/^1[5-9] × 1[5-9] px$/);
    expect(await violations()).toEqual([]);
  });

  it('of one unit says which channel, and where no pixel moves it, that it is so', async () => {
    const { session } = await open({ size: [32, 48] });
    await page.getByRole('radio', { name: 'this unit' }).click();
    const texts = () => document.querySelector('.context-effective')!.textContent;
    await expect.poll(texts, { timeout: 30_000 }).toMatch(/channel \d+, on this photo|No pixel moves/);
    // Another unit makes what is shown one of before, until it is measured.
    const view = session.workspace.getState().workspace.view.network;
    session.workspace.getState().setView({ network: { ...view, unit: { channel: 1, u: 0.5, v: 0.5 } } });
    await expect.poll(texts).toMatch(/Of an earlier unit/);
    await expect.poll(texts, { timeout: 30_000 }).not.toMatch(/Of an earlier unit/);
  });

  it('is the mean over as many draws, seeds and photos as are chosen, and says so; the choice stays in the view', async () => {
    const { session } = await open({ size: [32, 48] });
    const effect = () => session.workspace.getState().workspace.view.network.effect;
    await page.getByRole('spinbutton', { name: 'draws' }).fill('2');
    await page.getByRole('spinbutton', { name: 'first seed' }).fill('40');
    await page.getByRole('radio', { name: '+ own photos' }).click();
    const bytes = await new Promise<Blob | null>((done) => {
      const canvas = document.createElement('canvas');
      canvas.getContext('2d')?.fillRect(0, 0, 100, 100);
      canvas.toBlob(done);
    });
    await page
      .getByLabelText('Add photos')
      .first()
      .upload(new File([bytes!], 'dark.png', { type: 'image/png' }));
    const words = 'seeds 40–41, mean over 2 photos: this one, dark.png';
    await expect.element(page.getByText(words), { timeout: 30_000 }).toBeVisible();
    expect(effect()).toBe('draws=2 seed=40 photos=own');
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Take dark.png out of the mean' }).click();
    await expect.element(page.getByText('seeds 40–41, on this photo'), { timeout: 30_000 }).toBeVisible();
  });

  it('grows with depth beside theory, measured layer by layer on demand', async () => {
    await open({ size: [32, 48] });
    const figure = page.getByRole('img', {
      name: /^Growth with depth up to conv5: field 22 px, 4σ random 1[56] px, ∝ √n \d+ px, 4σ uniform 11 px$/,
    });
    await expect.element(figure).toBeVisible();
    await page.getByRole('button', { name: 'measure all layers' }).click();
    await expect.poll(() => document.querySelectorAll('.growth-point').length, { timeout: 30_000 }).toBe(6);
    await expect.element(page.getByText(/^Measured \(circles\): σ grows with depth to the power 0\.\d+/)).toBeVisible();
  });

  it('stands beside those of altered networks, each with figures and a sentence; what cannot be altered says why', async () => {
    const { session } = await open({ size: [32, 48] });
    await page.getByRole('radio', { name: 'this network' }).click();
    const titles = () => [...document.querySelectorAll('.alteration h4')].map((title) => title.textContent);
    await expect
      .poll(titles)
      .toEqual([
        'as it is',
        'ReLU: taken out (5)',
        'Skips: put in (3)',
        'Dilation: put in (5)',
        'Sub-sampling: taken out (1)',
        'Sub-sampling later',
        'Dropout: put in (4)',
      ]);
    const texts = () => [...document.querySelectorAll('.alteration')].map((card) => card.textContent ?? '');
    await expect.poll(() => texts().filter((text) => text.includes('σ ')).length, { timeout: 60_000 }).toBe(6);
    expect(texts()[2]).toMatch(/Narrower: σ is 0\.\d\d times/);
    expect(texts()[4]).toMatch(/Narrower: σ is 0\.\d\d times/);
    expect(texts()[5]).toMatch(/no two steps of sub-sampling/);
    expect(session.workspace.getState().workspace.view.network.effect).toBe('compared=network');
    expect(await violations()).toEqual([]);
    // Theory of the plain stack: sqrt(16/3) = 2.3 px, with dilation twice that.
    await page.getByRole('radio', { name: 'plain stack' }).click();
    await expect.poll(() => texts().filter((text) => text.includes('σ ')).length, { timeout: 60_000 }).toBe(6);
    expect(texts()[0]).toMatch(/^as it isσ 2\.[1-4] × 2\.[1-4] px/);
    expect(texts()[3]).toMatch(/^Dilation: put in \(8\)σ [45]\.\d × [45]\.\d px.*Wider: σ is [12]\.\d\d times/);
    expect(texts()[6]).toMatch(/σ is (0\.9|1\.0)\d times/);
  });

  it('is not asked for where the box alone is shown', async () => {
    await open({ size: [32, 48] });
    await page.getByRole('radio', { name: 'box', exact: true }).click();
    expect(document.querySelector('.context-effective')).toBeNull();
  });
});

it('marks what pooling over the whole map does, in Korean and in the dark', async () => {
  shown = await renderNetwork(<ContextPanel />, {
    network: { layers: 'squeezenet1_0' },
    language: 'ko',
    theme: 'dark',
  });
  await expect.element(page.getByText('이미지 전체를 봅니다.')).toBeVisible();
  await expect.element(page.getByText('새로 보는 것이 없습니다.')).toBeVisible();
  expect(await violations()).toEqual([]);
  await setLanguage('en');
});
