/** Flax's `nn.Conv` (and `nnx.Conv`) with `jnp.pad` in front where the border is not zeros. Channels are last. */
import { bindArguments, type Signature } from '../../callArguments.ts';
import { type Call, type Value, writeValue } from '../../callSyntax.ts';
import { isNone, sides, tupleText } from '../../codeText.ts';
import {
  type CodeContext,
  integersOf,
  need,
  readBoolean,
  readInteger,
  readPair,
  refuse,
  stringOf,
} from '../../codeValues.ts';
import { ignoredByFlax, readFlaxSides } from '../../flaxArguments.ts';
import type { Conv2d, Padding, PaddingMode } from '../attributes.ts';
import { resolvePadding } from '../padding.ts';
import type { PaddingLayer, WrittenConv } from './code.ts';
import { isAlwaysSame, samePadding } from './tensorflow.ts';

const common = [
  'kernel_size',
  'strides',
  'padding',
  'kernel_dilation',
  'feature_group_count',
  'use_bias',
  'input_dilation',
  ...ignoredByFlax,
];
const linen: Signature = { name: 'Conv.__init__()', parameters: ['features', ...common], required: 2 };
const nnx: Signature = { name: 'Conv.__init__()', parameters: ['in_features', 'out_features', ...common], required: 3 };

const jaxModes: ReadonlyMap<string, PaddingMode> = new Map([
  ['constant', 'zeros'],
  ['reflect', 'reflect'],
  ['edge', 'replicate'],
  ['wrap', 'circular'],
] as const);
const writtenModes: Readonly<Record<PaddingMode, string>> = {
  zeros: 'constant',
  reflect: 'reflect',
  replicate: 'edge',
  circular: 'wrap',
};

export function isFlaxPadding(call: Call): boolean {
  return /^(jnp|jax\.numpy|np|numpy)\.pad$/.test(call.name);
}

/** `jnp.pad(x, [(0, 0), (t, b), (l, r), (0, 0)], mode='wrap')`: pairs for N, H, W, C. */
export function readFlaxPadding(call: Call): PaddingLayer {
  const args = need(
    bindArguments(call, { name: 'pad()', parameters: ['array', 'pad_width', 'mode', 'constant_values'], required: 2 }),
  );
  const name = stringOf(args.get('mode')) ?? 'constant';
  const mode = jaxModes.get(name);
  if (!mode)
    return refuse('padding-mode', `jnp.pad: mode '${name}' is not offered, only constant, reflect, edge and wrap`, {
      mode: name,
    });
  const width = args.get('pad_width');
  const pairs = width?.kind === 'list' ? width.items.map(integersOf) : [];
  const [n, h, w, c] = pairs;
  const isWhole = pairs.length === 4 && pairs.every((pair) => pair?.length === 2);
  if (!isWhole || !n || !h || !w || !c || [...n, ...c].some((each) => each !== 0)) {
    const got = width ? writeValue(width) : '';
    return refuse(
      'wrong-type',
      `jnp.pad: pad_width must be [(0, 0), (top, bottom), (left, right), (0, 0)], but got ${got}`,
      { got },
    );
  }
  return { mode, sides: sides(h[0]!, h[1]!, w[0]!, w[1]!) };
}

interface ReadPadding {
  readonly padding: Padding;
  readonly paddingMode: PaddingMode;
}

function readPadding(
  value: Value | undefined,
  geometry: Pick<Conv2d, 'kernelSize' | 'stride' | 'dilation'>,
  context: CodeContext,
): ReadPadding {
  const text = value === undefined ? 'SAME' : stringOf(value);
  // Flax pads its two modes as at stride 1, whatever the stride is.
  const border = () => resolvePadding({ ...blank, ...geometry, padding: 'same' });
  switch (text) {
    case 'SAME':
      return { padding: samePadding(geometry, context), paddingMode: 'zeros' };
    case 'VALID':
      return { padding: 'valid', paddingMode: 'zeros' };
    case 'CIRCULAR':
      return { padding: border(), paddingMode: 'circular' };
    case 'REFLECT':
      return { padding: border(), paddingMode: 'reflect' };
    default: {
      const numbers = value && text === null ? readFlaxSides(value) : null;
      if (numbers) return { padding: numbers, paddingMode: 'zeros' };
      const got = value ? writeValue(value) : '';
      return refuse(
        'padding-string',
        `Invalid padding format: ${got}, should be str, int, or a sequence of ints or pairs`,
        { padding: got },
      );
    }
  }
}

const blank: Conv2d = {
  kind: 'conv2d',
  inChannels: 1,
  outChannels: 1,
  kernelSize: [1, 1],
  stride: [1, 1],
  padding: 'valid',
  dilation: [1, 1],
  groups: 1,
  bias: true,
  paddingMode: 'zeros',
};

function needNoInputDilation(value: Value | undefined): void {
  const isOne = value === undefined || value.kind === 'none' || /^1$|^\(1(, 1)*,?\)$/.test(writeValue(value));
  if (!isOne) refuse('input-dilation', 'input_dilation makes a transposed convolution, which is not this layer');
}

/** What Flax asserts and what JAX refuses, in their words. */
function needDivisible(inChannels: number, outChannels: number, groups: number): void {
  if (groups <= 0) return;
  if (inChannels % groups !== 0) {
    const message = `AssertionError: in_features % feature_group_count == 0 (${inChannels} % ${groups})`;
    refuse('in-channels-not-divisible', message, { inChannels, groups });
  }
  if (outChannels % groups !== 0) {
    const message = `conv_general_dilated rhs output feature dimension size must be a multiple of feature_group_count, but ${outChannels} is not a multiple of ${groups}.`;
    refuse('out-channels-not-divisible', message, { outChannels, groups });
  }
}

/** Flax's kernel_size is a tuple by its signature; an int is taken for both axes. */
export function readFlax(call: Call, context: CodeContext): Conv2d {
  const isNnx =
    call.name.startsWith('nnx.') || call.keywords.some(({ name }) => name === 'in_features' || name === 'rngs');
  const args = need(bindArguments(call, isNnx ? nnx : linen));
  needNoInputDilation(args.get('input_dilation'));
  const geometry = {
    kernelSize: readPair(args, 'kernel_size', [1, 1]),
    stride: readPair(args, 'strides', [1, 1]),
    dilation: readPair(args, 'kernel_dilation', [1, 1]),
  };
  const inChannels = isNnx ? readInteger(args, 'in_features', 1) : context.inChannels;
  const outChannels = readInteger(args, isNnx ? 'out_features' : 'features', 1);
  const groups = readInteger(args, 'feature_group_count', 1);
  needDivisible(inChannels, outChannels, groups);
  return {
    ...blank,
    inChannels,
    outChannels,
    ...geometry,
    ...readPadding(args.get('padding'), geometry, context),
    groups,
    bias: readBoolean(args, 'use_bias', true),
  };
}

export function writeFlax(conv: Conv2d): WrittenConv {
  const padding = resolvePadding(conv);
  const { top, bottom, left, right } = padding;
  const isOwn = conv.paddingMode === 'zeros' || isNone(padding);
  const numbers = `[(${top}, ${bottom}), (${left}, ${right})]`;
  const own = !isOwn || isNone(padding) ? '"VALID"' : isAlwaysSame(conv) ? '"SAME"' : numbers;
  const parts = [
    `features=${conv.outChannels}`,
    `kernel_size=${tupleText(conv.kernelSize)}`,
    `strides=${tupleText(conv.stride)}`,
    `padding=${own}`,
    `kernel_dilation=${tupleText(conv.dilation)}`,
    `feature_group_count=${conv.groups}`,
    ...(conv.bias ? [] : ['use_bias=False']),
  ];
  const width = `[(0, 0), (${top}, ${bottom}), (${left}, ${right}), (0, 0)]`;
  return {
    padding: isOwn ? null : `jnp.pad(x, ${width}, mode="${writtenModes[conv.paddingMode]}")`,
    conv: `nn.Conv(${parts.join(', ')})`,
    notes: [],
  };
}
