import { describe, expect, it } from 'vitest';
import { sliceNorms } from '../../../../graph/channelKernels.ts';
import { newAttributes } from '../../../../graph/layers/kindAttributes.ts';
import { fitAttributes, kindLayer } from '../../../../graph/layers/kindLayer.ts';
import { kindParameters } from '../../../../graph/layers/kindParameters.ts';
import type { KindName } from '../../../../graph/layers/kinds.ts';
import { layerNodes } from '../../../../graph/layers/layerNodes.ts';
import { matrixParts } from './channelParts.ts';
import '../../../../operators/late.ts';

const place = { inChannels: 16, inputSize: [12, 12] as const };

function partsOf(kind: KindName, shuffles = true, change = {}) {
  const attributes = fitAttributes(kind, { ...newAttributes(kind), ...change }, place);
  const layer = kindLayer(kind, attributes, place);
  const nodes = layerNodes(layer, 'layer', { id: 'input', shape: [1, 16, 12, 12] });
  return matrixParts({ nodes }, kindParameters(layer, nodes, { kernel: 'random', seed: 3 }), shuffles);
}

const connected = (part: ReturnType<typeof partsOf>[number]) =>
  part.kernels.connected.reduce((sum, each) => sum + each, 0);

describe('the matrices of a layer between channels', () => {
  it('of a grouped layer are one, with a block for each group', () => {
    const [part, ...more] = partsOf('grouped');
    expect(more).toEqual([]);
    expect(part!.blocks).toHaveLength(4);
    expect(part!.blocks[1]).toEqual({ rows: { lo: 4, hi: 7 }, columns: { lo: 4, hi: 7 } });
    expect(connected(part!)).toBe(4 * 4 * 4);
  });

  it('of a shuffled layer: the whole is full, and block-diagonal without the shuffle', () => {
    const [whole] = partsOf('shuffled');
    expect([whole!.of, connected(whole!)]).toEqual(['whole', 16 * 16]);
    expect(sliceNorms(whole!.kernels).every((norm) => norm > 0)).toBe(true);
    const [apart] = partsOf('shuffled', false);
    expect(connected(apart!)).toBe(16 * 4);
    expect(apart!.blocks).toHaveLength(4);
  });

  it('of a separable layer have no whole where an activation stands between', () => {
    expect(partsOf('separable').map(({ of }) => of)).toEqual(['whole', 'first', 'second']);
    expect(partsOf('separable', true, { between: 'relu' }).map(({ of }) => of)).toEqual(['first', 'second']);
  });
});
