import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RandomNetwork, randomNetworks } from '../../../tests/support/randomNetworks.ts';
import { runReference } from '../referenceRun.ts';
import { holds } from './positions.ts';
import { type NodeField, type Unit, unitField } from './unitField.ts';

/** One picture for each of its pixels, in which that pixel (of all channels) is changed, and behind them one in which none is. */
const networks = randomNetworks((height, width) => height * width + 1);

function perturbedPictures({ shapes, isMonotone }: RandomNetwork): Float32Array {
  const [images, channels, height, width] = shapes.input!;
  const plane = height * width;
  return Float32Array.from({ length: images * channels * plane }, (_, at) => {
    const place = at % (channels * plane);
    const isChanged = Math.floor(at / (channels * plane)) === place % plane;
    return (isMonotone ? 0 : Math.sin(7.77 * (place + 1))) + (isChanged ? 1 + place / 97 : 0);
  });
}

/** Which pixels of the picture change the unit, for any unit of the last node, by running the network once with all pictures. */
function dependencies(network: RandomNetwork): (unit: Unit) => readonly boolean[] {
  const { graph, shapes, parameters } = network;
  const id = graph.nodes.at(-1)!.id;
  const tensor = { shape: shapes.input!, values: perturbedPictures(network) };
  const { values } = runReference(graph, { input: tensor }, parameters)[id]!.output;
  const [images, channels, height, width] = shapes[id]!;
  const output = (image: number, channel: number, { y, x }: Unit) =>
    values[((image * channels + channel) * height + y) * width + x];
  return (unit) => {
    const looked = Array.from({ length: channels }, (_, c) => c).filter((c) => (unit.channel ?? c) === c);
    return Array.from({ length: images - 1 }, (_, image) =>
      looked.some((channel) => output(image, channel, unit) !== output(images - 1, channel, unit)),
    );
  };
}

/** Up to a dozen units of the last node, corners among them; every third of one channel alone. */
function someUnits({ graph, shapes }: RandomNetwork): readonly Unit[] {
  const [, channels, height, width] = shapes[graph.nodes.at(-1)!.id]!;
  const last = height * width - 1;
  const places = new Set(Array.from({ length: 12 }, (_, i) => Math.round((i * last) / 11)));
  return [...places].map((place, i) => {
    const unit = { y: Math.floor(place / width), x: place % width };
    return i % 3 === 1 ? { ...unit, channel: (i * 7) % channels } : unit;
  });
}

function readMask(field: NodeField | undefined, height: number, width: number): readonly boolean[] {
  return Array.from({ length: height * width }, (_, at) =>
    (field?.read ?? []).some(({ rows, columns }) => holds(rows, Math.floor(at / width)) && holds(columns, at % width)),
  );
}

describe('what a unit reads', () => {
  it('is what changes it, pixel by pixel, in 500 random networks with branches', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(networks, (network) => {
        const { graph, shapes } = network;
        const [, , height, width] = shapes.input!;
        const changing = dependencies(network);
        for (const unit of someUnits(network)) {
          const field = unitField(graph, shapes, graph.nodes.at(-1)!.id, unit).nodes.input;
          const mask = readMask(field, height, width);
          expect(mask).toEqual(changing(unit));
          expect(field?.pixels ?? 0).toBe(mask.filter((isRead) => isRead).length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
