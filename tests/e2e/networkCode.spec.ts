/** Network: built-in architectures, code in and out, and what makes a network cheaper. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/journey.ts';
import { png, rings } from './support/pictures.ts';

const openNetwork = (page: Page) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Network' }).click();
const settled = (page: Page) =>
  expect(page.getByRole('progressbar', { name: 'Maps that are computed' })).toBeHidden({ timeout: 60_000 });

test('a network is picked, pasted, refused and made cheaper, each with its exact price', async ({ explore, page }) => {
  // Gradients of some twenty networks on an adapter in software.
  test.slow();
  await explore.open();
  await explore.upload(png('rings.png', 48, 32, rings));
  await openNetwork(page);
  const total = page.getByRole('row', { name: /^Total/ });
  const layers = page.getByRole('region', { name: 'Layers' });
  const code = page.getByRole('textbox', { name: 'Code of the network' });

  await test.step('the first network: five convolutions, whose last units see 22 x 22 pixels', async () => {
    await expect(total).toContainText('42\u202f288');
    await expect(page.getByRole('img', { name: 'Maps of relu5: 32 × 16 × 24' })).toBeVisible();
  });

  await test.step('its effective field is the mean over draws and photos that are chosen, and what changes it stands beside', async () => {
    const field = page.getByRole('region', { name: 'Effective field' });
    await explore.field('draws').fill('2');
    await explore.field('draws').press('Enter');
    await expect(field).toContainText('2 He draws, seeds 11–12, on this photo', { timeout: 60_000 });
    await field.getByRole('radio', { name: '+ samples' }).check();
    await explore.field('How many samples beside this photo').fill('1');
    await explore.field('How many samples beside this photo').press('Enter');
    await expect(field).toContainText('mean over 2 photos: this one, ', { timeout: 60_000 });
    await field.getByRole('radio', { name: 'this photo', exact: true }).check();
    const changes = page.getByRole('region', { name: 'What changes it' });
    await changes.getByRole('radio', { name: 'this network' }).check();
    // Without rectifiers, without the pool.
    await expect(changes.getByText(/(Wider|Narrower|As wide): σ is [\d.]+ times as large/)).not.toHaveCount(0, {
      timeout: 60_000,
    });
    await expect(changes).toContainText('ReLU: taken out (5)');
  });

  await test.step('a pasted sequence becomes the network', async () => {
    await page.getByRole('button', { name: 'Code' }).click();
    await expect(code).toHaveValue(/nn\.Sequential\([\s\S]*nn\.MaxPool2d/);
    await code.fill('nn.Sequential(nn.Conv2d(3, 8, 3, stride=2), nn.ReLU(), nn.Conv2d(8, 4, 1))');
    await page.getByRole('button', { name: 'Use this code' }).click();
    // 8 (3 9 + 1) + 4 (8 + 1)
    await expect(total).toContainText('260');
    await expect(page.getByRole('img', { name: /^Maps of .*: 4 × 15 × 23$/ })).toBeVisible();
    await settled(page);
  });

  await test.step('code that is pasted anywhere on the screen is offered', async () => {
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'nn.Sequential(nn.Conv2d(3, 5, 1))');
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await expect(code).toHaveValue('nn.Sequential(nn.Conv2d(3, 5, 1))');
    await page.keyboard.press('Escape');
    await expect(code).toBeHidden();
    await expect(total).toContainText('260');
  });

  await test.step('what cannot be read is said at the place, and nothing is lost', async () => {
    await page.getByRole('button', { name: 'Code' }).click();
    await code.fill('nn.Sequential(nn.Conv3d(3, 8, 3))');
    await page.getByRole('button', { name: 'Use this code' }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Conv3d');
    const joined = [
      'class Network(nn.Module):',
      '    def __init__(self):',
      '        super().__init__()',
      '        self.conv = nn.Conv2d(3, 8, 3, stride=2)',
      '',
      '    def forward(self, x):',
      '        y = self.conv(x)',
      '        return x + y',
    ];
    await code.fill(joined.join('\n'));
    await page.getByRole('button', { name: 'Use this code' }).click();
    // 48 x 32 read, 23 x 15 given: both are said, with the line, which is marked.
    const alert = page.getByRole('dialog').getByRole('alert');
    await expect(alert).toContainText('[1, 3, 32, 48], [1, 8, 15, 23]');
    await expect(alert).toContainText('The size of tensor a (48) must match the size of tensor b (23)');
    await expect(alert).toContainText('Line 8, column 18.');
    const marked = () =>
      code.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
    expect(await marked()).toBe('return x + y');
    await page.keyboard.press('Escape');
    await expect(total).toContainText('260');
  });

  await test.step('a module of many blocks, as it was read and written', async () => {
    await page.getByRole('combobox', { name: 'Network', exact: true }).selectOption('resnet18');
    await expect(layers).toContainText('11\u202f689\u202f512 parameters');
    await settled(page);
    await page.getByRole('button', { name: 'Code' }).click();
    const text = await code.inputValue();
    expect(text).toContain('class Network(nn.Module)');
    await code.fill(`${text}\n`);
    await page.getByRole('button', { name: 'Use this code' }).click();
    await expect(layers).toContainText('11\u202f689\u202f512 parameters');
  });

  await test.step('undo brings back the sequence', async () => {
    await explore.button('Undo').click();
    await explore.button('Undo').click();
    await expect(total).toContainText('260');
  });
});
