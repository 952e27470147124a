import { describe, expect, it } from 'vitest';
import type { Graph } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import type { Operator } from '../../operators/index.ts';
import type { Shape } from '../../operators/operator.ts';
import { createPool2d } from '../../operators/pool2d/index.ts';
import { createResize } from '../../operators/resize/index.ts';
import { readNetwork } from './readModule.ts';
import { writeModule } from './writeModule.ts';

function written(operators: Graph['nodes'], inputs: Readonly<Record<string, Shape>>) {
  const shapes = inferShapes({ nodes: operators }, inputs);
  if (!shapes.ok) throw new Error(shapes.error.message);
  return writeModule({ nodes: operators }, shapes.value);
}

/** The one line of `forward`, and the note. */
function lineOf(operator: Operator, shape: Shape = [1, 3, 7, 9]) {
  const nodes = [
    { id: 'input', operator: { kind: 'input' as const, channels: shape[1] }, inputs: [] },
    { id: 'layer', operator, inputs: ['input'] },
  ];
  const { text, notes } = written(nodes, { input: shape });
  return { text, line: /^ {8}x = (.*)$/m.exec(text)?.[1], note: notes[0]?.note };
}

describe('a network written for PyTorch, where PyTorch reads its own arguments otherwise', () => {
  it('pads a pool in ceil mode no further than its windows read: PyTorch would begin another one in the padding', () => {
    const padding = { top: 0, bottom: 1, left: 1, right: 0 };
    const pool = { function: 'max', kernelSize: [3, 3], stride: [4, 4], padding, ceilMode: true } as const;
    // Rows: 8 with the padding; a window from row 4 to 6 is the last that begins in the maps.
    expect(lineOf(createPool2d(pool)).line).toBe("self.layer(F.pad(x, (1, 0, 0, 0), value=float('-inf')))");
    expect(lineOf(createPool2d({ ...pool, ceilMode: false })).line).toContain('(1, 0, 0, 1)');
  });

  it('goes round before it crops', () => {
    const pad = { kind: 'pad', before: [0, 0, 3, 1], after: [0, 0, 2, -1], mode: 'wrap', value: 0 } as const;
    expect(lineOf(pad).line).toBe("F.pad(F.pad(x, (1, 0, 3, 2), mode='circular'), (0, -1, 0, 0))  # layer");
  });

  it('says of sides that PyTorch refuses that they are too wide', () => {
    const pad = (side: number, mode: 'reflect' | 'wrap') =>
      lineOf({ kind: 'pad', before: [0, 0, side, 0], after: [0, 0, 0, 0], mode, value: 0 }).note;
    expect([pad(6, 'reflect'), pad(7, 'wrap')]).toEqual([undefined, undefined]);
    expect(pad(7, 'reflect')).toMatch(/no sides as wide/);
    expect(pad(8, 'wrap')).toMatch(/no sides as wide/);
  });

  it('reduces no axis by leaving the maps as they are: to PyTorch no axes are all', () => {
    expect(lineOf({ kind: 'reduce', function: 'min', axes: [] }).text).toContain('self.layer = nn.Identity()');
  });

  it('names every one of several inputs', () => {
    const input = (id: string) => ({ id, operator: { kind: 'input' as const, channels: 3 }, inputs: [] });
    const add = { id: 'add', operator: { kind: 'arithmetic', function: 'add' } as const, inputs: ['input', 'other'] };
    const { text } = written([input('input'), input('other'), add], { input: [1, 3, 4, 4], other: [1, 3, 4, 4] });
    expect(text).toContain('def forward(self, picture, other):');
    expect(text).toContain('x = picture + other');
  });

  it('aligns the corners of a size that is rounded down as PyTorch does, and says of others that they differ', () => {
    const read = readNetwork("nn.Upsample(scale_factor=(1, 1.5), mode='bilinear', align_corners=True)", [1, 3, 7, 9]);
    expect(read.ok && read.value.nodes[1]?.operator).toMatchObject({ size: [7, 13], scaleFactor: null });
    const whole = readNetwork("nn.Upsample(scale_factor=2, mode='bilinear', align_corners=True)", [1, 3, 7, 9]);
    expect(whole.ok && whole.value.nodes[1]?.operator).toMatchObject({ size: null, scaleFactor: [2, 2] });
    const resize = (factor: number) =>
      lineOf(createResize({ mode: 'linear', scaleFactor: [1, factor], coordinateTransformationMode: 'align_corners' }))
        .note;
    expect(resize(3)).toBeUndefined();
    expect(resize(1.5)).toMatch(/align_corners/);
  });
});
