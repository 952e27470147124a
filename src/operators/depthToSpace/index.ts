/** Depth to space: y[c, h·b + i, w·b + j] = x[c·b² + i·b + j, h, w] (CRD) or x[(i·b + j)·C/b² + c, h, w] (DCR). */
import type { OperatorRules, Shape } from '../operator.ts';
import type { Rearrangement } from '../programs/rearrange.ts';
import { rearrangingRules } from '../rearrangement.ts';
import { rangeTo } from '../tensors.ts';
import type { DepthToSpace } from './attributes.ts';

export function rearrangementOf({ block, mode }: DepthToSpace, [n, c, h, w]: Shape): Rearrangement {
  const plane = h * w;
  const channels = c / block ** 2;
  const [perChannel, perOffset] = mode === 'CRD' ? [block ** 2 * plane, plane] : [plane, channels * plane];
  return {
    first: 0,
    digits: [
      // Images and channels are one digit where the channels are whole blocks (CRD), else the images come first.
      ...(mode === 'CRD' ? [{ size: n * channels, step: perChannel }] : imagesOf(n, channels, c * plane, perChannel)),
      { size: h, step: w },
      { size: block, step: block * perOffset },
      { size: w, step: 1 },
      { size: block, step: perOffset },
    ],
  };
}

function imagesOf(images: number, channels: number, perImage: number, perChannel: number): Rearrangement['digits'] {
  return [
    { size: images, step: perImage },
    { size: channels, step: perChannel },
  ];
}

export const depthToSpace: OperatorRules<DepthToSpace> = {
  kind: 'depth_to_space',
  ...rearrangingRules<DepthToSpace>({
    outputShape: ({ block }, [n, c, h, w]) => {
      if (c % block ** 2 === 0) return { ok: true, value: [n, c / block ** 2, h * block, w * block] };
      const message = `pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=${c} is not divisible by ${block ** 2}`;
      return { ok: false, error: { code: 'block-channels', values: { channels: c, block }, message } };
    },
    rearrangement: rearrangementOf,
  }),
  inputInterval: ({ block }, _axis, { lo, hi }) => ({ lo: Math.floor(lo / block), hi: Math.floor(hi / block) }),
  reads: ({ block }, _axis, _size, index) => [Math.floor(index / block)],
  readers: ({ block }, _axis, _size, index) => rangeTo(block).map((i) => index * block + i),
};
