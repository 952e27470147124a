/** `torch.nn.Conv2d` and the padding modules in front of it, read (written: `writePyTorch.ts`). */
import { type Arguments, bindArguments, type Signature } from '../../callArguments.ts';
import { baseName, type Call, type Value, writeValue } from '../../callSyntax.ts';
import { sides } from '../../codeText.ts';
import { integersOf, need, readBoolean, readInteger, readPair, refuse, stringOf } from '../../codeValues.ts';
import type { PerSide } from '../../operator.ts';
import { type Conv2d, type Padding, type PaddingMode, paddingModes } from '../attributes.ts';
import type { PaddingLayer } from './code.ts';

const conv2d: Signature = {
  name: 'Conv2d.__init__()',
  parameters: [
    'in_channels',
    'out_channels',
    'kernel_size',
    'stride',
    'padding',
    'dilation',
    'groups',
    'bias',
    'padding_mode',
    'device',
    'dtype',
  ],
  required: 3,
};

const paddingModules: ReadonlyMap<string, PaddingMode> = new Map([
  ['ZeroPad2d', 'zeros'],
  ['ConstantPad2d', 'zeros'],
  ['ReflectionPad2d', 'reflect'],
  ['ReplicationPad2d', 'replicate'],
  ['CircularPad2d', 'circular'],
] as const);

const functionalModes: ReadonlyMap<string, PaddingMode> = new Map([
  ['constant', 'zeros'],
  ['reflect', 'reflect'],
  ['replicate', 'replicate'],
  ['circular', 'circular'],
] as const);

export function isPyTorchPadding(call: Call): boolean {
  return (
    paddingModules.has(baseName(call.name)) ||
    /^(F|functional|torch\.nn\.functional|nn\.functional)\.pad$/.test(call.name)
  );
}

/** An int for all sides, or (left, right, top, bottom). */
function readSides(value: Value | undefined, name: string): PerSide {
  if (value?.kind === 'number' && Number.isSafeInteger(value.value)) {
    return sides(value.value, value.value, value.value, value.value);
  }
  const list = value ? integersOf(value) : null;
  if (list?.length !== 4)
    return refuse('wrong-type', `${name}: padding must be int or (left, right, top, bottom)`, { argument: 'padding' });
  return sides(list[2]!, list[3]!, list[0]!, list[1]!);
}

function needZero(value: Value | undefined, name: string): void {
  if (value === undefined || (value.kind === 'number' && value.value === 0) || value.kind === 'none') return;
  refuse('constant-padding', `${name}: only a padding value of 0 is offered, not ${writeValue(value)}`, {
    value: writeValue(value),
  });
}

/** `nn.ZeroPad2d(1)`, `nn.ReflectionPad2d((1, 2, 3, 4))`, `F.pad(x, (1, 2, 3, 4), mode='circular')`. */
export function readPyTorchPadding(call: Call): PaddingLayer {
  const module = baseName(call.name);
  if (module === 'pad') {
    const args = need(
      bindArguments(call, { name: 'pad()', parameters: ['input', 'pad', 'mode', 'value'], required: 2 }),
    );
    const mode = functionalModes.get(stringOf(args.get('mode')) ?? 'constant');
    needZero(args.get('value'), 'F.pad');
    if (!mode) return refuse('padding-mode', `Unrecognised padding mode ${stringOf(args.get('mode'))}`, {});
    return { mode, sides: readSides(args.get('pad'), 'F.pad') };
  }
  const isConstant = module === 'ConstantPad2d';
  const parameters = isConstant ? ['padding', 'value'] : ['padding'];
  const args = need(bindArguments(call, { name: `${module}.__init__()`, parameters, required: parameters.length }));
  if (isConstant) needZero(args.get('value'), module);
  return { mode: paddingModules.get(module) ?? 'zeros', sides: readSides(args.get('padding'), module) };
}

function readPadding(args: Arguments): Padding {
  const text = stringOf(args.get('padding'));
  if (text === null) {
    const [h, w] = readPair(args, 'padding', [0, 0]);
    return sides(h, h, w, w);
  }
  if (text === 'same' || text === 'valid') return text;
  return refuse('padding-string', `Invalid padding string '${text}', should be one of {'same', 'valid'}`, {
    padding: text,
  });
}

function readMode(args: Arguments): PaddingMode {
  const text = stringOf(args.get('padding_mode')) ?? 'zeros';
  const mode = paddingModes.find((name) => name === text);
  if (mode) return mode;
  const known = paddingModes.map((name) => `'${name}'`).join(', ');
  return refuse('padding-mode', `padding_mode must be one of {${known}}, but got padding_mode='${text}'`, {
    mode: text,
  });
}

/** The layer of an `nn.Conv2d(...)`, before its 'same' is checked against the stride: the caller may have a better answer. */
export function readPyTorch(call: Call): Conv2d {
  const args = need(bindArguments(call, conv2d));
  return {
    kind: 'conv2d',
    inChannels: readInteger(args, 'in_channels', 1),
    outChannels: readInteger(args, 'out_channels', 1),
    kernelSize: readPair(args, 'kernel_size', [1, 1]),
    stride: readPair(args, 'stride', [1, 1]),
    padding: readPadding(args),
    dilation: readPair(args, 'dilation', [1, 1]),
    groups: readInteger(args, 'groups', 1),
    bias: readBoolean(args, 'bias', true),
    paddingMode: readMode(args),
  };
}
