/** Where each channel of a layer is largest: in every picture, the largest response and its place. */
import type { Engine } from '../../engine/engine.ts';
import type { NodeId } from '../../graph/graph.ts';
import type { Picture } from '../results.ts';
import { mapsOn } from './mapsOn.ts';
import type { ChannelsSubject } from './subject.ts';

export interface Excitement {
  readonly picture: number;
  readonly value: number;
  /** On the channel's map. */
  readonly y: number;
  readonly x: number;
}

/** Of each channel, the pictures in descending order of its largest response. */
export type Excitements = readonly (readonly Excitement[])[];

/** Pictures that are looked through: more say little and take long. */
const mostPictures = 64;

/** Rejects with EngineError, or the signal's reason between two pictures. */
export async function excitementsOf(
  engine: Engine,
  subject: ChannelsSubject,
  pictures: readonly Picture[],
  node: NodeId,
  signal: AbortSignal,
): Promise<Excitements> {
  const channels: Excitement[][] = [];
  for (const [picture, each] of pictures.slice(0, mostPictures).entries()) {
    signal.throwIfAborted();
    const { values, height, width } = await responsesOn(engine, subject, each, node);
    const plane = height * width;
    for (let c = 0; c < values.length / plane; c++) {
      let at = c * plane;
      for (let i = at + 1; i < (c + 1) * plane; i++) if (values[i]! > values[at]!) at = i;
      const place = at - c * plane;
      const found = { picture, value: values[at]!, y: Math.floor(place / width), x: place % width };
      channels[c] = [...(channels[c] ?? []), found];
    }
  }
  return channels.map((found) => found.toSorted((a, b) => b.value - a.value));
}

async function responsesOn(engine: Engine, subject: ChannelsSubject, picture: Picture, node: NodeId) {
  const maps = (await mapsOn(engine, subject, picture, [node]))[node]!;
  try {
    const [, channels, height, width] = maps.shape;
    return { values: await engine.read(maps, { channel: 0, channels, y: 0, x: 0, height, width }), height, width };
  } finally {
    maps.free();
  }
}
