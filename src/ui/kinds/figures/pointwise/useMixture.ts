/** The terms of the pinned unit, read from the layer's contributions: what the maps hold, not a second computation. */
import { useEffect, useMemo, useState } from 'react';
import type { Engine } from '../../../../engine/engine.ts';
import { channelsReadBy } from '../../../../graph/explore.ts';
import type { Conv2d } from '../../../../operators/conv2d/attributes.ts';
import type { ParameterValues } from '../../../../operators/operator.ts';
import type { Unit } from '../../../../store/pointer.ts';
import type { Partials } from '../../../explore/maps/opened/partials.ts';
import { type Mixture, mixtureOf } from './mixture.ts';

/** How many terms are written out. */
const written = 4;

export function useMixture(
  engine: Engine,
  partials: Partials | null,
  conv: Conv2d,
  values: ParameterValues | undefined,
  { channel, y, x }: Unit,
): Mixture | null {
  const [read, setRead] = useState<{ readonly of: Partials; readonly products: Float32Array } | null>(null);
  useEffect(() => {
    if (!partials) return;
    const [, channels, height, width] = partials.tensor.shape;
    if (y >= height || x >= width) return;
    let isCurrent = true;
    engine.read(partials.tensor, { channel: 0, channels, y, x, height: 1, width: 1 }).then(
      (products) => {
        if (isCurrent) setRead({ of: partials, products });
      },
      // Newer contributions have taken their place: they are read next.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, partials, y, x]);
  return useMemo(() => {
    if (!read || read.of !== partials || !values) return null;
    const { first, count } = channelsReadBy(conv, channel);
    const terms = Array.from({ length: count }, (_, i) => ({
      channel: first + i,
      weight: values.weight[channel * count + i] ?? 0,
      product: read.products[first + i] ?? 0,
      strength: Math.sqrt(read.of.statistics[first + i]?.energy ?? 0),
    }));
    return mixtureOf(terms, values.bias?.[channel] ?? 0, written);
  }, [read, partials, values, conv, channel]);
}
