/** The ways of computing one convolution that are worth a measurement: what a tuner tries, and what a person may compare. */
import type { DeviceTraits } from '../programs/program.ts';
import { deepWindowFits, tapFits, windowFits } from '../programs/tiles.ts';
import { blockFits } from '../programs/wideTiles.ts';
import type { Conv2d } from './attributes.ts';
import { isInFours } from './bundles.ts';
import {
  type ConvChoice,
  chooseConv2d,
  chooseDirect,
  type DirectChoice,
  invocationsOf,
  isWinograd,
  labelOf,
  type OutputExtent,
  rowSteps,
  splitsOf,
  winogradChoice,
} from './choice.ts';
import { besideDense, gemmFits } from './deepCandidates.ts';

/** A software adapter takes seconds for them, and its tuner never runs by itself. */
const mostCandidates = { software: 8, gpu: 10 } as const;

/** Different choices, the default first. */
export function candidatesOf(conv: Conv2d, output: OutputExtent, traits: DeviceTraits): readonly ConvChoice[] {
  const free = withoutPixels(traits);
  const byLabel = new Map<string, ConvChoice>();
  const direct = chooseDirect(conv, output, free);
  for (const choice of [
    chooseConv2d(conv, output, traits),
    direct,
    ...winograds(conv, output, free),
    ...splits(conv, output, direct, traits),
    ...besideDense(conv, output, direct, traits),
    ...besideRolling(conv, direct),
    ...otherTiles(conv, direct, free),
    ...otherAlgorithms(conv, output, free),
  ]) {
    if (!byLabel.has(labelOf(choice))) byLabel.set(labelOf(choice), choice);
  }
  return [...byLabel.values()].slice(0, traits.canBroadcast ? mostCandidates.software : mostCandidates.gpu);
}

function withoutPixels({ pixels: _, ...traits }: DeviceTraits): DeviceTraits {
  return traits;
}

/** From so many channels on the transforms are the lesser part. */
const leastWinograd = 8;

/** F(4,3) among them: it loses digits where values near each other differ much, and may win only where a check of the output allows it. */
function winograds(conv: Conv2d, output: OutputExtent, traits: DeviceTraits): readonly ConvChoice[] {
  if (!isWinograd(conv) || Math.min(conv.inChannels, conv.outChannels) < leastWinograd) return [];
  return [winogradChoice(conv, output, 2, traits), winogradChoice(conv, output, 4, traits)];
}

/** The most parts that a device has room for, and half as many or the next that are possible. */
function splits(conv: Conv2d, output: OutputExtent, direct: DirectChoice, traits: DeviceTraits): readonly ConvChoice[] {
  const { algorithm, pixels, filters } = direct;
  if (algorithm !== 'dense') return [];
  const invocations = invocationsOf(conv, output, direct);
  const fitting = splitsOf(conv).filter((parts) => parts * invocations <= traits.busyInvocations);
  const [most] = fitting;
  if (most === undefined) return [];
  const fewer = fitting.find((parts) => parts <= most / 2);
  return [most, ...(fewer === undefined ? [] : [fewer])].map((parts) => ({
    algorithm: 'split',
    parts,
    pixels,
    filters,
  }));
}

/** Other shapes of its strips, then windows of rows. None where `direct` is another algorithm. */
function besideRolling(conv: Conv2d, direct: DirectChoice): readonly DirectChoice[] {
  const { algorithm, pixels, filters, columns = 1 } = direct;
  if (algorithm !== 'rolling' && algorithm !== 'rolling lanes') return [];
  const windows = windowFits(conv.kernelSize[0], rowSteps(conv).S, filters).slice(0, 2);
  return [
    algorithm === 'rolling lanes'
      ? { ...direct, algorithm: 'rolling', columns: 1 }
      : { ...direct, columns: columns === 1 ? 2 : 1 },
    { ...direct, pixels: Math.ceil(pixels / 2) },
    ...windows.map((P): DirectChoice => ({ algorithm: 'depthwise', pixels: P, filters })),
  ];
}

/** The algorithm with other numbers of pixels, then with half and with twice the filters. */
function otherTiles(conv: Conv2d, choice: DirectChoice, traits: DeviceTraits): readonly DirectChoice[] {
  const { algorithm, pixels, filters, columns = 1 } = choice;
  const nearest = (candidates: readonly number[], to: number) =>
    [...candidates].sort((a, b) => Math.abs(Math.log2(a / to)) - Math.abs(Math.log2(b / to)));
  const withFilters = (C: number) => nearest(pixelsOf(conv, algorithm, C, traits), (pixels * filters) / C);
  const ofColumns = (Q: number) =>
    nearest(pixelsOf(conv, algorithm, filters, traits, Q), (pixels * columns) / Q).map((P) => ({
      ...choice,
      pixels: P,
      columns: Q,
    }));
  const tiles = columns === 1 ? ofColumns(1) : [...ofColumns(1).slice(0, 1), ...ofColumns(columns)];
  if (algorithm === 'depthwise') return tiles;
  const others = [16, 8, 4].filter((C) => C !== filters && C < 2 * (conv.outChannels / conv.groups));
  return [
    ...tiles,
    ...others.flatMap((C) =>
      withFilters(C)
        .slice(0, 1)
        .map((P) => ({ algorithm, pixels: P, filters: C })),
    ),
  ];
}

/** Pixels per invocation that the algorithm has texts for. */
function pixelsOf(
  conv: Conv2d,
  algorithm: DirectChoice['algorithm'],
  filters: number,
  traits: DeviceTraits,
  columns = 1,
): readonly number[] {
  switch (algorithm) {
    case 'window':
    case 'depthwise':
      return windowFits(conv.kernelSize[0], rowSteps(conv).S, filters, columns);
    case 'rolling':
    case 'rolling lanes':
      return [];
    case 'taps':
      return tapFits;
    case 'dense':
    case 'dense f16':
      return blockFits(filters, traits);
    case 'gemm':
      return gemmFits(filters);
    case 'deepWindow':
      return deepWindowFits(conv.kernelSize[0], rowSteps(conv).S, filters, columns);
    default:
      algorithm satisfies never;
      return [];
  }
}

/** `window` and `dense` stand in for each other, and both for `deepWindow`, where four channels come together. */
function otherAlgorithms(conv: Conv2d, output: OutputExtent, traits: DeviceTraits): readonly DirectChoice[] {
  const { algorithm, filters } = chooseDirect(conv, output, traits);
  if (!isInFours(conv) || conv.inChannels / conv.groups !== 4) return [];
  const others = (['dense', 'window'] as const).filter((other) => other !== algorithm);
  return others.flatMap((other) =>
    pixelsOf(conv, other, filters, traits)
      .slice(0, 2)
      .map((pixels) => ({ algorithm: other, pixels, filters })),
  );
}
