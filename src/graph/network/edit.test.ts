import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyNetwork, networks, picture } from '../../../tests/support/networkCases.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { Shape } from '../../operators/operator.ts';
import { architecture, architectureNames } from '../architectures/index.ts';
import type { Graph } from '../graph.ts';
import { validateGraph } from '../validate.ts';
import {
  changeOperator,
  duplicate,
  effectiveGraph,
  insertAfter,
  membersOf,
  move,
  moveStep,
  single,
  without,
} from './edit.ts';
import { fitChannels } from './fitChannels.ts';
import { inferEach, shapesIn } from './inferEach.ts';
import { templateGraph } from './templates.ts';

const relu = single({ kind: 'activation', function: 'relu' });
const conv = (inChannels: number, outChannels: number) =>
  createConv2d({ inChannels, outChannels, kernelSize: [3, 3], padding: 'same' });
const wiring = ({ nodes }: Graph) => nodes.map(({ id, inputs }) => `${id} < ${inputs.join(' ')}`.trim());
const resnet = architecture('resnet18', [1, 3, 64, 64]);

/** input → conv1 → relu → conv2. */
const chain = ['conv2', 'relu', 'conv1'].reduce(
  (graph, id) =>
    insertAfter(graph, 'input', {
      nodes: [
        emptyNetwork.nodes[0]!,
        { id, operator: id === 'relu' ? { kind: 'activation', function: 'relu' } : conv(3, 3), inputs: ['input'] },
      ],
    }).graph,
  emptyNetwork,
);

describe('adding', () => {
  it('puts a layer between a node and its readers, under a free name', () => {
    const { graph, focus } = insertAfter(chain, 'relu', relu);
    expect(focus).toBe('relu1');
    expect(wiring(graph)).toEqual(['input <', 'conv1 < input', 'relu < conv1', 'relu1 < relu', 'conv2 < relu1']);
  });

  it('puts a block in the block of its place, and names it once more where the name is taken', () => {
    const block = templateGraph({ template: 'block', name: 'residual' }, [1, 64, 16, 16]);
    if (!block.ok) throw new Error(block.error.message);
    const once = insertAfter(resnet, 'layer1.0.relu2', block.value, 'residual');
    expect(once.focus).toBe('layer1.0.residual.relu2');
    expect(insertAfter(once.graph, 'layer1.0.relu2', block.value, 'residual').focus).toBe('layer1.0.residual1.relu2');
  });

  it('on one branch leaves the others alone', () => {
    const { graph } = insertAfter(resnet, 'layer1.0.relu2', relu, '', 'layer1.1.conv1');
    expect(graph.nodes.find(({ id }) => id === 'layer1.1.conv1')?.inputs).toEqual(['layer1.0.relu']);
    expect(graph.nodes.find(({ id }) => id === 'layer1.1.add')?.inputs).toEqual(['layer1.1.bn2', 'layer1.0.relu2']);
  });

  it('and removing what was added gives the network before it', () => {
    fc.assert(
      fc.property(networks(6), fc.nat(), (graph, at) => {
        const place = graph.nodes[at % graph.nodes.length]!.id;
        const { graph: added, focus } = insertAfter(graph, place, relu);
        expect(without(added, new Set([focus]))).toEqual(graph);
      }),
      { numRuns: 50 },
    );
  });
});

describe('removing', () => {
  it('lets readers read through: of a join its first input', () => {
    const left = without(resnet, membersOf(resnet, 'layer2.0.downsample'));
    expect(left.nodes.find(({ id }) => id === 'layer2.0.add')?.inputs).toEqual(['layer2.0.bn2', 'layer1.1.relu2']);
    const plain = without(resnet, new Set(['layer1.0.add']));
    expect(plain.nodes.find(({ id }) => id === 'layer1.0.relu2')?.inputs).toEqual(['layer1.0.bn2']);
  });

  it('a whole block joins what stands around it, and switching it off computes the same network', () => {
    const block = membersOf(resnet, 'layer2');
    expect(block.size).toBe(16);
    expect(without(resnet, block).nodes.find(({ id }) => id === 'layer3.0.conv1')?.inputs).toEqual(['layer1.1.relu2']);
    expect(effectiveGraph(resnet, block)).toEqual(without(resnet, block));
  });

  it('never removes an input', () => {
    expect(without(chain, new Set(chain.nodes.map(({ id }) => id)))).toEqual(emptyNetwork);
  });
});

describe('duplicating', () => {
  it('puts a copy behind the original', () => {
    const copied = duplicate(chain, new Set(['relu']))!;
    expect(wiring(copied.graph)).toEqual(['input <', 'conv1 < input', 'relu < conv1', 'relu1 < relu', 'conv2 < relu1']);
    expect(copied.focus).toBe('relu1');
  });

  it('gives every node of a part outside of any block a name of its own', () => {
    const copied = duplicate(chain, new Set(['conv1', 'relu']))!;
    expect(wiring(copied.graph)).toEqual([
      'input <',
      'conv1 < input',
      'relu < conv1',
      'conv3 < relu',
      'relu1 < conv3',
      'conv2 < relu1',
    ]);
    expect(copied.focus).toBe('relu1');
  });

  it('copies a part of a block inside of that block', () => {
    const vgg = architecture('vgg11', [1, 3, 64, 64]);
    const copied = duplicate(vgg, new Set(['features.0', 'features.1']))!;
    const ids = copied.graph.nodes.map(({ id }) => id);
    expect(ids.filter((id) => !vgg.nodes.some((node) => node.id === id))).toEqual(['features.21', 'features.22']);
    expect(copied.graph.nodes.find(({ id }) => id === 'features.2')?.inputs).toEqual(['features.22']);
  });

  it('copies a block with its branches, on the same path', () => {
    const { graph, focus } = duplicate(resnet, membersOf(resnet, 'layer1.1'))!;
    expect(focus).toBe('layer1.2.relu2');
    expect(graph.nodes.find(({ id }) => id === 'layer1.2.conv1')?.inputs).toEqual(['layer1.1.relu2']);
    expect(graph.nodes.find(({ id }) => id === 'layer1.2.add')?.inputs).toEqual(['layer1.2.bn2', 'layer1.1.relu2']);
    expect(graph.nodes.find(({ id }) => id === 'layer2.0.conv1')?.inputs).toEqual(['layer1.2.relu2']);
  });
});

describe('moving', () => {
  it('takes a layer out of its place and puts it behind another', () => {
    const moved = move(chain, new Set(['conv1']), 'conv2');
    expect(moved.ok && wiring(moved.value.graph)).toEqual(['input <', 'relu < input', 'conv2 < relu', 'conv1 < conv2']);
  });

  it('by a step goes past the next layer, and back again', () => {
    const down = moveStep(chain, new Set(['conv1']), 1);
    if (!down?.ok) throw new Error('not moved');
    expect(wiring(down.value.graph)).toEqual(['input <', 'relu < input', 'conv1 < relu', 'conv2 < conv1']);
    const up = moveStep(down.value.graph, new Set(['conv1']), -1);
    expect(up?.ok && wiring(up.value.graph)).toEqual(wiring(chain));
    expect(moveStep(chain, new Set(['conv1']), -1)).toBeNull();
    expect(moveStep(chain, new Set(['conv2']), 1)).toBeNull();
  });

  it('of a block keeps its inside', () => {
    const moved = move(resnet, membersOf(resnet, 'layer1.0'), 'layer1.1.relu2');
    if (!moved.ok) throw new Error(moved.error.message);
    const inputsOf = (id: string) => moved.value.graph.nodes.find((node) => node.id === id)?.inputs;
    expect(inputsOf('layer1.1.conv1')).toEqual(['maxpool']);
    expect(inputsOf('layer1.0.conv1')).toEqual(['layer1.1.relu2']);
    expect(inputsOf('layer1.0.add')).toEqual(['layer1.0.bn2', 'layer1.1.relu2']);
    expect(inputsOf('layer2.0.conv1')).toEqual(['layer1.0.relu2']);
  });

  it('behind itself is refused with a sentence', () => {
    expect(move(chain, new Set(['relu']), 'relu')).toMatchObject({ ok: false, error: { code: 'not-movable' } });
  });
});

it('every edit of a network is a network: unique ids, each behind what it reads', () => {
  const edits = fc.array(fc.tuple(fc.constantFrom('duplicate', 'move', 'step', 'remove'), fc.nat(), fc.nat()), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(networks(6), edits, (start, list) => {
      let graph = start;
      for (const [edit, at, other] of list) {
        const node = graph.nodes[at % graph.nodes.length]!.id;
        const behind = graph.nodes[other % graph.nodes.length]!.id;
        const block = node.includes('.') && other % 2 === 0 ? node.slice(0, node.lastIndexOf('.')) : node;
        const ids = membersOf(graph, block);
        const count = graph.nodes.length;
        if (edit === 'duplicate') graph = duplicate(graph, ids)?.graph ?? graph;
        else if (edit === 'remove') graph = without(graph, ids);
        else {
          const moved = edit === 'move' ? move(graph, ids, behind) : moveStep(graph, ids, other % 4 < 2 ? 1 : -1);
          if (moved?.ok) graph = moved.value.graph;
          expect(graph.nodes.length).toBe(count);
        }
        expect(validateGraph(graph)).toEqual({ ok: true, value: graph });
      }
    }),
    { numRuns: 60 },
  );
});

describe('channels follow', () => {
  const at = (graph: Graph, id: string) => graph.nodes.find((node) => node.id === id)!.operator;
  const fitted = (graph: Graph, input: Shape = picture) => fitChannels(graph, { input });

  it('through norms and depthwise layers to the next that mixes channels', () => {
    const input: Shape = [1, 3, 32, 32];
    const mobile = architecture('mobilenet_v1', input);
    const wider = changeOperator(mobile, 'conv1.0', conv(3, 40));
    const { graph, moved } = fitChannels(wider, { input });
    expect(at(graph, 'conv1.1')).toMatchObject({ numFeatures: 40 });
    expect(at(graph, 'layers.0.depthwise.0')).toMatchObject({ inChannels: 40, outChannels: 40, groups: 40 });
    expect(at(graph, 'layers.0.pointwise.0')).toMatchObject({ inChannels: 40, outChannels: 64, groups: 1 });
    expect(at(graph, 'layers.1.depthwise.0')).toEqual(at(mobile, 'layers.1.depthwise.0'));
    expect(moved).toContainEqual({ node: 'conv1.1', attribute: 'num_features', from: '32', to: '40' });
  });

  it('take the nearest divisor below where groups no longer divide', () => {
    const grouped = createConv2d({ inChannels: 12, outChannels: 12, kernelSize: [1, 1], groups: 4 });
    const graph = insertAfter(changeOperator(chain, 'conv1', conv(3, 9)), 'relu', single(grouped)).graph;
    expect(at(fitted(graph).graph, 'conv3')).toMatchObject({ inChannels: 9, groups: 3 });
  });

  it('gives a deformable layer the offsets that its kernel and offset groups need', () => {
    const made = templateGraph({ template: 'block', name: 'deformable' }, [1, 8, 12, 12]);
    if (!made.ok) throw new Error(made.error.message);
    const deform = made.value.nodes.find(({ operator }) => operator.kind === 'deform_conv2d')!;
    if (deform.operator.kind !== 'deform_conv2d') throw new Error('no deformable layer');
    const padding = { top: 2, bottom: 2, left: 2, right: 2 };
    const changed = changeOperator(made.value, deform.id, {
      ...deform.operator,
      ...{ kernelSize: [5, 5], padding, offsetGroups: 4 },
    });
    const { graph, moved } = fitChannels(changed, { input: [1, 8, 12, 12] });
    // 2 · 4 · 5 · 5
    expect(moved).toEqual([{ node: deform.inputs[1], attribute: 'out_channels', from: '18', to: '200' }]);
    expect(inferEach(graph, { input: [1, 8, 12, 12] })[deform.id]).toMatchObject({ state: 'shape' });
  });

  it('through a flatten to the linear layer, when the picture changes too', () => {
    const input: Shape = [1, 3, 96, 80];
    const { graph } = fitChannels(architecture('alexnet', [1, 3, 64, 64]), { input });
    expect(inferEach(graph, { input })['classifier.6']).toEqual({ state: 'shape', shape: [1, 1000, 1, 1] });
    const flat = insertAfter(
      emptyNetwork,
      'input',
      unwrap(templateGraph({ template: 'layer', kind: 'linear' }, picture)),
    );
    expect(at(fitted(flat.graph, [1, 3, 5, 7]).graph, 'fc1')).toMatchObject({ inFeatures: 105 });
  });

  it('keep halves halves: ShuffleNet at another size', () => {
    const [small, input]: Shape[] = [
      [1, 3, 64, 64],
      [1, 3, 96, 128],
    ];
    const shuffle = architecture('shufflenet_v2_x1_0', small!);
    const shapes = shapesIn(inferEach(shuffle, { input: small! }));
    const { graph } = fitChannels(shuffle, { input: input! }, { graph: shuffle, shapes });
    expect(graph).toEqual(architecture('shufflenet_v2_x1_0', input!));
  });

  it('leave a network that fits as it is', () => {
    for (const name of architectureNames.slice(0, 12)) {
      const graph = architecture(name, [1, 3, 64, 64]);
      expect(fitChannels(graph, { input: [1, 3, 64, 64] })).toEqual({ graph, moved: [] });
    }
  });
});

function unwrap(result: ReturnType<typeof templateGraph>): Graph {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
