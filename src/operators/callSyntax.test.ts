import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindArguments } from './callArguments.ts';
import { type Call, readStatements, writeValue } from './callSyntax.ts';

function statements(text: string) {
  const result = readStatements(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function call(text: string): Call {
  const value = statements(text)[0]?.value;
  if (value?.kind !== 'call') throw new Error('no call');
  return value;
}

const shown = (text: string) => {
  const { name, positional, keywords } = call(text);
  return [
    name,
    ...positional.map(writeValue),
    ...keywords.map((each) => `${each.name}=${writeValue(each.value)}`),
  ].join(' ');
};

describe('readStatements', () => {
  it('reads positional and keyword arguments, tuples, strings and constants', () => {
    expect(shown("torch.nn.Conv2d(3, 16, (5, 3), stride=2, padding='same', bias=False, device=None,)")).toBe(
      "torch.nn.Conv2d 3 16 (5, 3) stride=2 padding='same' bias=False device=None",
    );
    expect(shown('f((3), (3,), [1, [2]], -1, 1e-2, 1_000)')).toBe('f 3 (3,) (1, (2,)) -1 0.01 1000');
  });

  it('goes over comments, several lines and the prompts of a session', () => {
    expect(shown('>>> nn.Conv2d(3,  # channels\n...   16,\n...   5)')).toBe('nn.Conv2d 3 16 5');
  });

  it('keeps statements apart and skips imports', () => {
    const read = statements('import torch.nn as nn\nself.conv = nn.Conv2d(3, 16, 5); x = nn.relu(x)\n\nnn.ReLU(),\n');
    expect(read.map(({ target, value }) => [target, writeValue(value)])).toEqual([
      ['self.conv', 'nn.Conv2d(...)'],
      ['x', 'nn.relu(...)'],
      [null, 'nn.ReLU(...)'],
    ]);
  });

  it('looks through applications and methods', () => {
    expect(shown('nn.Conv(features=16)(x)')).toBe('nn.Conv features=16');
    expect(shown('nn.Conv2d(3, 16, 5).to(device).half()')).toBe('nn.Conv2d 3 16 5');
  });

  it('reads what PyTorch and ONNX print', () => {
    const sequential = call('Sequential(\n  (0): ZeroPad2d((1, 1, 1, 1))\n  (act): ReLU()\n)');
    expect(sequential.positional.map(writeValue)).toEqual(['ZeroPad2d(...)', 'ReLU(...)']);
    expect(shown('%y = Conv[dilations = [1, 1], group = 1](%x, %w)')).toBe('Conv dilations=(1, 1) group=1');
    expect(
      statements('kernel_shape = 3, 3\npads = 1, 1, 1, 1').map(({ target, value }) => `${target} ${writeValue(value)}`),
    ).toEqual(['kernel_shape (3, 3)', 'pads (1, 1, 1, 1)']);
    expect(statements('{"pads": [1, 2], "group": 1}').map(({ target }) => target)).toEqual(['pads', 'group']);
  });

  it('says where the text is no code', () => {
    const result = readStatements('nn.Conv2d(3,\n  16, 5');
    expect(!result.ok && result.error.message).toBe("SyntaxError: '(' was never closed (line 1, column 10)");
    expect(readStatements('a "b').ok).toBe(false);
  });

  it('takes any text without throwing', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof readStatements(text).ok === 'boolean'));
    const pieces = fc.constantFrom('(', ')', '[', ']', ',', '=', ':', 'a', '1', "'s'", '\n', '.', '<', '>', ' ');
    fc.assert(fc.property(fc.array(pieces), (parts) => typeof readStatements(parts.join('')).ok === 'boolean'));
  });
});

describe('bindArguments', () => {
  const signature = { name: 'Conv2d.__init__()', parameters: ['in_channels', 'out_channels', 'stride'], required: 2 };
  const sentence = (text: string) => {
    const result = bindArguments(call(text), signature);
    return result.ok
      ? [...result.value].map(([name, value]) => `${name}=${writeValue(value)}`).join(' ')
      : result.error.message;
  };

  it('assigns as Python does', () => {
    expect(sentence('f(3, stride=2, out_channels=16)')).toBe('in_channels=3 stride=2 out_channels=16');
  });

  it("refuses in Python's words", () => {
    expect(sentence('f(3, 4, foo=1)')).toBe("Conv2d.__init__() got an unexpected keyword argument 'foo'");
    expect(sentence('f(3)')).toBe("Conv2d.__init__() missing 1 required positional argument: 'out_channels'");
    expect(sentence('f()')).toBe(
      "Conv2d.__init__() missing 2 required positional arguments: 'in_channels' and 'out_channels'",
    );
    expect(sentence('f(3, 4, out_channels=4)')).toBe(
      "Conv2d.__init__() got multiple values for argument 'out_channels'",
    );
    expect(sentence('f(1, 2, 3, 4)')).toBe('Conv2d.__init__() takes from 3 to 4 positional arguments but 5 were given');
  });
});
