/** Space to depth: y[c·b² + i·b + j, h, w] (CRD) or y[(i·b + j)·C + c, h, w] (DCR) = x[c, h·b + i, w·b + j]. */
import type { OperatorRules, Shape } from '../operator.ts';
import type { Rearrangement } from '../programs/rearrange.ts';
import { rearrangingRules } from '../rearrangement.ts';
import { rangeTo } from '../tensors.ts';
import type { SpaceToDepth } from './attributes.ts';

export function rearrangementOf({ block, mode }: SpaceToDepth, [n, c, h, w]: Shape): Rearrangement {
  const channel = { size: c, step: h * w };
  const offsets = [
    { size: block, step: w },
    { size: block, step: 1 },
  ];
  const pixels = [
    { size: h / block, step: block * w },
    { size: w / block, step: block },
  ];
  const image = { size: n, step: c * h * w };
  return { first: 0, digits: [image, ...(mode === 'CRD' ? [channel, ...offsets] : [...offsets, channel]), ...pixels] };
}

export const spaceToDepth: OperatorRules<SpaceToDepth> = {
  kind: 'space_to_depth',
  ...rearrangingRules<SpaceToDepth>({
    outputShape: ({ block }, [n, c, h, w]) => {
      if (h % block === 0 && w % block === 0) return { ok: true, value: [n, c * block ** 2, h / block, w / block] };
      const message = `pixel_unshuffle expects height and width to be divisible by downscale_factor, but input.size(-2)=${h} and input.size(-1)=${w} are not divisible by ${block}`;
      return { ok: false, error: { code: 'block-size', values: { height: h, width: w, block }, message } };
    },
    rearrangement: rearrangementOf,
  }),
  inputInterval: ({ block }, _axis, { lo, hi }) => ({ lo: lo * block, hi: hi * block + block - 1 }),
  reads: ({ block }, _axis, _size, index) => rangeTo(block).map((i) => index * block + i),
  readers: ({ block }, _axis, _size, index) => [Math.floor(index / block)],
};
