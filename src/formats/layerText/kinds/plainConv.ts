/** The plain convolution nearest to a layer that a library does not have. */

import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import type { DeformConv2d } from '../../../operators/deformConv2d/attributes.ts';
import type { LocallyConnected2d } from '../../../operators/locallyConnected2d/attributes.ts';

/** A deformable convolution with all offsets 0; a locally connected layer with the same weights at every position. */
export function plainConv(operator: DeformConv2d | LocallyConnected2d): Conv2d {
  const { inChannels, outChannels, kernelSize, stride, padding, dilation, bias } = operator;
  const groups = operator.kind === 'deform_conv2d' ? operator.groups : 1;
  return createConv2d({ inChannels, outChannels, kernelSize, stride, padding, dilation, groups, bias });
}
