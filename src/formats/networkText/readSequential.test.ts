import { describe, expect, it } from 'vitest';
import { costOf } from '../../graph/cost.ts';
import { inferShapes } from '../../graph/infer.ts';
import type { Shape } from '../../operators/operator.ts';
import { readSequential } from './readSequential.ts';

const picture: Shape = [1, 3, 32, 32];

const read = (text: string) => {
  const graph = readSequential(text, picture);
  if (!graph.ok) throw new Error(graph.error.message);
  return graph.value;
};
const refusal = (text: string) => {
  const graph = readSequential(text, picture);
  return graph.ok ? null : graph.error.message;
};
const names = (text: string) => read(text).nodes.map(({ id }) => id);

describe('reading nn.Sequential', () => {
  it('takes nested blocks and names their layers by place, as a state dict does', () => {
    const text = `model = nn.Sequential(
      nn.Conv2d(3, 8, 3, padding=1),  # as large as before
      nn.ReLU(inplace=True),
      nn.Sequential(nn.MaxPool2d(2), nn.Conv2d(8, 16, kernel_size=(3, 5))),
      nn.Flatten(),
      nn.Linear(16 , 10),
    )`;
    expect(refusal(text)).toMatch(/^4: mat1 and mat2 shapes cannot be multiplied/);
    expect(names(text.replace('16 ,', '2688,'))).toEqual(['input', '0', '1', '2.0', '2.1', '3', '4']);
  });

  it('takes names from an OrderedDict and from what PyTorch prints', () => {
    const dict = "nn.Sequential(OrderedDict([('conv1', nn.Conv2d(3, 4, 5)), ('relu1', nn.ReLU())]))";
    expect(names(dict)).toEqual(['input', 'conv1', 'relu1']);
    const printed = `Sequential(
  (0): Conv2d(3, 4, kernel_size=(5, 5), stride=(1, 1))
  (1): ReLU()
)`;
    expect(read(printed).nodes.map(({ operator }) => operator)).toEqual(
      read(dict).nodes.map(({ operator }) => operator),
    );
  });

  it('takes modules one after another', () => {
    expect(names('nn.Conv2d(3, 4, 1)\nnn.BatchNorm2d(4)\nnn.SiLU()')).toEqual(['input', '0', '1', '2']);
  });

  it('reads every module with its defaults and its arguments', () => {
    const text = `nn.Sequential(
      nn.ReflectionPad2d((1, 2, 3, 4)), nn.Conv2d(3, 16, 3, 2, bias=False), nn.BatchNorm2d(16, eps=1e-3), nn.PReLU(16),
      nn.GroupNorm(4, 16), nn.ConvTranspose2d(16, 16, 4, stride=2, padding=1, groups=4), nn.GELU(),
      nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False), nn.ChannelShuffle(4), nn.PixelUnshuffle(2),
      nn.PixelShuffle(2), nn.Upsample(scale_factor=2, mode='bilinear'), nn.Dropout(0.2), nn.Hardswish(), nn.ELU(0.5),
      nn.LocalResponseNorm(5), nn.AdaptiveMaxPool2d((7, None)), nn.AdaptiveAvgPool2d(1), nn.Identity(), nn.Flatten(),
      nn.Linear(16, 10, bias=False), nn.Softmax(dim=1))`;
    const graph = read(text);
    expect(graph.nodes.map(({ operator }) => operator.kind)).toEqual([
      ...['input', 'pad', 'conv2d', 'batch_norm2d', 'prelu', 'group_norm', 'conv_transpose2d', 'activation', 'pool2d'],
      ...['channel_shuffle', 'space_to_depth', 'depth_to_space', 'resize', 'dropout', 'elementwise', 'elementwise'],
      ...['local_response_norm', 'adaptive_pool2d', 'adaptive_pool2d', 'reshape', 'linear', 'softmax'],
    ]);
    const shapes = inferShapes(graph, { input: picture });
    expect(shapes.ok && shapes.value['17']).toEqual([1, 16, 1, 1]);
    // 432 + 2 * 16 + 16 + 2 * 16 + (16 * 4 * 16 + 16) + 160, as PyTorch counts them.
    expect(shapes.ok && costOf(graph, shapes.value).total.parameters).toBe(1712);
  });

  it('works out numbers that are calculated, and names that have one', () => {
    const text = `width = 4 ** 2
      nn.Sequential(nn.Conv2d(3, width, 1), nn.AdaptiveAvgPool2d((7 - 1, None)), nn.Flatten(),
      nn.Linear(16 * 6 * 32, width // 2))`.replaceAll(/^ +/gm, '');
    expect(read(text).nodes.at(-1)?.operator).toMatchObject({ kind: 'linear', inFeatures: 3072, outFeatures: 8 });
  });

  it('makes layers of comprehensions, of dictionaries and of lists with a star', () => {
    const stack = `widths = [3, 8, 16]
nn.Sequential(
    *[nn.Sequential(nn.Conv2d(a, b, 3), nn.ReLU()) for a, b in zip(widths, widths[1:])],
)`;
    const indexed = stack.replace('zip(widths, widths[1:])', '[(widths[i], widths[i + 1]) for i in range(2)]');
    for (const text of [stack, indexed]) expect(names(text)).toEqual(['input', '0.0', '0.1', '1.0', '1.1']);
    expect(names('nn.Sequential(*(nn.ReLU() for _ in range(3)), *[nn.Tanh()] * 2)')).toHaveLength(6);
    expect(names('nn.Sequential(*[nn.ReLU() for i in range(2) for j in range(i + 1)])')).toHaveLength(4);
    expect(names("nn.Sequential(OrderedDict({'conv1': nn.Conv2d(3, 4, 5), 'relu1': nn.ReLU()}))")).toEqual([
      ...['input', 'conv1', 'relu1'],
    ]);
    const formatted = "nn.Sequential(OrderedDict([(f'conv{i}', nn.Conv2d(3, 3, k)) for i, k in enumerate([3, 5])]))";
    expect(names(formatted)).toEqual(['input', 'conv0', 'conv1']);
    expect(names('conv = nn.Conv2d(3, 4, 1)\nmodel = nn.Sequential(conv, nn.ReLU())')).toEqual(['input', '0', '1']);
  });

  it('says of Python that is not read that it is not read, and where', () => {
    const loop = `layers = []
for i in range(3):
    layers.append(nn.ReLU())
nn.Sequential(*layers)`;
    expect(refusal(loop)).toBe("only assignments and return are read here, not 'for' (line 2, column 1)");
    expect(refusal('nn.Sequential(nn.ReLU() if deep else nn.Tanh())')).toBe(
      'this expression cannot be read here (line 1, column 25)',
    );
    expect(refusal('nn.Sequential(*[nn.ReLU() for _ in range(10 ** 9)])')).toMatch(/^this expression cannot be read/);
    expect(refusal('nn.Sequential(nn.ReLU()')).toMatch(/^SyntaxError: '\(' was never closed/);
  });

  it('says in which line a layer stands that cannot be read or applied, of what PyTorch prints too', () => {
    const text = `nn.Sequential(
    nn.Conv2d(3, 8, 3),
    nn.Sequential(
        nn.ReLU(),
        nn.Conv2d(4, 8, 3),
    ),
)`;
    const error = (code: string) => {
      const graph = readSequential(code, picture);
      return graph.ok ? null : graph.error.values;
    };
    expect(error(text)).toMatchObject({ line: 5, column: 9 });
    expect(error('Sequential(\n  (0): Conv2d(3, 4, kernel_size=(5, 5))\n  (1): Conv2d(3, 4, 1)\n)')).toMatchObject({
      ...{ line: 3, column: 8 },
    });
    expect(error('nn.Sequential(\n  *[nn.Conv2d(3, 4, 1) for _ in range(2)])')).toMatchObject({ line: 2, column: 5 });
  });

  it('refuses pooling whose window may lie in the padding, as PyTorch does', () => {
    expect(refusal('nn.Sequential(nn.MaxPool2d(3, 2, padding=2))')).toBe(
      'pad should be at most half of effective kernel size, but got pad=2, kernel_size=3 and dilation=1 (line 1, column 15)',
    );
    expect(refusal('nn.Sequential(nn.AvgPool2d(2, padding=-1))')).toBe(
      'pad must be non-negative, but got pad: -1 (line 1, column 15)',
    );
    expect(names('nn.Sequential(nn.MaxPool2d(3, 2, padding=2, dilation=2))')).toEqual(['input', '0']);
  });

  it("says which layer it does not know or cannot apply, in PyTorch's words", () => {
    expect(refusal('nn.Sequential(nn.Conv2d(3, 4, 3), nn.LSTM(4, 4))')).toBe(
      'nn.LSTM is not a layer that is known here (line 1, column 35)',
    );
    expect(refusal('nn.Sequential(nn.Conv2d(4, 4, 3))')).toBe(
      '0: Given groups=1, weight of size [4, 4, 3, 3], expected input[1, 3, 32, 32] to have 4 channels, but got 3 channels instead (line 1, column 15)',
    );
    expect(refusal('nn.Sequential(nn.Conv2d(3, 4, 3), 7)')).toBe('1: a layer is a call, such as nn.ReLU()');
    expect(refusal('nn.Sequential(nn.Conv2d(3, 4, 3)')).toMatch(/^SyntaxError: /);
    expect(refusal('nn.Sequential()')).toBe('the network has no layer');
    expect(refusal('nn.Sequential(DeformConv2d(3, 4, 3))')).toBe(
      '0 takes 2 tensors, but a sequence has one (line 1, column 15)',
    );
    expect(refusal("nn.Sequential(nn.Upsample(scale_factor=2, mode='area'))")).toMatch(/mode='area'/);
  });
});
