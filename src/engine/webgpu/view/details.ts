/**
 * The pieces of maps that are not kept under a magnified view: computed for the canvas rows that show them, each small enough for
 * one binding.
 */
import { bytesOf } from '../../../operators/programs/layout.ts';
import type { Tile } from '../../engine.ts';
import type { Device } from '../evaluation.ts';
import type { Box } from '../maps/boxes.ts';
import type { DeviceTensor } from '../run/tensors.ts';
import { samplesOf } from './tileEncoding.ts';

export interface DetailPiece {
  /** The block of four channels, rows and columns that the canvas rows show. */
  readonly box: Box;
  /** Of the tile's canvas rows: first and one past the last. */
  readonly rows: readonly [from: number, to: number];
}

/** The pieces from top to bottom; null when all of them together are too much beside the rest, and the reduced copy must do. */
export function detailPieces(
  device: Device,
  tile: Tile,
  tensor: DeviceTensor,
  canvasWidth: number,
  canvasHeight: number,
): readonly DetailPiece[] | null {
  const { target, source } = tile;
  const [, channels, height, width] = tensor.shape;
  const across = samplesOf(
    { from: target.x, length: target.width },
    { from: source.x, length: source.width },
    canvasWidth,
  );
  const down = samplesOf(
    { from: target.y, length: target.height },
    { from: source.y, length: source.height },
    canvasHeight,
  );
  const x = Math.max(0, across.first[0] ?? 0);
  const right = Math.min(width, across.last.at(-1) ?? 0);
  if (right <= x) return [];

  const { pool, traits } = device;
  const channel = Math.floor(tile.channel / 4) * 4;
  const shape = { layout: 'blocked', images: tensor.shape[0], channels: 4, width: right - x } as const;
  const mostRows = Math.floor(Math.min(traits.maxStorageBinding, pool.budget / 8) / bytesOf({ ...shape, height: 1 }));
  const pieces: DetailPiece[] = [];
  let total = 0;
  for (let from = 0; from < down.first.length; ) {
    const y = Math.max(0, down.first[from]!);
    let to = from + 1;
    while (to < down.first.length && Math.min(height, down.last[to]!) - y <= mostRows) to++;
    const bottom = Math.min(height, down.last[to - 1]!);
    if (bottom > y) {
      const box = { channel, channels: Math.min(4, channels - channel), y, x, height: bottom - y, width: right - x };
      pieces.push({ box, rows: [from, to] });
      total += bytesOf({ ...shape, height: box.height });
    }
    from = to;
  }
  return total <= pool.budget / 4 ? pieces : null;
}
