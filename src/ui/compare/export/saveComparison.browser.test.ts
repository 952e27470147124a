import i18next from 'i18next';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Engine } from '../../../engine/engine.ts';
import { createEngine } from '../../../engine/index.ts';
import { loadWords, setLanguage, startI18n } from '../../../i18n/index.ts';
import { startCompareDesk } from '../../../live/compare/compareDesk.ts';
import { firstResults, type ResultsState } from '../../../live/results.ts';
import { defaultCompare, newColumn } from '../../../store/compare.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import { createWorkspaceStore, type WorkspaceStore } from '../../../store/workspaceStore.ts';
import { type Comparison, createLooking, createUnit } from '../comparison.tsx';
import { type ComparisonFile, makeComparisonFile } from './saveComparison.ts';

const size = { width: 20, height: 12 } as const;
let engine: Engine;
let comparison: Comparison;
let workspace: WorkspaceStore;

beforeAll(async () => {
  await startI18n('en');
  await loadWords('compare');
  const columns = [newColumn('standard', defaultCompare), newColumn('mobilenet_block', defaultCompare)];
  const initial = { ...defaultWorkspace(), compare: { ...defaultCompare, columns } };
  workspace = createWorkspaceStore({
    initial,
    blobs: { putNow: () => 'f'.repeat(64) },
    inputSize: () => [size.height, size.width],
  });
  engine = (await createEngine('cpu', { memoryBudget: 2 ** 28 })).engine;
  const pixels = size.width * size.height;
  const picture = {
    rgba: new Uint8ClampedArray(4 * pixels),
    ...size,
    fullWidth: size.width,
    fullHeight: size.height,
    opaque: true,
    values: Float32Array.from({ length: 3 * pixels }, (_, i) => ((i * 37) % 101) / 101),
    channels: 3 as const,
    name: 'a<b & c.png',
  };
  const results = createStore<ResultsState>(() => ({ ...firstResults, running: engine, picture }));
  comparison = {
    desk: startCompareDesk({ workspace, results }),
    unit: createUnit(workspace).unit,
    looking: createLooking(),
  };
});

afterAll(() => {
  comparison.desk.dispose();
  engine.destroy();
});

const save = (kind: ComparisonFile) =>
  makeComparisonFile(kind, comparison, { workspace }, i18next.getFixedT(null, 'compare'));

it('a comparison is saved as a well-formed figure with its code, maps and prices, and waits until it is computed', async () => {
  const file = await save('svg');
  expect(file.name).toBe('a-b-c-comparison.svg');
  const svg = new DOMParser().parseFromString(await file.text(), 'image/svg+xml');
  expect(svg.querySelector('parsererror')).toBeNull();
  const text = svg.documentElement.textContent;
  expect(text).toContain('a<b & c.png, 3 × 12 × 20');
  expect(text).toContain('nn.ReLU6()');
  // 2 · (16·9 + 16 + 16·16 + 16)
  expect(text).toContain('864');
  // Four maps of each column, and the legend.
  const images = [...svg.querySelectorAll('image')];
  expect(images).toHaveLength(9);
  const bytes = await fetch(images[0]!.getAttributeNS('http://www.w3.org/1999/xlink', 'href')!);
  const bitmap = await createImageBitmap(await bytes.blob());
  expect([bitmap.width, bitmap.height]).toEqual([size.width, size.height]);
});

it('the same figure in pixels is twice as large', async () => {
  const svg = new DOMParser().parseFromString(await (await save('svg')).text(), 'image/svg+xml').documentElement;
  const bitmap = await createImageBitmap(await save('png'));
  expect(bitmap.width).toBe(2 * Number(svg.getAttribute('width')));
  expect(bitmap.height).toBe(Math.ceil(2 * Number(svg.getAttribute('height'))));
});

it('speaks the page’s language', async () => {
  await setLanguage('ko');
  expect(await (await save('svg')).text()).toContain('합성곱의 종류를 나란히 비교');
  await setLanguage('en');
});

it('the table has exact costs and the field of the pinned unit: 3 x 3 on the bank of 5 x 5 filters sees 7 x 7 of the photo', async () => {
  const lines = (await (await save('csv')).text()).split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/^1,standard,"nn\.Conv2d\(16, 16, kernel_size=3, padding=1\)",16,12,20,2320,552960,/);
  expect(lines[1]).toMatch(/,3,3,9,7,7$/);
  expect(lines[2]).toMatch(/,16,6,10,864,/);
});
