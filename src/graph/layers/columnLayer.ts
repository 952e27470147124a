/** The layer that a column of one layer stands for. */
import type { ActivationName } from '../../operators/activation/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { createDeformConv2d } from '../../operators/deformConv2d/index.ts';
import type { Pair, PerSide } from '../../operators/operator.ts';
import type { Column, LayerColumnKind } from './column.ts';
import { keeping } from './keeping.ts';
import type { Layer } from './layer.ts';

const noActivation: ActivationName = 'none';

/** The layer from `inChannels` to `outChannels`; a depthwise one gives the multiple of its inputs nearest to `outChannels`. */
export function columnLayer(
  kind: LayerColumnKind,
  column: Omit<Column, 'kind'>,
  inChannels: number,
  outChannels: number,
): Layer {
  const { kernelSize: k, groups } = column;
  const stride: Pair = [column.stride, column.stride];
  const size: Pair = [k, k];
  const plain = { inChannels, outChannels, kernelSize: size, stride, padding: keeping(size) };
  switch (kind) {
    case 'standard':
      return { kind, conv: createConv2d(plain) };
    case 'pointwise':
      return { kind: 'standard', conv: createConv2d({ inChannels, outChannels, kernelSize: [1, 1], stride }) };
    case 'grouped':
      return { kind: 'standard', conv: createConv2d({ ...plain, groups }) };
    case 'dilated': {
      const dilation: Pair = [column.dilation, column.dilation];
      return {
        kind: 'standard',
        conv: createConv2d({ ...plain, dilation, padding: keeping(size, column.dilation) }),
      };
    }
    case 'depthwise': {
      const multiplier = Math.max(1, Math.round(outChannels / inChannels));
      return {
        kind: 'standard',
        conv: createConv2d({ ...plain, outChannels: inChannels * multiplier, groups: inChannels }),
      };
    }
    case 'separable':
      return {
        kind,
        depthwise: createConv2d({ ...plain, outChannels: inChannels, groups: inChannels, bias: false }),
        between: noActivation,
        pointwise: createConv2d({ inChannels, outChannels, kernelSize: [1, 1] }),
      };
    case 'shuffled':
      return {
        kind,
        first: createConv2d({ ...plain, outChannels: inChannels, groups, bias: false }),
        second: createConv2d({ inChannels, outChannels, kernelSize: [1, 1], groups }),
      };
    case 'spatially_separable': {
      const [tall, wide]: readonly [Pair, Pair] = [
        [k, 1],
        [1, k],
      ];
      return {
        kind,
        vertical: createConv2d({
          inChannels,
          outChannels,
          kernelSize: tall,
          stride: [stride[0], 1],
          padding: keeping(tall),
          bias: false,
        }),
        horizontal: createConv2d({
          inChannels: outChannels,
          outChannels,
          kernelSize: wide,
          stride: [1, stride[1]],
          padding: keeping(wide),
        }),
      };
    }
    case 'transposed':
      return {
        kind,
        conv: createConvTranspose2d({ inChannels, outChannels, kernelSize: size, stride, ...exactly(k, stride[0]) }),
      };
    case 'deformable':
      return {
        kind,
        conv: createDeformConv2d(plain),
        offsets: createConv2d({ ...plain, outChannels: 2 * k * k }),
      };
    default:
      kind satisfies never;
      throw new Error('unknown kind of column');
  }
}

/**
 * Crop and output padding with which the output is exactly `stride` times the input: as PyTorch writes it (the same on both sides and,
 * where that crops one too many, output_padding=1); only stride 1 and an even kernel crop one more at the bottom and right.
 */
function exactly(kernel: number, stride: number): { readonly padding: PerSide; readonly outputPadding: Pair } {
  const crop = Math.max(0, Math.ceil((kernel - stride) / 2));
  const more = stride + 2 * crop - kernel;
  if (more < stride) return { padding: allRound(crop), outputPadding: [more, more] };
  return { padding: { top: crop - 1, bottom: crop, left: crop - 1, right: crop }, outputPadding: [0, 0] };
}

function allRound(side: number): PerSide {
  return { top: side, bottom: side, left: side, right: side };
}
