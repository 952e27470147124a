import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Conv2d, paddingModes } from './attributes.ts';
import { conv2d, createConv2d, resolvePadding } from './index.ts';
import { type ConvContext, type ConvField, constrain, rangeOf } from './limits.ts';

const photo: ConvContext = { inputSize: [300, 451] };
const layer = createConv2d({ inChannels: 3, outChannels: 9, kernelSize: [3, 3] });

const fields: readonly ConvField[] = [
  'kernelSize.h',
  'kernelSize.w',
  'stride.h',
  'stride.w',
  'dilation.h',
  'dilation.w',
  'padding.top',
  'padding.bottom',
  'padding.left',
  'padding.right',
  'groups',
  'outChannels',
];

type Change = Partial<Omit<Conv2d, 'kind'>>;

/** The change that sets one field of `conv` to `value`. */
function setting(conv: Conv2d, field: ConvField, value: number): Change {
  const pair = (present: readonly [number, number], axis: string) =>
    axis === 'h' ? ([value, present[1]] as const) : ([present[0], value] as const);
  const [name, part = ''] = field.split('.');
  switch (name) {
    case 'kernelSize':
    case 'stride':
    case 'dilation':
      return { [name]: pair(conv[name], part) };
    case 'padding':
      return { padding: { ...resolvePadding(conv), [part]: value } };
    default:
      return { [name as 'groups' | 'outChannels']: value };
  }
}

function fieldValue(conv: Conv2d, field: ConvField): number {
  const padding = resolvePadding(conv);
  switch (field) {
    case 'kernelSize.h':
      return conv.kernelSize[0];
    case 'kernelSize.w':
      return conv.kernelSize[1];
    case 'stride.h':
      return conv.stride[0];
    case 'stride.w':
      return conv.stride[1];
    case 'dilation.h':
      return conv.dilation[0];
    case 'dilation.w':
      return conv.dilation[1];
    case 'padding.top':
      return padding.top;
    case 'padding.bottom':
      return padding.bottom;
    case 'padding.left':
      return padding.left;
    case 'padding.right':
      return padding.right;
    default:
      return conv[field];
  }
}

function expectValid(conv: Conv2d, { inputSize }: ConvContext) {
  const shape = conv2d.outputShape(conv, [[1, conv.inChannels, ...inputSize]]);
  expect(shape).toMatchObject({ ok: true });
  for (const field of fields) {
    const { min, typedMax, allowed } = rangeOf(conv, field, { inputSize });
    const value = fieldValue(conv, field);
    expect(value, `${field} of ${JSON.stringify(conv)} in ${inputSize}`).toBeGreaterThanOrEqual(min);
    expect(value, `${field} of ${JSON.stringify(conv)} in ${inputSize}`).toBeLessThanOrEqual(typedMax);
    if (allowed) expect(allowed).toContain(value);
  }
}

describe('ranges', () => {
  it('of a 3 x 3 layer on a photo: kernel 1-15, stride 1-8, dilation 1-8, padding 0-15, out_channels 1-64', () => {
    expect(rangeOf(layer, 'kernelSize.h', photo)).toEqual({ min: 1, max: 15, typedMax: 15 });
    expect(rangeOf(layer, 'stride.w', photo)).toEqual({ min: 1, max: 8, typedMax: 8 });
    expect(rangeOf(layer, 'dilation.h', photo)).toEqual({ min: 1, max: 8, typedMax: 8 });
    expect(rangeOf(layer, 'padding.left', photo)).toEqual({ min: 0, max: 15, typedMax: 15 });
    expect(rangeOf(layer, 'outChannels', photo)).toEqual({ min: 1, max: 64, typedMax: 64 });
  });

  it('of padding may be typed up to dilation x (kernel_size - 1): 8 x 14 = 112', () => {
    const wide = { ...layer, kernelSize: [15, 3], dilation: [8, 1] } as const;
    expect(rangeOf(wide, 'padding.top', photo)).toEqual({ min: 0, max: 15, typedMax: 112 });
  });

  it('of groups are the divisors of in_channels', () => {
    expect(rangeOf(layer, 'groups', photo).allowed).toEqual([1, 3]);
    expect(rangeOf({ ...layer, inChannels: 4 }, 'groups', photo).allowed).toEqual([1, 2, 4]);
  });

  it('end where the kernel would no longer fit: 16 pixels take a dilated kernel of at most 16', () => {
    const small: ConvContext = { inputSize: [16, 16] };
    expect(rangeOf({ ...layer, dilation: [5, 5] }, 'kernelSize.h', small).max).toBe(4);
    expect(rangeOf(layer, 'dilation.h', small).max).toBe(7);
    expect(rangeOf(layer, 'dilation.h', { inputSize: [1, 1] }).max).toBe(1);
  });

  it('of a mirrored border end at size - 1, of a wrapped one at size', () => {
    const small: ConvContext = { inputSize: [4, 4] };
    expect(rangeOf({ ...layer, paddingMode: 'reflect' }, 'padding.top', small).typedMax).toBe(3);
    expect(rangeOf({ ...layer, paddingMode: 'circular' }, 'padding.top', small).typedMax).toBe(4);
  });
});

describe('a change', () => {
  it("of the stride turns 'same' into the numbers that it meant", () => {
    const same = { ...layer, kernelSize: [5, 5], padding: 'same' } as const;
    const { conv, moved } = constrain(same, { stride: [2, 2] }, photo);
    expect(conv.padding).toEqual({ top: 2, bottom: 2, left: 2, right: 2 });
    expect(moved).toEqual([{ attribute: 'padding', from: "'same'", to: '2' }]);
  });

  it('of out_channels lowers groups to a common divisor; of groups moves out_channels to the nearest multiple', () => {
    const depthwise = { ...layer, groups: 3 };
    expect(constrain(depthwise, { outChannels: 10 }, photo)).toMatchObject({
      conv: { groups: 1, outChannels: 10 },
      moved: [{ attribute: 'groups', from: '3', to: '1' }],
    });
    expect(constrain({ ...layer, outChannels: 16 }, { groups: 3 }, photo)).toMatchObject({
      conv: { groups: 3, outChannels: 15 },
      moved: [{ attribute: 'out_channels', from: '16', to: '15' }],
    });
  });

  it('of in_channels (another picture) lowers groups', () => {
    expect(constrain({ ...layer, groups: 3 }, { inChannels: 1 }, photo).moved).toEqual([
      { attribute: 'groups', from: '3', to: '1' },
    ]);
  });

  it('of the picture to 4 x 4 makes a dilated 7 x 7 fit: the dilation goes first, then the kernel', () => {
    const { conv, moved } = constrain({ ...layer, kernelSize: [7, 7], dilation: [2, 2] }, {}, { inputSize: [4, 4] });
    expect(conv).toMatchObject({ kernelSize: [4, 4], dilation: [1, 1] });
    expect(moved).toEqual([
      { attribute: 'kernel_size', from: '7', to: '4' },
      { attribute: 'dilation', from: '2', to: '1' },
    ]);
  });

  it('keeps a square kernel square and equal padding equal', () => {
    expect(constrain({ ...layer, kernelSize: [7, 7] }, {}, { inputSize: [5, 300] }).conv.kernelSize).toEqual([5, 5]);
    const padding = { top: 9, bottom: 9, left: 9, right: 9 };
    const narrow = constrain({ ...layer, padding }, { paddingMode: 'reflect' }, { inputSize: [5, 300] });
    expect(narrow.conv.padding).toEqual({ top: 4, bottom: 4, left: 4, right: 4 });
  });

  it('beyond a range ends at the range, and says so', () => {
    expect(constrain(layer, { kernelSize: [99, 99], stride: [0, 1] }, photo)).toMatchObject({
      conv: { kernelSize: [15, 15], stride: [1, 1] },
      moved: [
        { attribute: 'kernel_size', from: '99', to: '15' },
        { attribute: 'stride', from: '(0, 1)', to: '1' },
      ],
    });
  });

  it('names sides that differ', () => {
    const padding = { top: 9, bottom: 1, left: 0, right: 0 };
    expect(constrain({ ...layer, padding }, { paddingMode: 'reflect' }, { inputSize: [5, 5] }).moved).toEqual([
      { attribute: 'padding', from: '(top=9, bottom=1, left=0, right=0)', to: '(top=4, bottom=1, left=0, right=0)' },
    ]);
  });
});

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kernelSize: fc.tuple(fc.integer(), fc.integer({ min: 1, max: 15 })) }),
  fc.record({ stride: fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: -1, max: 9 })) }),
  fc.record({ dilation: fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })) }),
  fc.record({ groups: fc.integer({ min: -1, max: 8 }) }),
  fc.record({ outChannels: fc.integer({ min: 0, max: 80 }) }),
  fc.record({ inChannels: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ paddingMode: fc.constantFrom(...paddingModes) }),
  fc.record({ padding: fc.constantFrom('same' as const, 'valid' as const, 'full' as const) }),
  fc.record({ padding: fc.record({ top: fc.nat(120), bottom: fc.nat(120), left: fc.nat(20), right: fc.nat(20) }) }),
);

const contexts: fc.Arbitrary<ConvContext> = fc.record({
  inputSize: fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })),
});

describe('any sequence of changes', () => {
  it('leaves a layer with an output, every attribute within its range', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(changes, contexts), { minLength: 1, maxLength: 8 }), (steps) => {
        let conv: Conv2d = layer;
        for (const [change, context] of steps) {
          conv = constrain(conv, change, context).conv;
          expectValid(conv, context);
          // What is valid stays as it is.
          expect(constrain(conv, {}, context)).toEqual({ conv, moved: [] });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('can set every field to every value of its range', () => {
    fc.assert(
      fc.property(
        fc.array(changes, { maxLength: 5 }),
        contexts,
        fc.constantFrom(...fields),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (steps, context, field, share) => {
          const start = constrain(layer, {}, context).conv;
          const conv = steps.reduce<Conv2d>((present, change) => constrain(present, change, context).conv, start);
          const { min, max, typedMax, allowed } = rangeOf(conv, field, context);
          expect(min).toBeLessThanOrEqual(1);
          expect(max).toBeLessThanOrEqual(typedMax);
          const value = allowed
            ? allowed[Math.min(allowed.length - 1, Math.floor(share * allowed.length))]!
            : min + Math.round(share * (typedMax - min));
          const changed = constrain(conv, setting(conv, field, value), context).conv;
          expectValid(changed, context);
          expect(fieldValue(changed, field)).toBe(value);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
