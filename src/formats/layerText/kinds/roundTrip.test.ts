import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layer, LayerKind } from '../../../graph/layers/layer.ts';
import { layerKinds } from '../../../graph/layers/layer.ts';
import { activationNames } from '../../../operators/activation/attributes.ts';
import { reading } from '../../../operators/codeValues.ts';
import { type Conv2d, paddingModes } from '../../../operators/conv2d/attributes.ts';
import { libraries } from '../../../operators/conv2d/code/code.ts';
import { resolvePadding } from '../../../operators/conv2d/padding.ts';
import { cropsOf, fromCrops } from '../../../operators/convTranspose2d/code/crop.ts';
import type { Pair, PerSide } from '../../../operators/operator.ts';
import { needOutput } from './assemble.ts';
import { readLayerOfKind } from './readLayerOfKind.ts';
import { writeLayerOfKind } from './writeLayerOfKind.ts';

const inputSize: Pair = [17, 14];

const count = (max: number) => fc.integer({ min: 1, max });
const pair = (max: number): fc.Arbitrary<Pair> => fc.tuple(count(max), count(max));
const side = fc.integer({ min: 0, max: 3 });
const sides: fc.Arbitrary<PerSide> = fc.oneof(
  fc.record({ top: side, bottom: side, left: side, right: side }),
  fc.tuple(side, side).map(([h, w]) => ({ top: h, bottom: h, left: w, right: w })),
);

interface Fixed {
  readonly inChannels?: number;
  readonly outChannels?: number;
  readonly groups?: number;
  readonly kernelSize?: Pair;
}

/** A convolution with some attributes fixed; its other channel count fits its groups. */
function convs(fixed: Fixed = {}): fc.Arbitrary<Conv2d> {
  return fc
    .record({
      kernelSize: pair(4),
      stride: pair(2),
      padding: sides,
      dilation: pair(2),
      perGroup: count(3),
      groups: count(2),
      outPerGroup: count(3),
      bias: fc.boolean(),
      paddingMode: fc.constantFrom(...paddingModes),
    })
    .map(({ perGroup, outPerGroup, groups: drawn, ...rest }) => {
      const { inChannels, outChannels } = fixed;
      const fits = (n: number | undefined) => n === undefined || n % drawn === 0;
      const groups = fixed.groups ?? (fits(inChannels) && fits(outChannels) ? drawn : 1);
      return {
        kind: 'conv2d',
        ...rest,
        groups,
        inChannels: inChannels ?? perGroup * groups,
        outChannels: outChannels ?? outPerGroup * groups,
        ...(fixed.kernelSize ? { kernelSize: fixed.kernelSize } : {}),
      };
    });
}

const pointwise = (inChannels: number) => convs({ inChannels, groups: 1, kernelSize: [1, 1] });

const layersOf: Readonly<Record<LayerKind, fc.Arbitrary<Layer>>> = {
  standard: convs().map((conv) => ({ kind: 'standard', conv })),
  separable: fc
    .tuple(count(4), count(2), fc.constantFrom(...activationNames))
    .chain(([inChannels, multiplier, between]) =>
      fc
        .tuple(
          convs({ inChannels, groups: inChannels, outChannels: inChannels * multiplier }),
          fc.oneof(
            pointwise(inChannels * multiplier),
            pointwise(inChannels * multiplier).map(
              (conv): Conv2d => ({
                ...conv,
                stride: [1, 1],
                padding: { top: 0, bottom: 0, left: 0, right: 0 },
              }),
            ),
          ),
          fc.constantFrom('none' as const, between),
        )
        .map(([depthwise, second, activation]) => ({
          kind: 'separable',
          depthwise,
          between: activation,
          pointwise: second,
        })),
    ),
  // The second kernel is no 1 x 1: behind one that is depthwise it would be a separable one.
  spatially_separable: fc
    .tuple(count(4), fc.integer({ min: 2, max: 4 }), count(3))
    .chain(([kh, kw, middle]) =>
      fc
        .tuple(
          convs({ kernelSize: [kh, 1], outChannels: middle, groups: 1 }),
          convs({ kernelSize: [1, kw], inChannels: middle, groups: 1 }),
        )
        .map(([vertical, horizontal]) => ({ kind: 'spatially_separable', vertical, horizontal })),
    ),
  shuffled: fc
    .tuple(count(3), count(3))
    .chain(([groups, members]) =>
      fc
        .tuple(
          convs({ inChannels: 2 * groups, groups, outChannels: members * groups }),
          convs({ inChannels: members * groups, groups, outChannels: 2 * groups }),
        )
        .map(([first, second]) => ({ kind: 'shuffled', first, second })),
    ),
  transposed: fc
    .record({
      perGroup: count(2),
      outPerGroup: count(2),
      groups: fc.constantFrom(1, 1, 2),
      kernelSize: pair(4),
      stride: pair(3),
      padding: sides,
      outputPadding: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
      bias: fc.boolean(),
      dilation: fc.oneof(fc.constant<Pair>([1, 1]), pair(3)),
    })
    .map(({ perGroup, outPerGroup, groups, ...rest }) => ({
      kind: 'transposed',
      conv: {
        kind: 'conv_transpose2d',
        inChannels: perGroup * groups,
        outChannels: outPerGroup * groups,
        groups,
        ...rest,
      },
    })),
  deformable: fc
    .record({
      conv: convs(),
      offsets: convs({ groups: 1 }),
      offsetGroups: fc.constantFrom(1, 1, 2),
      hasMask: fc.boolean(),
      uneven: sides,
    })
    .map(({ conv, offsets, offsetGroups, hasMask, uneven }) => {
      const groups = conv.inChannels % offsetGroups === 0 ? offsetGroups : 1;
      const { kernelSize, stride, dilation, inChannels, outChannels, bias } = conv;
      const maps = (hasMask ? 3 : 2) * groups * kernelSize[0] * kernelSize[1];
      const padding = typeof conv.padding === 'string' ? uneven : conv.padding;
      return {
        kind: 'deformable',
        conv: {
          kind: 'deform_conv2d',
          inChannels,
          outChannels,
          kernelSize,
          stride,
          padding,
          dilation,
          groups: conv.groups,
          bias,
          offsetGroups: groups,
          hasMask,
        },
        offsets: {
          ...offsets,
          inChannels,
          kernelSize,
          stride,
          padding,
          dilation,
          outChannels: maps,
          groups: 1,
          paddingMode: 'zeros',
        },
      };
    }),
  linear: fc.record({ inChannels: count(3), outFeatures: count(20), bias: fc.boolean() }).map(
    ({ inChannels, ...rest }): Layer => ({
      kind: 'linear',
      linear: { kind: 'linear', inFeatures: inChannels * inputSize[0] * inputSize[1], ...rest },
    }),
  ),
  locally_connected: fc
    .record({
      inChannels: count(3),
      outChannels: count(3),
      kernelSize: pair(3),
      stride: pair(2),
      padding: sides,
      dilation: fc.oneof(fc.constant<Pair>([1, 1]), pair(2)),
      bias: fc.boolean(),
    })
    .map((rest): Layer => ({ kind: 'locally_connected', local: { kind: 'locally_connected2d', inputSize, ...rest } })),
};

function inChannelsOf(layer: Layer): number {
  switch (layer.kind) {
    case 'standard':
    case 'transposed':
    case 'deformable':
      return layer.conv.inChannels;
    case 'separable':
      return layer.depthwise.inChannels;
    case 'spatially_separable':
      return layer.vertical.inChannels;
    case 'shuffled':
      return layer.first.inChannels;
    case 'linear':
      return layer.linear.inFeatures / (inputSize[0] * inputSize[1]);
    case 'locally_connected':
      return layer.local.inChannels;
    default:
      layer satisfies never;
      throw new Error('unknown kind');
  }
}

/** Padding in numbers, a mode that pads nothing as zeros, and a transposed convolution's cut as PyTorch would write it. */
function canonical(layer: Layer): unknown {
  const entries = Object.entries(layer).map(([name, part]) => {
    if (typeof part !== 'object') return [name, part];
    if (part.kind === 'conv_transpose2d') return [name, { ...part, ...fromCrops(cropsOf(part), part) }];
    if (part.kind !== 'conv2d') return [name, part];
    const padding = resolvePadding(part);
    const padsNothing = Object.values(padding).every((each: number) => each === 0);
    return [name, { ...part, padding, paddingMode: padsNothing ? 'zeros' : part.paddingMode }];
  });
  return Object.fromEntries(entries);
}

const shapeOf = (layer: Layer) => [1, inChannelsOf(layer), ...inputSize] as const;
const isPossible = (layer: Layer) => reading(() => needOutput(layer, shapeOf(layer))).ok;

describe('every copied text', () => {
  it.each(layerKinds)('of a %s layer reads back to the same layer, in each library that can say it', (kind) => {
    let read = 0;
    fc.assert(
      fc.property(
        layersOf[kind].filter(isPossible),
        fc.constantFrom(...activationNames),
        fc.constantFrom(...libraries),
        (layer, activation, library) => {
          const { text, lossless } = writeLayerOfKind(layer, activation, library, inputSize);
          const result = readLayerOfKind(text, { inputSize, inChannels: inChannelsOf(layer), outChannels: 99 });
          if (!lossless) return;
          if (!result.ok) throw new Error(`${text}\n${result.error.message}`);
          read += 1;
          expect({ text, ...result.value, layer: canonical(result.value.layer) }).toEqual({
            text,
            layer: canonical(layer),
            activation,
            library,
          });
        },
      ),
      { numRuns: 400 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it('is readable also where it says less than the layer, as the nearest that the library has', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...layerKinds).chain((kind) => layersOf[kind].filter(isPossible)),
        fc.constantFrom(...libraries),
        (layer, library) => {
          const { text, lossless, notes } = writeLayerOfKind(layer, 'none', library, inputSize);
          const result = readLayerOfKind(text, { inputSize, inChannels: inChannelsOf(layer), outChannels: 99 });
          // What Keras itself refuses it also refuses here.
          const isRefusedThere = notes.includes('keras-strided-dilation');
          if (!lossless && !isRefusedThere && !result.ok) throw new Error(`${text}\n${result.error.message}`);
          expect(text.split('\n').filter((line) => line.startsWith('#'))).toHaveLength(notes.length);
        },
      ),
      { numRuns: 400 },
    );
  });
});
