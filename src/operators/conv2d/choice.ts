/**
 * How a convolution is computed, as a value: an algorithm with its register tile, P pixels x C filters for each invocation. The
 * default is a pure function of the problem and the device; a table from a problem's key to a choice may replace it.
 *   window     planar input; rows in registers. Few channels per group, or groups that do not come in fours.
 *   taps       planar input; the same without the window, for kernels taller than a text is worth.
 *   depthwise  NC4HW4 input; window's text for every channel by itself, with up to four filters each.
 *   dense      NC4HW4 input; many channels per group, in fours.
 */
import { greatestCommonDivisor } from '../../math/integers.ts';
import type { DeviceTraits } from '../programs/program.ts';
import { densePixels, filtersPerInvocation, type StripGeometry, tapRows, windowRows } from '../programs/tiles.ts';
import type { Conv2d } from './attributes.ts';

export type Algorithm = 'window' | 'taps' | 'depthwise' | 'dense';

/** One program, whatever box of the output is asked for. */
export interface DirectChoice {
  readonly algorithm: Algorithm;
  /** P: rows of a column (window, taps, depthwise) or pixels (dense) of one invocation. */
  readonly pixels: number;
  /** C: filters of one invocation; of `depthwise`, those of four channels. */
  readonly filters: number;
}

export type ConvChoice = DirectChoice;

/** What is to be computed: sizes of the output, or of the part of it that one array holds. */
export interface OutputExtent {
  readonly images: number;
  readonly height: number;
  readonly width: number;
}

/** Filters per channel that `depthwise` has texts for: with more, `window` fills its blocks of filters by itself. */
const mostDepthwise = 4;

/** Every channel by itself, four side by side in a vec4. */
export function isDepthwise({ inChannels, outChannels, groups }: Conv2d): boolean {
  return inChannels === groups && groups >= 4 && outChannels / groups <= mostDepthwise;
}

/** Groups of whole vec4, of the input and of the output: what `dense` reads. A single group is filled up with zeros. */
export function isInFours({ inChannels, outChannels, groups }: Conv2d): boolean {
  return groups === 1 || ((inChannels / groups) % 4 === 0 && (outChannels / groups) % 4 === 0);
}

/** Stride and dilation of the rows without what they share: rows of one invocation are `rowStep` apart, S input rows for each. */
export function rowSteps({ stride, dilation }: Conv2d): { readonly rowStep: number; readonly S: number } {
  const common = greatestCommonDivisor(stride[0], dilation[0]);
  return { rowStep: dilation[0] / common, S: stride[0] / common };
}

/** The strips of rows that `blocks` blocks of filters go over. */
export function stripGeometry(conv: Conv2d, output: OutputExtent, blocks: number): StripGeometry {
  const { height, width, images } = output;
  return { rows: height, width, repeats: blocks * images, rowStep: rowSteps(conv).rowStep };
}

/** The default. */
export function chooseConv2d(conv: Conv2d, output: OutputExtent, traits: DeviceTraits): ConvChoice {
  return chooseDirect(conv, output, traits);
}

/** The default among those that compute any box of the output. */
export function chooseDirect(conv: Conv2d, output: OutputExtent, traits: DeviceTraits): DirectChoice {
  const [kernelHeight] = conv.kernelSize;
  const { S } = rowSteps(conv);
  const outPerGroup = conv.outChannels / conv.groups;
  if (isDepthwise(conv)) {
    const strips = stripGeometry(conv, output, Math.ceil(conv.inChannels / 4));
    const pixels = windowRows(kernelHeight, S, 4 * outPerGroup, strips, traits);
    if (pixels !== null) return { algorithm: 'depthwise', pixels, filters: 4 * outPerGroup };
  }
  const filters = filtersPerInvocation(outPerGroup);
  const blocks = conv.groups * Math.ceil(outPerGroup / filters);
  if (isInFours(conv) && conv.inChannels / conv.groups > 4) {
    const pixels = densePixels(filters, output.height * output.width, blocks * output.images, traits);
    return { algorithm: 'dense', pixels, filters };
  }
  const strips = stripGeometry(conv, output, blocks);
  const rows = windowRows(kernelHeight, S, filters, strips, traits);
  return rows === null
    ? { algorithm: 'taps', pixels: tapRows(filters, strips, traits), filters }
    : { algorithm: 'window', pixels: rows, filters };
}

/** As a person reads it: "dense P4C16". */
export function labelOf({ algorithm, pixels, filters }: ConvChoice): string {
  return `${algorithm} P${pixels}C${filters}`;
}

/** All that a choice may depend on, but the device: equal keys, equal candidates. */
export function problemKey(conv: Conv2d, { images, height, width }: OutputExtent): string {
  const { inChannels, outChannels, kernelSize, stride, dilation, groups, paddingMode } = conv;
  const window = `k${kernelSize.join('x')} s${stride.join('x')} d${dilation.join('x')} g${groups}`;
  return `${inChannels}>${outChannels} ${window} ${paddingMode} ${images}x${height}x${width}`;
}
