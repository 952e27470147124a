/**
 * Where a connectivity diagram is drawn, in units of its frame: x 0..1 from the first layer's inputs to the last one's outputs, y 0..1
 * downwards, each column of channels as high as the frame. Few connections are lines; where there are many, a block of them is one band
 * (a bundle), and many thin bands side by side are one band of several, so that 64 x 64 channels stay as readable as 8 x 8.
 */
import type { Interval } from '../../math/intervals.ts';
import { countOf, type Runs, seenBy } from './reach.ts';
import type { Block, Stage } from './stages.ts';

/** A column of channels. */
export interface Level {
  readonly x: number;
  readonly channels: number;
}

/** One connection, from (x0, y0) on the side of the inputs to (x1, y1). */
export interface Line {
  readonly kind: 'line';
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** All connections of a block: the quadrilateral from `from` (y of its inputs at x0) to `to` (y of its outputs at x1). */
export interface Band {
  readonly kind: 'band';
  readonly x0: number;
  readonly from: Interval;
  readonly x1: number;
  readonly to: Interval;
  /** How many blocks lie in it side by side, each input range feeding its own outputs alone. */
  readonly bundled: number;
}

export interface Layout {
  /** stages.length + 1 of them. */
  readonly levels: readonly Level[];
  readonly connections: readonly (Line | Band)[];
}

/** Connections of a stage up to which each is a line of its own, and bands of a stage up to which each is drawn. */
const mostLines = 96;
const mostBands = 64;

/** The middle of channel `channel` of a column of `channels`. */
export function channelY(channel: number, channels: number): number {
  return (channel + 0.5) / channels;
}

/** The channel at height `y` (0..1) of a column; the nearest one beyond its ends. */
export function channelAt(y: number, channels: number): number {
  return Math.min(channels - 1, Math.max(0, Math.floor(y * channels)));
}

function span({ lo, hi }: Interval, channels: number): Interval {
  return { lo: lo / channels, hi: (hi + 1) / channels };
}

function range({ lo, hi }: Interval): readonly number[] {
  return Array.from({ length: hi - lo + 1 }, (_, i) => lo + i);
}

/** One stage between two columns. */
export interface Place {
  readonly stage: Stage;
  readonly x0: number;
  readonly x1: number;
}

function lineOf({ stage, x0, x1 }: Place, input: number, output: number): Line {
  return { kind: 'line', x0, y0: channelY(input, stage.inputs), x1, y1: channelY(output, stage.outputs) };
}

function linesOf(place: Place, { inputs, outputs }: Block): readonly Line[] {
  return range(outputs).flatMap((output) => range(inputs).map((input) => lineOf(place, input, output)));
}

function bandOf({ stage, x0, x1 }: Place, { inputs, outputs }: Block, bundled = 1): Band {
  return { kind: 'band', x0, from: span(inputs, stage.inputs), x1, to: span(outputs, stage.outputs), bundled };
}

function sizeOfBlock({ inputs, outputs }: Block): number {
  return (inputs.hi - inputs.lo + 1) * (outputs.hi - outputs.lo + 1);
}

/** Neighbours taken together until `mostBands` are left; blocks stand side by side in both columns. */
function bundlesOf(place: Place, blocks: readonly Block[]): readonly Band[] {
  const each = Math.ceil(blocks.length / mostBands);
  const bundles: Band[] = [];
  for (let at = 0; at < blocks.length; at += each) {
    const part = blocks.slice(at, at + each);
    const [first, last] = [part[0]!, part.at(-1)!];
    const whole = {
      inputs: { lo: first.inputs.lo, hi: last.inputs.hi },
      outputs: { lo: first.outputs.lo, hi: last.outputs.hi },
    };
    bundles.push(bandOf(place, whole, part.length));
  }
  return bundles;
}

function connectionsOf(place: Place): readonly (Line | Band)[] {
  const { stage } = place;
  // A permutation has as many lines as channels: their crossings are what is to be seen.
  if (stage.kind === 'permutation') return stage.sources.map((input, output) => lineOf(place, input, output));
  const connections = stage.blocks.reduce((sum, block) => sum + sizeOfBlock(block), 0);
  if (connections <= mostLines) return stage.blocks.flatMap((block) => linesOf(place, block));
  return bundlesOf(place, stage.blocks);
}

/** The stages side by side, all as wide. */
export function placesOf(stages: readonly Stage[]): readonly Place[] {
  return stages.map((stage, i) => ({ stage, x0: i / stages.length, x1: (i + 1) / stages.length }));
}

/** The diagram of the stages of a chain; a chain without stages is one column of `channels`. */
export function layoutOf(stages: readonly Stage[], channels: number): Layout {
  const columns = [channels, ...stages.map(({ outputs }) => outputs)];
  return {
    levels: columns.map((count, i) => ({ x: stages.length === 0 ? 0 : i / stages.length, channels: count })),
    connections: placesOf(stages).flatMap(connectionsOf),
  };
}

/** What one output channel goes back to. */
export interface Paths {
  /** For every column the channels on a path, as `seenBy` has them. */
  readonly levels: readonly Runs[];
  readonly connections: readonly (Line | Band)[];
  /** Input channels seen, of how many. */
  readonly seen: number;
  readonly of: number;
}

/** The paths from the inputs to output channel `output`, for highlighting over the diagram. */
export function pathsTo(stages: readonly Stage[], channels: number, output: number): Paths {
  const levels = seenBy(stages, output);
  const connections = placesOf(stages).flatMap((place, i) => connectionsInto(place, levels[i + 1]!));
  return { levels, connections, seen: countOf(levels[0]!), of: channels };
}

/** The part of a stage's connections that ends in the channels `outputs`. */
export function connectionsInto(place: Place, outputs: Runs): readonly (Line | Band)[] {
  const { stage } = place;
  if (stage.kind === 'permutation')
    return outputs.flatMap((run) => range(run).map((output) => lineOf(place, stage.sources[output]!, output)));
  const parts = outputs.flatMap((run) =>
    stage.blocks
      .map((block) => ({
        inputs: block.inputs,
        outputs: { lo: Math.max(run.lo, block.outputs.lo), hi: Math.min(run.hi, block.outputs.hi) },
      }))
      .filter((block) => block.outputs.lo <= block.outputs.hi),
  );
  const connections = parts.reduce((sum, part) => sum + sizeOfBlock(part), 0);
  if (connections <= mostLines) return parts.flatMap((part) => linesOf(place, part));
  return adjacentParts(parts).flatMap((run) => bundlesOf(place, run));
}

/** Blocks in runs within which each begins where the one before ends, in both columns: what lies between would be on no path. */
function adjacentParts(parts: readonly Block[]): readonly (readonly Block[])[] {
  const runs: Block[][] = [];
  for (const part of parts) {
    const last = runs.at(-1)?.at(-1);
    const isAdjacent = last && part.inputs.lo === last.inputs.hi + 1 && part.outputs.lo === last.outputs.hi + 1;
    if (isAdjacent) runs.at(-1)!.push(part);
    else runs.push([part]);
  }
  return runs;
}
