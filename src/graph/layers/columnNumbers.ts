/** The numbers that a kind of column has: the others mean nothing to it. */
import type { ColumnKind, columnRanges } from './column.ts';

export function columnNumbers(kind: ColumnKind): readonly (keyof typeof columnRanges)[] {
  switch (kind) {
    case 'pointwise':
      return ['stride'];
    case 'standard':
    case 'depthwise':
    case 'separable':
    case 'spatially_separable':
    case 'transposed':
    case 'deformable':
    case 'pooled':
    case 'resize_convolve':
      return ['kernelSize', 'stride'];
    case 'grouped':
    case 'shuffled':
      return ['kernelSize', 'stride', 'groups'];
    case 'dilated':
      return ['kernelSize', 'stride', 'dilation'];
    case 'stack':
    case 'vgg_block':
    case 'mobilenet_block':
      return ['kernelSize', 'stride', 'depth'];
    default:
      kind satisfies never;
      throw new Error('unknown kind of column');
  }
}
