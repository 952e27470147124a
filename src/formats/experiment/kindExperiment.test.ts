import '../../operators/late.ts';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { newAttributes } from '../../graph/layers/kindAttributes.ts';
import { fitAttributes, kindLayer } from '../../graph/layers/kindLayer.ts';
import { kindParameters } from '../../graph/layers/kindParameters.ts';
import { type KindName, kindNames } from '../../graph/layers/kinds.ts';
import { layerNodes } from '../../graph/layers/layerNodes.ts';
import { type KindExperiment, kindNpz, kindPyTorch } from './kindExperiment.ts';

const place = { inChannels: 4, inputSize: [5, 6] as const };

function experiment(kind: KindName, change: Partial<ReturnType<typeof newAttributes>> = {}): KindExperiment {
  const attributes = fitAttributes(kind, { ...newAttributes(kind, 4), ...change }, place);
  const layer = kindLayer(kind, attributes, place);
  const nodes = layerNodes(layer, 'layer', { id: 'bank', shape: [1, 4, 5, 6] });
  const maps = { shape: [1, 4, 5, 6] as const, values: new Float32Array(120) };
  const parameters = kindParameters(layer, nodes, { kernel: 'random', seed: 1 });
  const said = { kind };
  return { nodes, parameters, source: 'bank', activation: 'relu', x: maps, read: maps, constants: {}, y: maps, said };
}

const names = { script: 'cat-pytorch.py', npz: 'cat.npz' };

describe('the arrays of a layer', () => {
  it('have a weight and a bias for each part that has them, in shapes that PyTorch has', () => {
    const files = unzipSync(kindNpz(experiment('separable')));
    expect(Object.keys(files).sort()).toEqual([
      'depthwise.weight.npy',
      'layer.json',
      'pointwise.bias.npy',
      'pointwise.weight.npy',
      'read.npy',
      'x.npy',
      'y.npy',
    ]);
    expect(new TextDecoder().decode(files['depthwise.weight.npy']).slice(0, 80)).toContain("'shape': (4, 1, 3, 3)");
    expect(JSON.parse(new TextDecoder().decode(files['layer.json']))).toEqual({ kind: 'separable' });
  });
});

describe('the script', () => {
  it.each(kindNames)('of a layer computes its parts in order from what it reads: %s', (kind) => {
    const given = experiment(kind);
    const script = kindPyTorch(given, names);
    const assigned = [...script.matchAll(/^(\w+) = /gm)].map(([, name]) => name);
    const parts = given.nodes.map(({ id }) => id.slice(id.indexOf('.') + 1));
    expect(assigned.filter((name, i) => parts.includes(name!) && assigned.indexOf(name) === i)).toEqual(parts);
    expect(script).toContain(`y = F.relu(${parts.at(-1)})`);
    expect(script).toContain('"cat.npz"');
  });

  it('crops a transposed layer, shuffles channels, and weighs samples by a mask', () => {
    const transposed = kindPyTorch(experiment('transposed', { outputPadding: [1, 1] }), names);
    expect(transposed).toContain('stride=(2, 2), output_padding=(1, 1), groups=1');
    expect(transposed).toContain('conv = conv[:, :, 1:conv.shape[2] - 1, 1:conv.shape[3] - 1]');
    expect(kindPyTorch(experiment('shuffled'), names)).toContain('shuffle = F.channel_shuffle(first, 4)');
    const masked = kindPyTorch(experiment('deformable', { hasMask: true }), names);
    expect(masked).toContain('shifts = offsets[:, 0:18]');
    expect(masked).toContain('mask = torch.sigmoid(logits)');
    expect(masked).toContain('mask=mask');
  });
});
