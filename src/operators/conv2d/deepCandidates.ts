/**
 * What may take the place of `dense`: the two structures that only a real GPU can judge. `gemm` reads input and weights once for a whole
 * workgroup, and pays with barriers; `deepWindow` loads each input row once for all kernel rows, and pays with invocations.
 */
import type { DeviceTraits } from '../programs/program.ts';
import { deepWindowFits } from '../programs/tiles.ts';
import type { Conv2d } from './attributes.ts';
import { isInFours } from './bundles.ts';
import { type DirectChoice, type OutputExtent, rowSteps } from './choice.ts';

/** Tiles of a workgroup of `gemm`: eight filters of eight pixels for each of its 64 invocations, and of four. */
const gemmTiles = [
  { pixels: 64, filters: 64 },
  { pixels: 128, filters: 32 },
  { pixels: 64, filters: 32 },
] as const;
/** With fewer filters in a group, half of the smallest tile and more would be filled up with zeros. */
const leastGemmFilters = 17;

/** Every P of `gemm` for a tile of C filters, most first. */
export function gemmFits(C: number): readonly number[] {
  return gemmTiles.filter(({ filters }) => filters === C).map(({ pixels }) => pixels);
}

/** In place of `direct`, which is `dense`: first the likeliest tile of each. None where `direct` is another algorithm. */
export function besideDense(
  conv: Conv2d,
  output: OutputExtent,
  direct: DirectChoice,
  traits: DeviceTraits,
): readonly DirectChoice[] {
  if (direct.algorithm !== 'dense') return [];
  // Its tiles begin with whole blocks.
  const [gemm, ...otherGemms] = isInFours(conv) ? gemms(conv, output, traits) : [];
  const [window, ...otherWindows] = deepWindows(conv, direct);
  const first = [gemm, window].filter((choice) => choice !== undefined);
  // Software adapters lose by barriers what a GPU gains, and compile for seconds: one tile each is enough to show it.
  return traits.canBroadcast ? first : [...first, ...otherGemms.slice(0, 1), ...otherWindows.slice(0, 1)];
}

/** The large tile that fills up less with zeros, and the small one; that one first where the large one leaves the device idle. */
function gemms({ outChannels, groups }: Conv2d, output: OutputExtent, traits: DeviceTraits): readonly DirectChoice[] {
  const perGroup = outChannels / groups;
  if (perGroup < leastGemmFilters) return [];
  const [wide, long, small] = gemmTiles;
  const large = 2 * Math.ceil(perGroup / 64) <= Math.ceil(perGroup / 32) ? wide : long;
  const tiles = output.images * Math.ceil((output.height * output.width) / large.pixels);
  const workgroups = tiles * groups * Math.ceil(perGroup / large.filters);
  const ordered = 64 * workgroups < traits.busyInvocations ? [small, large] : [large, small];
  return ordered.map((tile) => ({ algorithm: 'gemm', ...tile }));
}

/** Tiles like that of `dense` first, which weighs the same: what is loaded against how many invocations there are. */
function deepWindows(conv: Conv2d, { pixels, filters }: DirectChoice): readonly DirectChoice[] {
  const distance = (P: number) => Math.abs(Math.log2(P / pixels));
  return deepWindowFits(conv.kernelSize[0], rowSteps(conv).S, filters)
    .toSorted((a, b) => distance(a) - distance(b))
    .map((P) => ({ algorithm: 'deepWindow', pixels: P, filters }));
}
