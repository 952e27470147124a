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
    // What cannot be worked out either is refused where the first reader stood.
    expect(refusal('nn.Sequential(*[nn.ReLU() for _ in range(3)])')).toBe(
      'SyntaxError: invalid syntax (line 1, column 15)',
    );
  });

  it('refuses pooling whose window may lie in the padding, as PyTorch does', () => {
    expect(refusal('nn.Sequential(nn.MaxPool2d(3, 2, padding=2))')).toBe(
      'pad should be at most half of effective kernel size, but got pad=2, kernel_size=3 and dilation=1',
    );
    expect(refusal('nn.Sequential(nn.AvgPool2d(2, padding=-1))')).toBe('pad must be non-negative, but got pad: -1');
    expect(names('nn.Sequential(nn.MaxPool2d(3, 2, padding=2, dilation=2))')).toEqual(['input', '0']);
  });

  it("says which layer it does not know or cannot apply, in PyTorch's words", () => {
    expect(refusal('nn.Sequential(nn.Conv2d(3, 4, 3), nn.LSTM(4, 4))')).toBe(
      'nn.LSTM is not a layer that is known here',
    );
    expect(refusal('nn.Sequential(nn.Conv2d(4, 4, 3))')).toBe(
      '0: Given groups=1, weight of size [4, 4, 3, 3], expected input[1, 3, 32, 32] to have 4 channels, but got 3 channels instead',
    );
    expect(refusal('nn.Sequential(nn.Conv2d(3, 4, 3), 7)')).toBe('1: a layer is a call, such as nn.ReLU()');
    expect(refusal('nn.Sequential(nn.Conv2d(3, 4, 3)')).toMatch(/^SyntaxError: /);
    expect(refusal('nn.Sequential()')).toBe('the network has no layer');
    expect(refusal('nn.Sequential(DeformConv2d(3, 4, 3))')).toBe('0 takes 2 tensors, but a sequence has one');
    expect(refusal("nn.Sequential(nn.Upsample(scale_factor=2, mode='area'))")).toMatch(/mode='area'/);
  });
});
