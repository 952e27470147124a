import { describe, expect, it } from 'vitest';
import { asKind, defaultCompare, fitCompare, newColumn } from './compare.ts';
import { defaultWorkspace } from './defaultWorkspace.ts';
import { parseCompare } from './parse/parseCompare.ts';
import { createWorkspaceStore } from './workspaceStore.ts';

describe('a comparison', () => {
  it('keeps groups that divide both channel counts: 12 groups over 16 and 32 channels become 8', () => {
    const column = { ...newColumn('grouped', defaultCompare), groups: 12 };
    expect(fitCompare({ ...defaultCompare, outChannels: 32, columns: [column] }).columns[0]?.groups).toBe(8);
  });

  it('is read from anything: what is wrong is the default, what is out of range comes into it', () => {
    expect(parseCompare(null)).toEqual(defaultCompare);
    expect(parseCompare({ columns: [], seed: -3, stem: { bank: 'magic', channels: 7 } })).toEqual({
      ...defaultCompare,
      seed: 0,
    });
    const [column] = parseCompare({ columns: [{ kind: 'dilated', kernelSize: 99, stride: 2, dilation: 0 }] }).columns;
    expect(column).toMatchObject({ kind: 'dilated', kernelSize: 11, stride: 2, dilation: 1 });
  });

  it('read from before there were blocks has their depth as it begins: 3 layers of a stack, 2 of others', () => {
    const { columns } = parseCompare({ columns: [{ kind: 'stack' }, { kind: 'standard', kernelSize: 5 }] });
    expect(columns).toMatchObject([
      { kind: 'stack', depth: 3 },
      { kind: 'standard', kernelSize: 5, depth: 2 },
    ]);
  });

  it('turned into another kind keeps the numbers that both begin with', () => {
    const column = { ...newColumn('standard', defaultCompare), kernelSize: 7 };
    expect(asKind(column, 'pooled', defaultCompare)).toMatchObject({ kind: 'pooled', kernelSize: 7, stride: 2 });
    expect(asKind(column, 'transposed', defaultCompare)).toMatchObject({ kernelSize: 4, stride: 2 });
    expect(asKind(column, 'dilated', defaultCompare)).toMatchObject({ kernelSize: 7, stride: 1 });
  });

  it('is undone column by column, while the drag of one number is one step', () => {
    const blobs = { putNow: () => 'f'.repeat(64) };
    const store = createWorkspaceStore({
      initial: defaultWorkspace(),
      blobs,
      inputSize: () => [300, 451],
      now: () => 0,
    });
    const kinds = () => store.getState().workspace.compare.columns.map(({ kind }) => kind);
    const add = (kind: 'pointwise' | 'deformable') =>
      store
        .getState()
        .setCompare(null, (now) => ({ ...now, columns: [...now.columns.slice(0, 2), newColumn(kind, now)] }));
    add('pointwise');
    add('deformable');
    expect(kinds()).toEqual(['standard', 'separable', 'deformable']);
    store.getState().undo();
    expect(kinds()).toEqual(['standard', 'separable', 'pointwise']);
    for (const kernelSize of [4, 5, 6])
      store.getState().setCompare('0/kernelSize', (now) => ({
        ...now,
        columns: now.columns.map((column, i) => (i === 0 ? { ...column, kernelSize } : column)),
      }));
    store.getState().undo();
    expect(store.getState().workspace.compare.columns[0]?.kernelSize).toBe(3);
  });
});
