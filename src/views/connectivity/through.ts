/** All paths through one channel of a chain, whichever column it stands in: back to the inputs, and on to the outputs. */
import { type Band, connectionsInto, type Line, pathsTo, placesOf } from './layout.ts';
import { countOf, type Runs, readBy } from './reach.ts';
import type { Stage } from './stages.ts';

/** A channel of the diagram: column `level` (0: the inputs), counted from 0. */
export interface DiagramChannel {
  readonly level: number;
  readonly channel: number;
}

export interface PathsThrough {
  /** For every column the channels on a path. */
  readonly levels: readonly Runs[];
  readonly connections: readonly (Line | Band)[];
  /** Inputs that reach the channel, and outputs that it reaches. */
  readonly reads: number;
  readonly reaches: number;
}

/** The same connections seen from the other end: outputs are inputs. */
export function turnedStage(stage: Stage): Stage {
  const { inputs: outputs, outputs: inputs } = stage;
  if (stage.kind === 'blocks') {
    const blocks = stage.blocks.map((block) => ({ inputs: block.outputs, outputs: block.inputs }));
    return { kind: 'blocks', inputs, outputs, blocks };
  }
  const sources = stage.sources.map((_, input) => stage.sources.indexOf(input));
  return { kind: 'permutation', inputs, outputs, sources };
}

/** `channels` are those of the chain's input. */
export function pathsThrough(
  stages: readonly Stage[],
  channels: number,
  { level, channel }: DiagramChannel,
): PathsThrough {
  const places = placesOf(stages);
  const back = pathsTo(stages.slice(0, level), channels, channel);
  const behind = back.levels.slice(0, level).flatMap((_, i) => connectionsInto(places[i]!, back.levels[i + 1]!));
  const ahead: (Line | Band)[] = [];
  const levels = [...back.levels];
  let runs: Runs = [{ lo: channel, hi: channel }];
  for (const { stage, x0, x1 } of places.slice(level)) {
    const turned = turnedStage(stage);
    ahead.push(...connectionsInto({ stage: turned, x0: x1, x1: x0 }, runs));
    runs = readBy(turned, runs);
    levels.push(runs);
  }
  return { levels, connections: [...behind, ...ahead], reads: back.seen, reaches: countOf(runs) };
}
