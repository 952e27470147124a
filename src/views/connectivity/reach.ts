/**
 * What an output channel can see of a chain of layers: the stages' connections followed backwards. Two grouped convolutions in a row leave
 * every output within its group; a shuffle between them opens all groups (Zhang et al., ShuffleNet, 2018, figure 1).
 */
import type { Interval } from '../../math/intervals.ts';
import { sizeOf } from '../../math/intervals.ts';
import type { Stage } from './stages.ts';

/** Ascending intervals with gaps between them. */
export type Runs = readonly Interval[];

/** The union, joined where they touch: 0..2 and 3..5 are 0..5. */
function united(intervals: readonly Interval[]): Runs {
  const runs: Interval[] = [];
  for (const { lo, hi } of intervals.toSorted((a, b) => a.lo - b.lo)) {
    const last = runs.at(-1);
    if (last && lo <= last.hi + 1) runs[runs.length - 1] = { lo: last.lo, hi: Math.max(last.hi, hi) };
    else runs.push({ lo, hi });
  }
  return runs;
}

function channelsOf(runs: Runs): readonly number[] {
  return runs.flatMap(({ lo, hi }) => Array.from({ length: hi - lo + 1 }, (_, i) => lo + i));
}

function meets(a: Interval, b: Interval): boolean {
  return a.lo <= b.hi && b.lo <= a.hi;
}

/** The input channels of one stage that the channels `outputs` read. */
export function readBy(stage: Stage, outputs: Runs): Runs {
  if (stage.kind === 'permutation') {
    const sources = channelsOf(outputs).map((o) => stage.sources[o]!);
    return united(sources.map((at) => ({ lo: at, hi: at })));
  }
  const read = stage.blocks.filter((block) => outputs.some((run) => meets(run, block.outputs)));
  return united(read.map(({ inputs }) => inputs));
}

/**
 * The channels that output channel `output` goes back to, before every stage and behind the last: stages.length + 1 entries, the first
 * are channels of the input, the last is the output itself.
 */
export function seenBy(stages: readonly Stage[], output: number): readonly Runs[] {
  let runs: Runs = [{ lo: output, hi: output }];
  const levels = [runs];
  for (const stage of stages.toReversed()) {
    runs = readBy(stage, runs);
    levels.unshift(runs);
  }
  return levels;
}

/** How many channels the runs hold. */
export function countOf(runs: Runs): number {
  return runs.reduce((sum, run) => sum + sizeOf(run), 0);
}

/** Neighbouring output channels that see the same input channels. */
export interface Reach {
  readonly outputs: Interval;
  readonly inputs: Runs;
}

/** End to end: which input channels each output channel sees, outputs that see the same taken together; ascending, all outputs covered. */
export function reachOf(stages: readonly Stage[], channels: number): readonly Reach[] {
  const outputs = stages.at(-1)?.outputs ?? channels;
  const reaches: Reach[] = [];
  for (let output = 0; output < outputs; output++) {
    const inputs = seenBy(stages, output)[0]!;
    const last = reaches.at(-1);
    if (last && isSame(last.inputs, inputs))
      reaches[reaches.length - 1] = { outputs: { lo: last.outputs.lo, hi: output }, inputs };
    else reaches.push({ outputs: { lo: output, hi: output }, inputs });
  }
  return reaches;
}

function isSame(a: Runs, b: Runs): boolean {
  return a.length === b.length && a.every(({ lo, hi }, i) => lo === b[i]!.lo && hi === b[i]!.hi);
}
