/** Products of the channels of two tensors. Loaded when they are first asked for. */
import { type ChannelProducts, mismatch, type Sampling } from '../../channelProducts.ts';
import { EngineError } from '../../engine.ts';
import type { Device } from '../evaluation.ts';
import type { MapArray } from '../maps/arrays.ts';
import { productsOfMaps } from '../statistics/covariance.ts';
import type { DeviceTensor } from './tensors.ts';

/** Records them and starts reading. Throws NotCompiled; `too-large` for maps that are not kept: fewer images at a time are. */
export function readProducts(
  device: Device,
  a: DeviceTensor,
  b: DeviceTensor,
  sampling: Sampling,
): { readonly products: Promise<ChannelProducts> } {
  const wrong = mismatch(a.shape, b.shape, sampling);
  if (wrong) throw new EngineError('internal', wrong);
  return productsOfMaps(device, keptMaps(a), keptMaps(b), sampling);
}

function keptMaps({ content, shape: [images, channels, height, width] }: DeviceTensor): MapArray {
  if (content.kind === 'stored') return content.maps;
  throw new EngineError('too-large', `maps of ${width} x ${height} are not kept`, { images, channels, height, width });
}
