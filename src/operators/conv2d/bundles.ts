/**
 * Groups whose channels do not come in fours, on a GPU: `dense` and `deepWindow` read them from the blocks as they lie, with zeros as weights
 * of those channels of a block that belong to other groups. Neighbouring groups may be computed as one, a bundle, with zeros between
 * them. So there are up to four times as many multiply-adds as weights; `window` multiplies by few zeros, but reads a planar copy, which
 * a pass has to write and it to read again (docs/kernels.md).
 */
import { filtersPerInvocation } from '../programs/tiles.ts';
import { coveredBlocks } from '../programs/weights.ts';
import type { Conv2d } from './attributes.ts';

/** In vector operations of one invocation: a load at a computed index, a store, and what a value of the planar copy takes of memory's time. */
const load = 4;
const store = 4;
const copy = 100;
/** What `window` takes beside its multiply-adds: an eighth. */
const besideWindow = 1.125;
const mostMembers = 4;

/** Groups of whole vec4, of the input and of the output. A single group is filled up with zeros. */
export function isInFours({ inChannels, outChannels, groups }: Conv2d): boolean {
  return groups === 1 || ((inChannels / groups) % 4 === 0 && (outChannels / groups) % 4 === 0);
}

/** Groups of the layer that are one to the programs that read blocks: those that make the least operations for an output pixel. */
export function bundleOf(conv: Conv2d): { readonly members: number; readonly operations: number } {
  const { inChannels, outChannels, groups, kernelSize } = conv;
  const operationsOf = (members: number) => {
    const filters = (members * outChannels) / groups;
    const C = filtersPerInvocation(filters);
    const blocks = coveredBlocks((members * inChannels) / groups, groups / members) * Math.ceil(filters / C);
    // A vec4 that belongs to two bundles is stored value by value.
    const stores = filters % 4 === 0 ? filters / 4 : filters;
    return (groups / members) * (blocks * kernelSize[0] * kernelSize[1] * (4 * C + load) + store * stores);
  };
  const counts = isInFours(conv) ? [1] : Array.from({ length: mostMembers }, (_, i) => i + 1);
  return counts
    .filter((members) => groups % members === 0)
    .map((members) => ({ members, operations: operationsOf(members) }))
    .reduce((best, next) => (next.operations < best.operations ? next : best));
}

/** A photo's channels: they are planar from the first. */
const mostPhotoChannels = 4;

/** Whether reading blocks as they lie takes less than a planar copy for `window`. Does not depend on the map, so that packed weights stay. */
export function arePlanesDearer(conv: Conv2d): boolean {
  const { inChannels, outChannels, groups, kernelSize, stride } = conv;
  const filters = Math.ceil(outChannels / groups / 4) * 4;
  const ofWindow = inChannels * filters * kernelSize[0] * kernelSize[1] * besideWindow + store * outChannels;
  const isPhoto = inChannels <= mostPhotoChannels;
  return !isPhoto && bundleOf(conv).operations < ofWindow + inChannels * stride[0] * stride[1] * copy;
}
