/** The pinned unit of the maps that a figure shows, and how another map is pinned at its place. */
import { useCallback } from 'react';
import type { Output } from '../../../live/results.ts';
import { pinUnit, type Unit } from '../../../store/pointer.ts';
import { usePointer, useSession } from '../../session.tsx';

/** The unit in the middle until one is pinned; always inside the maps. */
export function pinnedIn(pin: Unit | null, { shape }: Pick<Output, 'shape'>): Unit {
  const [, channels, height, width] = shape;
  const { channel, y, x } = pin ?? { channel: 0, y: Math.floor(height / 2), x: Math.floor(width / 2) };
  return { channel: Math.min(channel, channels - 1), y: Math.min(y, height - 1), x: Math.min(x, width - 1) };
}

export function usePinChannel(output: Output): { readonly unit: Unit; readonly pinChannel: (channel: number) => void } {
  const { pointer } = useSession();
  const pin = usePointer((state) => state.pin);
  const pinChannel = useCallback(
    (channel: number) => pinUnit(pointer, { ...pinnedIn(pointer.getState().pin, output), channel }),
    [pointer, output],
  );
  return { unit: pinnedIn(pin, output), pinChannel };
}
