/** The values of a small box of a tensor as they arrive; null before, and for a box that has no pixels. */
import { useEffect, useState } from 'react';
import type { Engine, Region, Tensor } from '../../../../engine/engine.ts';

interface Read {
  readonly tensor: Tensor;
  readonly key: string;
  readonly values: Float32Array;
}

export function useRegion(engine: Engine, tensor: Tensor | null, region: Region): Float32Array | null {
  const [read, setRead] = useState<Read | null>(null);
  const { channel, channels, y, x, height, width } = region;
  const key = [channel, channels, y, x, height, width].join(' ');
  useEffect(() => {
    if (!tensor || height < 1 || width < 1) return;
    let isCurrent = true;
    engine.read(tensor, { channel, channels, y, x, height, width }).then(
      (values) => isCurrent && setRead({ tensor, key, values }),
      // The maps were replaced while the values were on their way; the next effect reads the new ones.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, tensor, key, channel, channels, y, x, height, width]);
  return read && read.key === key ? read.values : null;
}
