/** The Explore screen as a person finds it: by the names that stand on it. English; the Korean journeys name things themselves. */
import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import type { EngineKind } from '../../../src/engine/engine.ts';
import { type Experiment, readExperimentFile } from './experiment.ts';

export interface UploadedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export interface SavedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export class Explore {
  readonly maps: Locator;
  readonly photo: Locator;
  readonly problem: Locator;
  readonly code: Locator;

  constructor(
    readonly page: Page,
    readonly engine: EngineKind,
  ) {
    this.maps = page.getByRole('application', { name: /^Response maps:/ });
    this.photo = page.getByRole('application', { name: /^Photo:/ });
    this.problem = page.locator('.problem-region');
    this.code = page.getByRole('textbox', { name: 'Layer as PyTorch code' });
  }

  /** Opens the page and waits for its first maps. A software adapter has to be asked for; the CPU engine is what comes by itself. */
  async open(hash = ''): Promise<void> {
    await this.page.goto(`${this.engine === 'webgpu' ? '?engine=webgpu' : ''}${hash}`);
    await this.ready();
  }

  async ready(): Promise<void> {
    await expect(this.chip()).toContainText(this.engine === 'webgpu' ? 'WebGPU' : 'CPU');
    await expect(this.captions().first()).toBeVisible();
  }

  chip(): Locator {
    return this.page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: /WebGPU|CPU|Starting/ });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The number field of an attribute, by its exact name. */
  field(name: string): Locator {
    return this.page.getByRole('spinbutton', { name, exact: true });
  }

  captions(): Locator {
    return this.page.getByRole('button', { name: /^Open map / });
  }

  /** The shape beside a panel's heading: "9 × 170 × 256". */
  shapeOf(panel: 'Input' | 'Response maps' | 'Kernels'): Locator {
    return this.page.getByRole('heading', { name: panel, exact: true }).locator('..');
  }

  /** Waits until the maps have this shape. */
  async expectMaps(channels: number, height: number, width: number): Promise<void> {
    await expect(this.shapeOf('Response maps')).toContainText(`${channels} × ${height} × ${width}`);
  }

  async expectInput(channels: number, height: number, width: number): Promise<void> {
    await expect(this.shapeOf('Input')).toContainText(`${channels} × ${height} × ${width}`);
  }

  outputSize(): Locator {
    return this.page.getByRole('region', { name: 'Output size, worked out' });
  }

  /** Gives a file to the page's first file input. */
  async upload(file: UploadedFile): Promise<void> {
    await this.page.locator('input[type="file"]').first().setInputFiles(file);
  }

  /** Drops a file on the page. */
  async drop({ name, mimeType, buffer }: UploadedFile): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      ({ letters, fileName, type }) => {
        const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], fileName, { type }));
        return data;
      },
      { letters: buffer.toString('base64'), fileName: name, type: mimeType },
    );
    for (const type of ['dragenter', 'dragover', 'drop'] as const) {
      await this.page.dispatchEvent('body', type, { dataTransfer: transfer });
    }
  }

  async writeCode(text: string): Promise<void> {
    await this.code.fill(text);
    await this.code.press('Enter');
  }

  /** Saves a file by the Export menu; the item downloads at once and the menu closes. */
  async save(item: RegExp): Promise<SavedFile> {
    await this.button('Export').click();
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: item }).click();
    await expect(this.page.getByRole('menu')).toBeHidden();
    const file = await download;
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }

  async experiment(): Promise<Experiment> {
    return readExperimentFile((await this.save(/\.npz/)).bytes);
  }

  /** The link that Share offers. */
  async shareLink(): Promise<string> {
    await this.button('Share').click();
    const dialog = this.page.getByRole('dialog', { name: 'Share' });
    const link = dialog.getByRole('textbox', { name: 'Link' });
    await expect(link).toHaveValue(/#/);
    return link.inputValue();
  }

  /** A point of map `channel` (0, 1, ...) on the screen: the middle of the value at `row`, `column`. */
  async pointOfUnit(channel: number, row: number, column: number, [height, width]: readonly [number, number]) {
    const tile = await this.tile(channel);
    return { x: tile.x + ((column + 0.5) / width) * tile.width, y: tile.y + ((row + 0.5) / height) * tile.height };
  }

  /** Where map `channel` stands on the screen, without its caption. */
  async tile(channel: number) {
    const caption = this.page.getByRole('button', { name: new RegExp(`^Open map ${channel}\\b`) });
    await caption.scrollIntoViewIfNeeded();
    const below = await caption.boundingBox();
    const place = await this.page.locator('.map-place').filter({ has: caption }).boundingBox();
    if (!below || !place) throw new Error(`map ${channel} is not on the screen`);
    return { x: place.x, y: place.y, width: place.width, height: below.y - place.y };
  }
}
