/** What ran: the panel behind the engine's chip measures the operators of the network on the screen and is taken home as JSON. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './support/journey.ts';
import { png, rings } from './support/pictures.ts';

test('the chip leads to what ran: operators, peak, algorithms, and a file of all of it', async ({
  explore,
  page,
  engine,
}) => {
  await explore.open();
  await explore.upload(png('rings.png', 40, 28, rings));
  await explore.expectMaps(9, 28, 40);
  const panel = page.getByRole('dialog', { name: 'What ran' });
  const operators = panel.getByRole('table', { name: 'Operators of the network' });

  await test.step('the panel opens from the chip and measures', async () => {
    await explore.chip().click();
    await page.getByRole('button', { name: 'What ran' }).click();
    const row = operators.getByRole('row', { name: /Conv2d 3 → 9, 3 × 3/ });
    // 9 · 28 · 40 values of 27 multiply-adds.
    await expect(row).toContainText(/ms.*272\sk/);
    await expect(row).toContainText(engine === 'webgpu' ? /window k3 s1/ : /conv2d k3 s1/);
  });

  await test.step(
    engine === 'webgpu' ? 'the candidates run side by side' : 'the CPU has one way of computing',
    async () => {
      if (engine === 'cpu') {
        await expect(panel.getByText(/computes each operator in one way/)).toBeVisible();
        return;
      }
      await expect(panel.getByRole('figure', { name: 'Roofline' })).toBeVisible();
      await panel.getByRole('button', { name: 'Compare algorithms' }).click();
      const table = panel.getByRole('table', { name: 'Algorithms' });
      await expect(table.getByRole('row', { name: /in use/ })).toContainText('same bits', { timeout: 60_000 });
    },
  );

  await test.step('everything is saved', async () => {
    const saved = page.waitForEvent('download');
    await panel.getByRole('button', { name: 'Save as JSON' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe('rings-engine.json');
    const report = JSON.parse(await readFile(await file.path(), 'utf8'));
    expect(report).toMatchObject({ product: 'ConvScope', version: expect.any(String), input: [1, 3, 28, 40] });
    expect(report.engine.kind).toBe(engine);
    expect(report.operators[0]).toMatchObject({ node: 'conv', macs: 272_160, programs: [expect.any(String)] });
    expect(report.operators[0].rates.gflops).toBeGreaterThan(0);
    if (engine === 'webgpu') {
      expect(report.peak.gflops).toBeGreaterThan(0);
      expect(report.algorithms.conv.length).toBeGreaterThan(1);
    }
  });

  await test.step('another layer of several nodes is measured node by node', async () => {
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    // The button that opened it has gone with the card.
    await expect(explore.chip()).toBeFocused();
    await page.getByRole('combobox', { name: 'Kind of layer' }).selectOption('separable');
    await expect(page.locator('.kind-sum')).toContainText(/the map shows [+−-]?\d/);
    await explore.chip().click();
    await page.getByRole('button', { name: 'What ran' }).click();
    await expect(operators.getByRole('row', { name: /, 1 × 1/ })).toContainText(/ms/);
    await expect(operators.getByRole('row', { name: /^One run/ })).toContainText(/ms/);
  });
});
