import '../../operators/late.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paddingModes } from '../../operators/conv2d/attributes.ts';
import { inferShapes } from '../infer.ts';
import { newAttributes } from './kindAttributes.ts';
import { fitAttributes, kindLayer } from './kindLayer.ts';
import { kindOfLayer } from './kindOfLayer.ts';
import { kindNames } from './kinds.ts';
import { layerNodes } from './layerNodes.ts';

const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));
const side = fc.integer({ min: 0, max: 20 });

const anything = fc.record({
  outChannels: fc.integer({ min: 1, max: 80 }),
  kernelSize: pair(1, 20),
  stride: pair(1, 10),
  padding: fc.record({ top: side, bottom: side, left: side, right: side }),
  dilation: pair(1, 10),
  groups: fc.integer({ min: 1, max: 64 }),
  paddingMode: fc.constantFrom(...paddingModes),
  depthMultiplier: fc.integer({ min: 1, max: 12 }),
  middleChannels: fc.integer({ min: 1, max: 80 }),
  outputPadding: pair(0, 9),
  offsetGroups: fc.integer({ min: 1, max: 64 }),
  hasMask: fc.boolean(),
  bias: fc.boolean(),
  firstBias: fc.boolean(),
});
const place = fc.record({ inChannels: fc.constantFrom(1, 3, 8, 16, 64), inputSize: pair(1, 40) });

describe('the attributes of a kind', () => {
  it('give a layer with an output, whatever was asked and whatever it reads', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kindNames), anything, place, (kind, asked, where) => {
        const attributes = fitAttributes(kind, { ...newAttributes(kind), ...asked }, where);
        const layer = kindLayer(kind, attributes, where);
        const shape = [1, where.inChannels, ...where.inputSize] as const;
        const input = { id: 'input', operator: { kind: 'input' as const, channels: where.inChannels }, inputs: [] };
        const nodes = [input, ...layerNodes(layer, 'layer', { id: 'input', shape })];
        const shapes = inferShapes({ nodes }, { input: shape });
        expect(shapes.ok ? '' : shapes.error.message).toBe('');
      }),
    );
  });

  it('once fitted stay as they are', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kindNames), anything, place, (kind, asked, where) => {
        const fitted = fitAttributes(kind, { ...newAttributes(kind), ...asked }, where);
        expect(fitAttributes(kind, fitted, where)).toBe(fitted);
      }),
    );
  });

  it('are found again in the layer that they make', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kindNames), anything, place, (kind, asked, where) => {
        const layer = kindLayer(kind, fitAttributes(kind, { ...newAttributes(kind), ...asked }, where), where);
        const named = kindOfLayer(layer);
        expect(kindLayer(named.kind, fitAttributes(named.kind, named.attributes, where), where)).toEqual(layer);
      }),
    );
  });

  it('of a transposed layer leave an output of at most 4096, and crop no more than there is', () => {
    const asked = {
      ...newAttributes('transposed'),
      stride: [9, 9] as const,
      padding: { top: 20, bottom: 20, left: 20, right: 20 },
    };
    const { stride, padding } = fitAttributes('transposed', asked, { inChannels: 3, inputSize: [2000, 1] });
    expect(stride).toEqual([2, 4]);
    // (1 - 1) · 4 + 4 columns: one is left.
    expect([padding.left, padding.right]).toEqual([1, 2]);
  });
});

it('a grouped layer of 12 channels and 8 outputs has 1, 2 or 4 groups: 8 become 4', () => {
  const asked = { ...newAttributes('grouped', 8), groups: 8 };
  expect(fitAttributes('grouped', asked, { inChannels: 12, inputSize: [9, 9] }).groups).toBe(4);
});

it.each([
  ['grouped', 'grouped'],
  ['depthwise', 'depthwise'],
  ['pointwise', 'pointwise'],
  ['dilated', 'dilated'],
] as const)('a standard convolution is called by what it is: %s', (kind, name) => {
  const where = { inChannels: 16, inputSize: [20, 20] } as const;
  expect(kindOfLayer(kindLayer(kind, fitAttributes(kind, newAttributes(kind), where), where)).kind).toBe(name);
});
