/** Explore looks at one layer of the network: its real input, its weights, and what is changed there changes the network. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/journey.ts';
import { png, rings } from './support/pictures.ts';

const settled = (page: Page) =>
  expect(page.getByRole('progressbar', { name: 'Maps that are computed' })).toBeHidden({ timeout: 60_000 });

/** The numbers in a sentence: of a unit its map, row and column, and its value. */
const numbers = (words: string | null) =>
  (words?.match(/[-+−]?\d+(?:\.\d+)?/g) ?? []).map((each) => Number(each.replace('−', '-')));

test('a layer of ResNet-18 is opened, shows the number that Network has, is changed there, and linked', async ({
  explore,
  page,
}) => {
  // Five screens full of maps on an adapter in software.
  test.slow();
  await explore.open();
  await explore.upload(png('rings.png', 48, 32, rings));
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Network' }).click();
  await page.getByRole('combobox', { name: 'Network', exact: true }).selectOption('resnet18');
  const source = page.getByRole('region', { name: 'Where the input comes from' });
  const card = page.getByRole('heading', { name: 'Layer', exact: true }).locator('..');
  const sum = page.locator('.kind-sum');
  const step = async (key: string, layers: readonly string[]) => {
    for (const layer of layers) {
      await page.keyboard.press(key);
      await expect(card).toContainText(layer);
    }
  };
  /** Goes to Network: the unit that is pinned in Explore has the same number there. */
  const expectSameInNetwork = async (maps: string) => {
    // The sum goes and comes again with the maps: it is read and held in one look.
    let value = Number.NaN;
    await expect(async () => {
      [value = Number.NaN] = numbers((await sum.textContent())?.split('the map shows')[1] ?? null);
      expect(value).not.toBeNaN();
    }).toPass({ timeout: 30_000 });
    const pinned = numbers(await page.getByRole('heading', { name: 'Dot product' }).locator('..').textContent());
    await source.getByRole('button', { name: 'Network' }).click();
    await expect(page.getByRole('img', { name: `Maps of ${maps}` })).toBeVisible({ timeout: 60_000 });
    await settled(page);
    const shown = page.locator('.network-unit-value');
    await expect(shown).toContainText(/: [-+−]?\d/);
    const [channel, row, column, there] = numbers(await shown.textContent());
    expect([channel, row, column]).toEqual(pinned);
    // Both screens round for reading.
    expect(there).toBeCloseTo(value, 2);
    expect(Math.abs(there ?? 0)).toBeGreaterThan(0.01);
  };

  await test.step('opened by a key from the table: the photo is what it reads', async () => {
    await page.locator('[data-row="conv1"]').focus();
    await page.keyboard.press('e');
    await expect(source).toContainText('ResNet-18 · input · 3 × 32 × 48');
    await explore.expectMaps(64, 16, 24);
  });

  await test.step('by steps to a layer further behind: the maps of the one before are what it reads', async () => {
    await step(']', ['bn1', 'relu', 'maxpool', 'layer1.0.conv1']);
    await expect(source).toContainText('ResNet-18 · maxpool · 64 × 8 × 12');
    await explore.expectMaps(64, 8, 12);
    await expect(sum).toContainText(/^Σ of 64 channels:/);
    await explore.button('Check against float64').click();
    await expect(page.getByText(/6.?144 values/)).toBeVisible({ timeout: 30_000 });
  });

  await test.step('the same unit has the same number in Network, and a button leads back', async () => {
    await expectSameInNetwork('layer1.0.conv1: 64 × 8 × 12');
    await explore.button('Open in Explore: layer1.0.conv1').click();
    await expect(source).toContainText('ResNet-18 · maxpool · 64 × 8 × 12');
  });

  await test.step('the stride of the first layer is changed here, and is changed in Network', async () => {
    await step('[', ['maxpool', 'relu', 'bn1', 'conv1']);
    await explore.field('stride (conv1): rows').fill('1');
    await explore.field('stride (conv1): rows').press('Enter');
    await explore.expectMaps(64, 32, 24);
    await expectSameInNetwork('conv1: 64 × 32 × 24');
    await expect(page.locator('[data-row="conv1"]')).toContainText('stride=(1, 2)');
  });

  await test.step('one undo takes the change back, one redo brings it again', async () => {
    await explore.button('Open in Explore: conv1').click();
    await explore.expectMaps(64, 32, 24);
    await explore.button('Undo').click();
    await explore.expectMaps(64, 16, 24);
    await explore.button('Redo').click();
    await explore.expectMaps(64, 32, 24);
  });

  await test.step('a link opens the same layer of the same network, and the way back to the photo is there', async () => {
    await page.goto(await explore.shareLink());
    await page.reload();
    // A person's own photo stays with them: the first sample stands in its place.
    await expect(source).toContainText('· input · 3 × 64 × 96');
    await explore.expectMaps(64, 64, 48);
    await source.getByRole('button', { name: 'Plain photo' }).click();
    await expect(source).toBeHidden();
    await expect(explore.code).toBeVisible();
  });
});
