import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networks, picture } from '../../../tests/support/networkCases.ts';
import { architecture, architectureNames } from '../../graph/architectures/index.ts';
import type { Graph } from '../../graph/graph.ts';
import { inferShapes, type Shapes } from '../../graph/infer.ts';
import { insertAfter, single } from '../../graph/network/edit.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import type { Operator } from '../../operators/index.ts';
import type { Shape } from '../../operators/operator.ts';
import { createPool2d } from '../../operators/pool2d/index.ts';
import { readNetwork } from './readModule.ts';
import { writeModule } from './writeModule.ts';
import { writeSequential } from './writeSequential.ts';

function shapesOf(graph: Graph, input: Shape): Shapes {
  const shapes = inferShapes(graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value;
}

function read(text: string, input: Shape = picture): Graph {
  const graph = readNetwork(text, input);
  if (!graph.ok) throw new Error(`${graph.error.message}\n${text}`);
  return graph.value;
}

const refusal = (text: string, input: Shape = picture) => {
  const graph = readNetwork(text, input);
  return graph.ok ? null : graph.error.message;
};

/** The same layer where two ways of writing it down are one. */
function plain(operator: Operator): Operator {
  if (operator.kind === 'elementwise' && operator.function === 'leaky_relu' && operator.alpha === 0.01)
    return { kind: 'activation', function: 'leaky_relu' };
  return operator;
}

const plainGraph = ({ nodes }: Graph) => nodes.map((node) => ({ ...node, operator: plain(node.operator) }));

describe('a network written as a module and read back', () => {
  it('is the same network with the same names: every architecture', () => {
    for (const name of architectureNames) {
      const input: Shape = [1, 3, 97, 97];
      const graph = architecture(name, input);
      const { text, notes } = writeModule(graph, shapesOf(graph, input));
      expect(notes).toEqual([]);
      expect(read(text, input), name).toEqual(graph);
    }
  });

  it('is the same network: whatever is built of layers and blocks', () => {
    fc.assert(
      fc.property(networks(10), (graph) => {
        if (graph.nodes.length === 1) return;
        const { text } = writeModule(graph, shapesOf(graph, picture));
        expect(plainGraph(read(text)), text).toEqual(plainGraph(graph));
      }),
      { numRuns: 150 },
    );
  });

  it('keeps sides that PyTorch has no argument for', () => {
    const padding = { top: 0, bottom: 1, left: 2, right: 0 };
    const operators: readonly Operator[] = [
      createConv2d({ inChannels: 3, outChannels: 3, kernelSize: [3, 3], padding, paddingMode: 'reflect' }),
      createConv2d({ inChannels: 3, outChannels: 3, kernelSize: [2, 4], padding: 'same' }),
      createPool2d({ function: 'max', kernelSize: [3, 3], padding }),
      createPool2d({ function: 'average', kernelSize: [3, 3], stride: [1, 2], padding, ceilMode: true }),
      createConvTranspose2d({ inChannels: 3, outChannels: 3, kernelSize: [3, 3], padding }),
      { kind: 'pad', before: [0, 1, 0, 2], after: [0, 0, 0, 0], mode: 'constant', value: 0.5 },
      { kind: 'pad', before: [0, 0, 1, 2], after: [0, 0, 0, -1], mode: 'edge', value: 0 },
      { kind: 'elementwise', function: 'hard_sigmoid', alpha: 0.2, beta: 0.5 },
      { kind: 'elementwise', function: 'clip', alpha: -1, beta: 6 },
      { kind: 'depth_to_space', block: 1, mode: 'DCR' },
      { kind: 'slice', start: [0, 1, 0, 3], count: [1, 2, 10, 4], step: [1, 1, 2, 3] },
    ];
    for (const operator of operators) {
      const { graph } = insertAfter({ nodes: [input] }, 'input', single(operator));
      const { text, notes } = writeModule(graph, shapesOf(graph, picture));
      expect(notes).toEqual([]);
      expect(read(text), text).toEqual(graph);
    }
  });

  it('says what PyTorch cannot say', () => {
    const backwards: Operator = { kind: 'slice', start: [0, 2, 0, 0], count: [1, 3, 20, 24], step: [1, -1, 1, 1] };
    const { graph } = insertAfter({ nodes: [input] }, 'input', single(backwards));
    const { text, notes } = writeModule(graph, shapesOf(graph, picture));
    expect(notes).toEqual([{ node: 'slice', note: 'PyTorch has no slice backwards' }]);
    expect(text).toContain('# PyTorch has no slice backwards:');
  });

  it('is nn.Sequential where it is a chain of modules, and that reads back too', () => {
    for (const name of ['vgg16', 'alexnet', 'mobilenet_v1'] as const) {
      const graph = architecture(name, [1, 3, 64, 64]);
      const text = writeSequential(graph, shapesOf(graph, [1, 3, 64, 64]));
      const back = read(text ?? '', [1, 3, 64, 64]);
      expect(back.nodes.map(({ operator }) => operator)).toEqual(graph.nodes.map(({ operator }) => operator));
    }
    const resnet = architecture('resnet18', [1, 3, 64, 64]);
    expect(writeSequential(resnet, shapesOf(resnet, [1, 3, 64, 64]))).toBeNull();
  });
});

const input = { id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] } as const;

const byHand = `
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    """A network written by hand."""

    def __init__(self, num_classes=10, width=8):
        super(Net, self).__init__()
        self.conv1 = nn.Conv2d(3, width, 3, padding=1)
        self.block = nn.Sequential(
            nn.Conv2d(width, width, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
        )
        self.pool = nn.MaxPool2d(2, 2)
        self.fc1 = nn.Linear(2 * width * 10 * 12, 32)
        self.fc2 = nn.Linear(32, num_classes)

    def forward(self, x):
        x = F.relu(self.conv1(x))
        y = self.block(x)
        x += y
        z = torch.cat([x, y], 1)
        z = self.pool(z)
        z = z.view(z.size(0), -1)
        z = F.dropout(F.relu(self.fc1(z)), 0.5, training=self.training)
        return F.softmax(self.fc2(z), dim=-1)
`;

describe('a module written by hand', () => {
  it('is read with its sequences, functions, sums and numbers', () => {
    const graph = read(byHand);
    expect(graph.nodes.map(({ id, operator }) => `${id} ${operator.kind}`)).toEqual([
      ...['input input', 'conv1 conv2d', 'relu activation', 'block.0 conv2d', 'block.1 batch_norm2d'],
      ...['block.2 activation', 'add arithmetic', 'z concat', 'pool pool2d', 'z1 reshape', 'fc1 linear'],
      ...['relu1 activation', 'z2 dropout', 'fc2 linear', 'softmax softmax'],
    ]);
    expect(graph.nodes.find(({ id }) => id === 'z')?.inputs).toEqual(['add', 'block.2']);
    expect(graph.nodes.at(-1)?.operator).toEqual({ kind: 'softmax', axis: 1 });
  });

  it('takes methods, parts and tuples', () => {
    const graph = read(
      moduleOf('', [
        'a, b = x[:, :1], x[:, 1:]',
        'c = torch.chunk(x, 3, dim=1)[2]',
        'x = torch.cat((a, b, c), dim=1).permute(0, 1, 3, 2).mean([2, 3], keepdim=True)',
        'return x.flatten(1)',
      ]),
    );
    expect(graph.nodes.map(({ operator }) => operator.kind)).toEqual([
      ...['input', 'slice', 'slice', 'slice', 'slice', 'slice', 'concat', 'permute', 'reduce', 'reshape'],
    ]);
  });

  it('may use one module without weights many times', () => {
    const graph = read(moduleOf('self.relu = nn.ReLU()', ['x = self.relu(x)', 'return self.relu(x)']));
    expect(graph.nodes.map(({ id }) => id)).toEqual(['input', 'relu', 'relu1']);
  });
});

/** A module of these lines; `forward` begins in line 9, or in line 10 with layers. */
function moduleOf(layers: string, forward: readonly string[]): string {
  return [
    'import torch',
    'from torch import nn',
    'import torch.nn.functional as F',
    '',
    'class Net(nn.Module):',
    '    def __init__(self):',
    '        super().__init__()',
    ...(layers === '' ? [] : [`        ${layers}`]),
    '    def forward(self, x):',
    ...forward.map((line) => `        ${line}`),
  ].join('\n');
}

describe('a module that cannot be read says why, with line and column', () => {
  const conv = 'self.conv = nn.Conv2d(3, 4, 3)';

  it.each([
    [
      'an unknown layer',
      'self.rnn = nn.LSTM(3, 4)',
      ['return self.rnn(x)'],
      'nn.LSTM is not a layer that is known here (line 8, column 20)',
    ],
    [
      'an unknown function',
      '',
      ['x = F.grid_sample(x, 3)'],
      'grid_sample is not a function that is known here (line 9, column 13)',
    ],
    [
      'a missing attribute',
      conv,
      ['return self.conv2(x)'],
      "AttributeError: 'Network' object has no attribute 'conv2' (line 10, column 16)",
    ],
    ['a bracket', conv, ['return self.conv(x'], "SyntaxError: '(' was never closed (line 10, column 25)"],
    ['a name from nowhere', conv, ['return self.conv(y)'], "NameError: name 'y' is not defined (line 10, column 26)"],
    [
      'a name that comes later',
      conv,
      ['a = self.conv(y)', 'y = F.relu(x)'],
      "UnboundLocalError: cannot access local variable 'y' where it is not associated with a value (line 10, column 23)",
    ],
    [
      'a cycle',
      conv,
      ['a = self.conv(b)', 'c = F.relu(a)', 'b = torch.tanh(c)'],
      "the network has a cycle: 'a' is made of 'b', and 'b' of 'a' (line 10, column 23)",
    ],
    [
      'a loop',
      conv,
      ['for i in x:', '    x = x'],
      "only assignments and return are read here, not 'for' (line 10, column 9)",
    ],
    [
      'weights used twice',
      'self.conv = nn.Conv2d(3, 3, 1)',
      ['x = self.conv(x)', 'x = self.conv(x)'],
      'conv is applied twice: layers that share their weights are not offered (line 11, column 13)',
    ],
    [
      'a join that does not fit',
      conv,
      ['x = x + self.conv(x)'],
      'add: The size of tensor a (24) must match the size of tensor b (22) at non-singleton dimension 3 (line 10, column 15)',
    ],
    [
      'a layer that does not fit',
      'self.conv = nn.Conv2d(4, 4, 3)',
      ['return self.conv(x)'],
      'conv: Given groups=1, weight of size [4, 4, 3, 3], expected input[1, 3, 20, 24] to have 4 channels, but got 3 channels instead (line 10, column 16)',
    ],
    [
      'a wrong argument',
      'self.conv = nn.Conv2d(3, 4)',
      ['return self.conv(x)'],
      "Conv2d.__init__() missing 1 required positional argument: 'kernel_size' (line 8, column 21)",
    ],
  ])('%s', (_, layers, forward, message) => {
    expect(refusal(moduleOf(layers, forward))).toBe(message);
  });

  it('no class, no forward, no layer', () => {
    expect(refusal('class A:\n    x = 1')).toBe('there is no class of nn.Module in the text');
    expect(refusal('class A(nn.Module):\n    x = 1')).toBe('A has no forward(self, x) (line 1, column 1)');
    expect(refusal(moduleOf('', ['return x']))).toBe('the network has no layer');
  });
});
