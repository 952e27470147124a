/**
 * How a convolution is computed, as a value: an algorithm with its tile, P pixels x C filters for each invocation. The
 * default is a pure function of the problem and the device; a table from a problem's key to a choice may replace it.
 *   window     planar input; rows in registers. Few channels per group, or groups that do not come in fours (on GPUs, where few zeros would do).
 *   taps       planar input; the same without the window, for kernels taller than a text is worth.
 *   depthwise  NC4HW4 input; window's text for every channel by itself, with up to four filters each.
 *   rolling    the same layers with one filter per channel, row by row; the default on software adapters alone.
 *   rolling lanes  the same with a lane for each channel; the default for kernels above 3 x 3 on SwiftShader.
 *   dense      NC4HW4 input; many channels per group, in fours.
 *   gemm       the same layers as a product of matrices, from tiles in workgroup memory; measured against `dense`, never the default.
 *   deepWindow the same layers with rows in registers, as `window` keeps them; the default for groups of four filters on GPUs alone, else
 *              measured against `dense`.
 *   dense f16  the same with products in half precision: for runs that ask for speed before digits, and for those alone.
 *   winograd   3x3 with stride 1 in fewer products, between two transforms.
 *   split      `dense` over parts of the input channels side by side, then their sum: small maps with many channels.
 */
import { greatestCommonDivisor } from '../../math/integers.ts';
import { gpuDeepWindow, gpuWindow, type WindowShape } from '../programs/gpuTiles.ts';
import type { DeviceTraits } from '../programs/program.ts';
import {
  filtersPerInvocation,
  laneTile,
  rollingTile,
  type StripGeometry,
  tapRows,
  windowRows,
} from '../programs/tiles.ts';
import { blockFilters, blockPixels } from '../programs/wideTiles.ts';
import type { Conv2d } from './attributes.ts';
import { arePlanesDearer, bundleOf, isInFours } from './bundles.ts';

export type Algorithm =
  | 'window'
  | 'taps'
  | 'depthwise'
  | 'dense'
  | 'dense f16'
  | 'gemm'
  | 'deepWindow'
  | 'rolling'
  | 'rolling lanes';

/** One program, whatever box of the output is asked for. */
export interface DirectChoice {
  readonly algorithm: Algorithm;
  /** P: rows of a column (window, taps, depthwise, deepWindow, both rolling) or pixels (dense) of one invocation; of `gemm`, pixels of a workgroup. */
  readonly pixels: number;
  /** C: filters of one invocation; of `depthwise`, those of four channels; of `gemm`, those of a workgroup. */
  readonly filters: number;
  /** Q: columns of one invocation; of both `rolling`, `window` and `deepWindow` alone, 1 where nothing is said. */
  readonly columns?: number;
}

/** Partial sums of `parts` equal parts of the input channels, each by `dense` with this tile, and a second pass that adds them up. */
export interface SplitChoice {
  readonly algorithm: 'split';
  readonly parts: number;
  readonly pixels: number;
  readonly filters: number;
}

/** F(m x m, 3 x 3): products in Winograd's domain by `dense` with this tile, between two transforms. */
export interface WinogradChoice {
  readonly algorithm: 'winograd';
  /** m: rows and columns of outputs of one tile. */
  readonly outputs: 2 | 4;
  readonly pixels: number;
  readonly filters: number;
}

/** Several programs one after another, over whole arrays (`staged/`). */
export type StagedChoice = SplitChoice | WinogradChoice;

export type ConvChoice = DirectChoice | StagedChoice;

export function isStaged(choice: ConvChoice): choice is StagedChoice {
  return choice.algorithm === 'split' || choice.algorithm === 'winograd';
}

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

/** Stride and dilation of the rows without what they share: rows of one invocation are `rowStep` apart, S input rows for each. */
export function rowSteps({ stride, dilation }: Conv2d): { readonly rowStep: number; readonly S: number } {
  const common = greatestCommonDivisor(stride[0], dilation[0]);
  return { rowStep: dilation[0] / common, S: stride[0] / common };
}

/** The same of columns, T input columns for each. */
export function columnSteps({ stride, dilation }: Conv2d): { readonly columnStep: number; readonly T: number } {
  const common = greatestCommonDivisor(stride[1], dilation[1]);
  return { columnStep: dilation[1] / common, T: stride[1] / common };
}

function windowShape(conv: Conv2d): WindowShape {
  return { kernel: conv.kernelSize, S: rowSteps(conv).S, T: columnSteps(conv).T };
}

/** The strips of rows that `blocks` blocks of filters go over. */
export function stripGeometry(conv: Conv2d, output: OutputExtent, blocks: number): StripGeometry {
  const { height, width, images } = output;
  return { rows: height, width, repeats: blocks * images, rowStep: rowSteps(conv).rowStep };
}

/** A device that one program would leave seven eighths idle is given the parts of a split instead. */
const splitBelow = 1 / 8;
/** Vec4 of input for each pixel of a part: fewer, and the sum of the parts costs what they saved. */
const leastDepth = 16;
const mostParts = 32;

/** Channels and tiles from which F(2,3) was measured to pay, on software adapters alone: a GPU's tuner finds out by itself. */
const winogradChannels = 48;
const winogradTiles = 128;

/** Fewest rows of one invocation of `depthwise` on a GPU: it waits for memory, and each row is loaded for its neighbours too. */
const leastRows = 4;

/** The default. */
export function chooseConv2d(conv: Conv2d, output: OutputExtent, traits: DeviceTraits): ConvChoice {
  const direct = chooseDirect(conv, output, traits);
  const tiles = output.images * Math.ceil(output.height / 2) * Math.ceil(output.width / 2);
  const pays = Math.min(conv.inChannels, conv.outChannels) >= winogradChannels && tiles >= winogradTiles;
  if (traits.canBroadcast && isWinograd(conv) && pays) return winogradChoice(conv, output, 2, traits);
  // A software adapter's threads share workgroups out, and a second pass costs what it saves.
  if ((direct.algorithm !== 'dense' && direct.algorithm !== 'deepWindow') || traits.canBroadcast) return direct;
  const dense = denseChoice(conv, output, traits);
  const { pixels, filters } = dense;
  const invocations = invocationsOf(conv, output, dense);
  if (invocations > splitBelow * traits.busyInvocations) return direct;
  const parts = splitsOf(conv).find((count) => count * invocations <= traits.busyInvocations);
  return parts === undefined ? direct : { algorithm: 'split', parts, pixels, filters };
}

/** Invocations of `dense` that the whole output takes. */
export function invocationsOf(conv: Conv2d, output: OutputExtent, { pixels, filters }: DirectChoice): number {
  return output.images * Math.ceil((output.height * output.width) / pixels) * blocksOf(bundledGroups(conv), filters);
}

/** Into how many equal parts of whole vec4 the input channels can be split, most first. */
export function splitsOf({ inChannels, groups, kernelSize, paddingMode }: Conv2d): readonly number[] {
  if (groups !== 1 || paddingMode !== 'zeros') return [];
  const fours = Math.ceil(inChannels / 4);
  const most = Math.min(mostParts, (fours * kernelSize[0] * kernelSize[1]) / leastDepth);
  return Array.from({ length: Math.floor(most) }, (_, i) => Math.floor(most) - i).filter(
    (parts) => parts > 1 && fours % parts === 0,
  );
}

/** Winograd's convolutions. */
export function isWinograd({ kernelSize, stride, dilation, groups, paddingMode }: Conv2d): boolean {
  const areOnes = [...stride, ...dilation, groups].every((value) => value === 1);
  return areOnes && kernelSize[0] === 3 && kernelSize[1] === 3 && paddingMode === 'zeros';
}

/** The products of F(m x m, 3 x 3) with the tile that `dense` would have. */
export function winogradChoice(
  { outChannels }: Conv2d,
  { images, height, width }: OutputExtent,
  outputs: 2 | 4,
  traits: DeviceTraits,
): WinogradChoice {
  const filters = blockFilters(outChannels, traits);
  const tiles = Math.ceil(height / outputs) * Math.ceil(width / outputs);
  const repeats = (outputs + 2) ** 2 * Math.ceil(outChannels / filters) * images;
  return { algorithm: 'winograd', outputs, pixels: blockPixels(filters, tiles, repeats, traits), filters };
}

type Groups = Pick<Conv2d, 'groups' | 'outChannels'>;

function blocksOf({ outChannels, groups }: Groups, filters: number): number {
  return groups * Math.ceil(outChannels / groups / filters);
}

/** As the programs that read blocks have them. */
function bundledGroups(conv: Conv2d): Groups {
  return { groups: conv.groups / bundleOf(conv).members, outChannels: conv.outChannels };
}

/** Depthwise layers row by row; null where a channel has several filters, or rows have nothing to carry on. */
export function chooseRolling(conv: Conv2d, output: OutputExtent, traits: DeviceTraits): DirectChoice | null {
  if (!isDepthwise(conv) || conv.outChannels !== conv.inChannels) return null;
  const { columnStep, T } = columnSteps(conv);
  const strips = stripGeometry(conv, output, Math.ceil(conv.inChannels / 4));
  const { S } = rowSteps(conv);
  const byLane = laneTile(conv.kernelSize, S, T, strips, traits);
  if (byLane) return { algorithm: 'rolling lanes', pixels: byLane.rows, columns: byLane.columns, filters: 4 };
  const tile = rollingTile(conv.kernelSize, S, T, columnStep, strips, traits);
  return tile && { algorithm: 'rolling', pixels: tile.rows, columns: tile.columns, filters: 4 };
}

/** The default among those that compute any box of the output. */
export function chooseDirect(conv: Conv2d, output: OutputExtent, traits: DeviceTraits): DirectChoice {
  const [kernelHeight] = conv.kernelSize;
  const { S } = rowSteps(conv);
  const outPerGroup = conv.outChannels / conv.groups;
  if (isDepthwise(conv)) {
    const rolling = chooseRolling(conv, output, traits);
    if (traits.canBroadcast && rolling !== null) return rolling;
    const strips = stripGeometry(conv, output, Math.ceil(conv.inChannels / 4));
    const pixels = windowRows(kernelHeight, S, 4 * outPerGroup, strips, traits, leastRows);
    if (pixels !== null) return { algorithm: 'depthwise', pixels, filters: 4 * outPerGroup };
  }
  const isGpu = !traits.canBroadcast && traits.pixels === undefined;
  const areBlocks = isInFours(conv)
    ? conv.inChannels / conv.groups > (conv.groups === 1 ? 4 : 3)
    : isGpu && arePlanesDearer(conv);
  if (areBlocks) {
    const bundled = bundledGroups(conv);
    const { columnStep } = columnSteps(conv);
    const strips = stripGeometry(conv, output, blocksOf(bundled, 4));
    const isNarrow = filtersPerInvocation(bundled.outChannels / bundled.groups) === 4;
    const deep = isGpu && isNarrow ? gpuDeepWindow(windowShape(conv), strips, columnStep, traits) : null;
    return deep === null ? denseChoice(conv, output, traits) : { algorithm: 'deepWindow', ...deep };
  }
  const filters = filtersPerInvocation(outPerGroup);
  const strips = stripGeometry(conv, output, blocksOf(conv, filters));
  const wide = isGpu ? gpuWindow(outPerGroup, windowShape(conv)) : null;
  if (wide !== null) return { algorithm: 'window', ...wide };
  const rows = windowRows(kernelHeight, S, filters, strips, traits);
  return rows === null
    ? { algorithm: 'taps', pixels: tapRows(filters, strips, traits), filters }
    : { algorithm: 'window', pixels: rows, filters };
}

function denseChoice(conv: Conv2d, { images, height, width }: OutputExtent, traits: DeviceTraits): DirectChoice {
  const bundled = bundledGroups(conv);
  const filters = blockFilters(bundled.outChannels / bundled.groups, traits);
  const pixels = blockPixels(filters, height * width, blocksOf(bundled, filters) * images, traits);
  return { algorithm: 'dense', pixels, filters };
}

/** Whether only fast runs compute by it. */
export function isFast({ algorithm }: ConvChoice): boolean {
  return algorithm === 'dense f16';
}

/** Filters of an invocation from which `dense f16` pays: so many share what rounding a pixel's channels costs (docs/kernels.md). */
const leastHalfFilters = 16;

/** What reads the maps as `dense` does and sums the same products: its f16 may stand in for them, whichever an exact run was found to prefer. */
const likeDense: ReadonlySet<ConvChoice['algorithm']> = new Set(['dense', 'gemm', 'deepWindow']);

/**
 * What computes in a fast run what `exact` computes in an exact one: `dense` in f16 where it pays and the device has it, else `exact`
 * itself. The tile is the default's, whatever was measured of exact programs.
 */
export function fastChoice(exact: ConvChoice, conv: Conv2d, output: OutputExtent, traits: DeviceTraits): ConvChoice {
  if (!likeDense.has(exact.algorithm) || traits.half === undefined || !isInFours(conv)) return exact;
  // Its weights are not handed out by subgroups, which wide tiles are made for.
  const { broadcastLanes: _, ...narrow } = traits;
  const direct = chooseDirect(conv, output, narrow);
  const pays = direct.algorithm === 'dense' && direct.filters >= leastHalfFilters;
  return pays ? { ...direct, algorithm: 'dense f16' } : exact;
}

/** As a person reads it: "dense P4C16", "split 8 P1C16", "winograd F(2,3) P4C16". */
export function labelOf(choice: ConvChoice): string {
  const tile = `P${choice.pixels}C${choice.filters}`;
  switch (choice.algorithm) {
    case 'rolling':
    case 'rolling lanes':
      return `${choice.algorithm} P${choice.pixels}Q${choice.columns ?? 1}C${choice.filters}`;
    case 'window':
    case 'deepWindow':
      return `${choice.algorithm} P${choice.pixels}${choice.columns === undefined || choice.columns === 1 ? '' : `Q${choice.columns}`}C${choice.filters}`;
    case 'split':
      return `split ${choice.parts} ${tile}`;
    case 'winograd':
      return `winograd F(${choice.outputs},3) ${tile}`;
    default:
      return `${choice.algorithm} ${tile}`;
  }
}

/** All that a choice may depend on, but the device: equal keys, equal candidates. */
export function problemKey(conv: Conv2d, { images, height, width }: OutputExtent): string {
  const { inChannels, outChannels, kernelSize, stride, dilation, groups, paddingMode } = conv;
  const window = `k${kernelSize.join('x')} s${stride.join('x')} d${dilation.join('x')} g${groups}`;
  return `${inChannels}>${outChannels} ${window} ${paddingMode} ${images}x${height}x${width}`;
}
