import { afterEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Engine } from '../../engine/engine.ts';
import { createEngine } from '../../engine/index.ts';
import { runReference } from '../../graph/referenceRun.ts';
import { type CompareState, defaultCompare, newColumn } from '../../store/compare.ts';
import { defaultWorkspace } from '../../store/defaultWorkspace.ts';
import { createWorkspaceStore } from '../../store/workspaceStore.ts';
import { firstResults, type ResultsState } from '../results.ts';
import { testPicture } from '../testing/testPicture.ts';
import { type CompareDesk, startCompareDesk } from './compareDesk.ts';
import { compareNodes } from './comparison.ts';

const size = { width: 18, height: 14 } as const;

const picture = (seed: number) => testPicture([size.height, size.width], seed);

let engine: Engine | null = null;
let desk: CompareDesk | null = null;
afterEach(() => {
  desk?.dispose();
  engine?.destroy();
  desk = engine = null;
});

async function start(kind: 'cpu' | 'webgpu', compare: Partial<CompareState>) {
  const blobs = { putNow: () => 'f'.repeat(64) };
  const initial = { ...defaultWorkspace(), compare: { ...defaultCompare, ...compare } };
  const workspace = createWorkspaceStore({ initial, blobs, inputSize: () => [size.height, size.width] });
  const created = await createEngine(kind, { memoryBudget: 2 ** 28 });
  engine = created.engine;
  const results = createStore<ResultsState>(() => ({ ...firstResults, running: created.engine, picture: picture(1) }));
  desk = startCompareDesk({ workspace, results });
  return { workspace, results, desk, engine: created.engine };
}

const settled = (of: CompareDesk, count: number) =>
  expect
    .poll(() => !of.results.getState().busy && of.results.getState().columns.length, { timeout: 60_000 })
    .toBe(count);

const kinds = ['standard', 'separable', 'shuffled', 'spatially_separable'] as const;
const others = ['transposed', 'deformable', 'depthwise', 'dilated'] as const;
const more = ['grouped', 'pointwise', 'stack'] as const;
const blocks = ['pooled', 'resize_convolve', 'vgg_block', 'mobilenet_block'] as const;
const columnsOf = (names: readonly Parameters<typeof newColumn>[0][]) =>
  names.map((name) => newColumn(name, defaultCompare));

describe.each(['cpu', 'webgpu'] as const)('a comparison on %s', (kind) => {
  it.each([[kinds], [others], [more], [blocks]])(
    'has the maps of the float64 reference in every column: %s',
    async (names) => {
      const { desk, engine } = await start(kind, { columns: columnsOf(names) });
      await settled(desk, names.length);
      const { stem, columns, problem } = desk.results.getState();
      expect(problem).toBeNull();
      for (const column of columns) {
        const inputs = { [compareNodes.photo]: { shape: [1, 3, 14, 18] as const, values: picture(1).values } };
        const all = { ...stem!.parameters, ...column.parameters };
        const { output, magnitude } = runReference(column.whole, inputs, all)[column.output]!;
        const [, channels, height, width] = column.maps.shape;
        expect([1, channels, height, width]).toEqual([...output.shape]);
        const values = await engine.read(column.maps, { channel: 0, channels, y: 0, x: 0, height, width });
        const error = values.reduce(
          (most, value, i) => Math.max(most, Math.abs(value - output.values[i]!) / (1 + magnitude[i]!)),
          0,
        );
        // Offsets are themselves results: a sample moves by their rounding.
        expect(error).toBeLessThan(column.column.kind === 'deformable' ? 1e-3 : 2e-5);
      }
    },
  );
});

describe('a change', () => {
  it('has its wiring, shapes and price before any map of it is computed, whatever is being computed', async () => {
    const { desk, workspace } = await start('cpu', { columns: columnsOf(['standard', 'pointwise']) });
    await settled(desk, 2);
    const [, pointwise] = desk.results.getState().plan!.columns;
    const change = (kernelSize: number) =>
      workspace.getState().setCompare(null, (now) => ({
        ...now,
        columns: now.columns.map((column, i) => (i === 0 ? { ...column, kernelSize } : column)),
      }));
    change(5);
    change(7);
    const { plan, columns, busy } = desk.results.getState();
    const { stem, outChannels } = workspace.getState().workspace.compare;
    expect(busy).toBe(true);
    expect(columns[0]?.column.kernelSize).toBe(3);
    expect(plan?.columns[0]?.cost.parameters).toBe(outChannels * (stem.channels * 7 * 7 + 1));
    expect(plan?.columns[0]?.shapes[plan.columns[0].output]).toEqual([1, outChannels, size.height, size.width]);
    expect(plan?.columns[1]).toBe(pointwise);
    await settled(desk, 2);
  });

  it('of one column computes that one alone, and leaves nothing behind', async () => {
    const { desk, workspace, engine } = await start('cpu', { columns: columnsOf(['standard', 'pointwise']) });
    await settled(desk, 2);
    const [first] = desk.results.getState().columns;
    workspace.getState().setCompare(null, (now) => ({
      ...now,
      columns: now.columns.map((column, i) => (i === 1 ? { ...column, kind: 'depthwise' } : column)),
    }));
    await expect.poll(() => desk.results.getState().columns[1]?.column.kind).toBe('depthwise');
    expect(desk.results.getState().columns[0]?.maps).toBe(first?.maps);
    // The bank and two columns.
    expect(engine.counters.liveTensors).toBe(3);
  });

  it('of the bank’s channels never empties a place that had maps, and ends with maps of the new bank', async () => {
    const { desk, workspace, engine } = await start('cpu', {
      columns: columnsOf(['standard', 'separable', 'grouped']),
    });
    await settled(desk, 3);
    const counts = new Set<number>();
    desk.results.subscribe(({ columns }) => counts.add(columns.length));
    workspace.getState().setCompare(null, (now) => ({ ...now, stem: { ...now.stem, channels: 32 } }));
    workspace.getState().setCompare(null, (now) => ({ ...now, outChannels: 32 }));
    await expect.poll(() => desk.results.getState().columns[2]?.maps.shape[1]).toBe(32);
    await settled(desk, 3);
    const { stem, columns } = desk.results.getState();
    expect(columns.every((column) => column.stem === stem && column.maps.shape[1] === 32)).toBe(true);
    expect([...counts]).toEqual([3]);
    expect(engine.counters.liveTensors).toBe(4);
  });

  it('of the photo computes the bank and all columns anew', async () => {
    const { desk, results } = await start('cpu', { columns: columnsOf(['standard']) });
    await settled(desk, 1);
    const { stem } = desk.results.getState();
    results.setState({ picture: picture(50) });
    await expect.poll(() => desk.results.getState().stem?.picture.values).toBe(results.getState().picture?.values);
    expect(desk.results.getState().stem?.maps).not.toBe(stem?.maps);
  });
});
