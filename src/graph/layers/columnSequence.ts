/**
 * What a column computes. Blocks are those of the papers, with batch normalisation folded into the convolution before it (its weights and
 * bias), as it is when a network answers:
 * - stack: `depth` convolutions of a small kernel in place of one of a large, with a ReLU between two (Simonyan & Zisserman 2015, section
 *   2.3: three 3 x 3 see 7 x 7 with 27 C² weights instead of 49 C², and bend three times). The first one strides.
 * - pooled: a convolution at every place, then the largest of each stride x stride window: what a strided convolution saves
 *   (Springenberg et al. 2015).
 * - resize_convolve: enlarged by nearest neighbour, then convolved: no checkerboard (Odena et al., Distill 2016).
 * - vgg_block: `depth` times a convolution and a ReLU, then max pooling (Simonyan & Zisserman 2015, table 1).
 * - mobilenet_block: `depth` times a depthwise convolution, ReLU6, a pointwise one, ReLU6 (MobileNet V1, Howard et al. 2017, figure 3;
 *   the ReLU6 is the authors' implementation's). The first depthwise one strides, as in their table 1.
 */
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { Pair } from '../../operators/operator.ts';
import { createPool2d } from '../../operators/pool2d/index.ts';
import { enlargement } from '../transposed/resizeConvolve.ts';
import type { Column } from './column.ts';
import { columnLayer } from './columnLayer.ts';
import { keeping } from './keeping.ts';
import type { Sequence, Step } from './sequence.ts';

/** From `inChannels` to `outChannels`; a depthwise column gives the multiple of its inputs nearest to `outChannels`. */
export function columnSequence(column: Column, inChannels: number, outChannels: number): Sequence {
  const { kind, kernelSize: k, stride, depth } = column;
  switch (kind) {
    case 'standard':
    case 'pointwise':
    case 'depthwise':
    case 'separable':
    case 'grouped':
    case 'shuffled':
    case 'spatially_separable':
    case 'dilated':
    case 'transposed':
    case 'deformable':
      return [{ kind: 'layer', layer: columnLayer(kind, column, inChannels, outChannels) }];
    case 'stack':
      return repeated(depth, (i) => [
        ...(i === 0 ? [] : [activation('relu')]),
        conv(i === 0 ? inChannels : outChannels, outChannels, k, i === 0 ? stride : 1),
      ]);
    case 'pooled':
      return [conv(inChannels, outChannels, k), ...maxPool(stride)];
    case 'resize_convolve':
      return [{ kind: 'operator', operator: enlargement([stride, stride]) }, conv(inChannels, outChannels, k)];
    case 'vgg_block':
      return [
        ...repeated(depth, (i) => [conv(i === 0 ? inChannels : outChannels, outChannels, k), activation('relu')]),
        ...maxPool(stride),
      ];
    case 'mobilenet_block':
      return repeated(depth, (i) => {
        const channels = i === 0 ? inChannels : outChannels;
        return [
          conv(channels, channels, k, i === 0 ? stride : 1, channels),
          activation('relu6'),
          conv(channels, outChannels, 1),
          activation('relu6'),
        ];
      });
    default:
      kind satisfies never;
      throw new Error('unknown kind of column');
  }
}

function repeated(times: number, part: (i: number) => readonly Step[]): readonly Step[] {
  return Array.from({ length: times }, (_, i) => part(i)).flat();
}

/** Padded to keep the size at stride 1. */
function conv(inChannels: number, outChannels: number, k: number, stride = 1, groups = 1): Step {
  const kernelSize: Pair = [k, k];
  const made = createConv2d({
    inChannels,
    outChannels,
    kernelSize,
    stride: [stride, stride],
    padding: keeping(kernelSize),
    groups,
  });
  return { kind: 'layer', layer: { kind: 'standard', conv: made } };
}

function activation(name: 'relu' | 'relu6'): Step {
  return { kind: 'operator', operator: { kind: 'activation', function: name } };
}

/** None at stride 1. The last window may hang over the edge, so that the size is that of the strided convolution: ceil(size / stride). */
function maxPool(stride: number): readonly Step[] {
  if (stride === 1) return [];
  const pool = createPool2d({ function: 'max', kernelSize: [stride, stride], ceilMode: true });
  return [{ kind: 'operator', operator: pool }];
}
