/**
 * One box of a convolution's maps: by several programs over whole arrays where its choice says so, else by one program, band by band of
 * the input, part by part of the weights and of the maps. The activation behind it and a sum beside it are the program's epilogue.
 */
import type { NodeId } from '../../../graph/graph.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import {
  type ConvChoice,
  chooseDirect,
  type DirectChoice,
  isStaged,
  type OutputExtent,
} from '../../../operators/conv2d/choice.ts';
import { blocksOfChannels, type Conv2dPlan } from '../../../operators/conv2d/plan.ts';
import { recordLanesOf } from '../../../operators/conv2d/recordLanes.ts';
import type { Range } from '../../../operators/programs/cuts.ts';
import { type ArrayShape, bytesOf, storedChannels } from '../../../operators/programs/layout.ts';
import type { Program } from '../../../operators/programs/program.ts';
import { type Packing, packingOf } from '../../../operators/programs/weights.ts';
import type { PacedDispatches } from '../device/pacedDispatches.ts';
import type { LayerValues } from '../device/packedWeights.ts';
import type { Compiled } from '../device/pipelines.ts';
import type { Binding } from '../device/recorder.ts';
import type { Evaluated, PassHost, Recipe, Wanted } from '../evaluation.ts';
import { bindingOf, type MapArray, type MapPart } from '../maps/arrays.ts';
import { type Box, contains, wholeBox } from '../maps/boxes.ts';
import { choiceOf, directPlan, stagedPlan } from '../plan/convolutionPlans.ts';
import { epilogueOfFusion, type Fusion } from '../plan/fusion.ts';
import { piecesBytes, recordStored } from '../statistics/statistics.ts';
import { bandsOf, type ConvolutionInput, inputOf, type Reader } from './convolutionInput.ts';

/** What a convolution needs of the evaluation that it is a part of. */
export interface ConvolutionHost extends Reader {
  readonly recipe: Recipe;
  readonly dispatches: PacedDispatches;
  /** Throws NotCompiled. */
  compiled(program: Program): Compiled;
  values(fusion: Fusion): LayerValues;
  /** The whole maps of a node as `array`; the caller releases them. */
  repacked(id: NodeId, array: ArrayShape): MapArray;
  passHost(fusion: Fusion): PassHost;
  ran(label: string): void;
}

/** How the box is computed by one program. */
interface Direct {
  readonly plan: Conv2dPlan;
  readonly compiled: Compiled;
  readonly packing: Packing;
  readonly weightParts: readonly Range[];
  /** The stores leave the statistics. */
  readonly isRecorded: boolean;
}

export function convolve(host: ConvolutionHost, fusion: Fusion, conv: Conv2d, box: Box, wanted: Wanted): Evaluated {
  const { device, recipe } = host;
  const { head, activation } = fusion;
  const { places = [] } = wanted;
  const source = head.inputs[0]!;
  // An activation that does nothing has no maps of its own before it.
  const isDual = wanted.isDual === true && activation !== 'none';
  const [images] = host.shapeOf(source);
  const extent = { images, height: box.height, width: box.width };
  const choice = choiceOf(device, conv, extent, recipe.precision);
  // Several programs transform their weights, which is done on the host or as they are drawn.
  const staged = 'held' in host.values(fusion) ? null : byStages(host, fusion, conv, choice, box, isDual);
  if (staged) return device.staged!.runPasses(host.passHost(fusion), fusion, staged, { isDual, places });

  // Blocks of four channels are the unit of storage.
  const channel = Math.floor(box.channel / 4) * 4;
  const channels = Math.min(conv.outChannels, Math.ceil((box.channel + box.channels) / 4) * 4) - channel;
  const shape: ArrayShape = { layout: 'blocked', images, channels, height: box.height, width: box.width };
  const oneProgram = isStaged(choice) ? chooseDirect(conv, extent, device.traits) : choice;
  const direct = directly(host, fusion, conv, oneProgram, {
    extent,
    shape,
    isDual,
    areWanted: wanted.records !== undefined,
  });

  const origin = { channel, y: box.y, x: box.x };
  const maps = host.allocate(shape, origin, places[0]);
  let linear: MapArray | null = null;
  let residual: MapArray | null = null;
  try {
    if (isDual) linear = host.allocate(shape, origin, places[1]);
    // Whole maps of the same shape and layout have the same parts.
    if (fusion.residual !== null)
      residual = host.lying(fusion.residual, 'blocked')?.retain() ?? host.repacked(fusion.residual, shape);
    const reading = { conv, plan: direct.plan, source };
    const target = { maps, others: [linear, residual].filter((array) => array !== null), records: wanted.records };
    for (const rows of bandsOf(host, reading, box)) {
      const input = inputOf(host, reading, { ...box, y: box.y + rows[0], height: rows[1] - rows[0] });
      try {
        // Not before the input is there: computing it may have needed the room.
        convolveBand(host, direct, input, host.values(fusion), target, rows);
      } finally {
        input.maps.release();
        device.weights.recorded();
      }
    }
  } catch (error) {
    maps.release();
    linear?.release();
    throw error;
  } finally {
    residual?.release();
  }
  host.ran(direct.plan.program.label);
  return { maps, linear, isRecorded: direct.isRecorded };
}

/** The passes of a choice of several programs, where the box is everything and there is room for what they keep in between; else null. */
function byStages(host: ConvolutionHost, fusion: Fusion, conv: Conv2d, choice: ConvChoice, box: Box, isDual: boolean) {
  if (!isStaged(choice)) return null;
  const isWhole =
    box.channel === 0 && box.channels >= conv.outChannels && contains(box, wholeBox(host.shapeOf(fusion.head.id)));
  if (!isWhole) return null;
  const plan = stagedPlan(host.device, fusion, conv, choice, host.recipe.shapes, isDual);
  const bytes = plan?.scratch.reduce((total, array) => total + bytesOf(array), plan.weightBytes) ?? 0;
  return bytes <= host.device.pool.room / 2 ? plan : null;
}

interface Store {
  readonly extent: OutputExtent;
  readonly shape: ArrayShape;
  readonly isDual: boolean;
  /** Statistics of what is stored. */
  readonly areWanted: boolean;
}

function directly(
  host: ConvolutionHost,
  fusion: Fusion,
  conv: Conv2d,
  choice: DirectChoice,
  { extent, shape, isDual, areWanted }: Store,
): Direct {
  const { traits, weights } = host.device;
  const lanes = areWanted ? recordLanesOf(conv, extent, choice, traits) : 0;
  const planWith = (recordLanes: number) =>
    directPlan(conv, extent, { ...epilogueOfFusion(fusion), recordLanes }, isDual, traits, choice);
  const recording = planWith(lanes);
  const packing = packingOf(recording.order, recording.weightsIn);
  const weightParts = weights.partsOf(packing);
  // Weights in parts give the channels of each map's part piece by piece: a pass gathers their statistics, and where records take much room.
  const isRecorded = lanes > 0 && weightParts.length === 1 && hasRoomForRecords(host, recording, shape);
  const plan = lanes === 0 || isRecorded ? recording : planWith(0);
  return { plan, compiled: host.compiled(plan.program), packing, weightParts, isRecorded };
}

/** Whether the records of all pieces of the maps fit a binding and an eighth of the budget: on wide subgroups they are a hundredth of the maps. */
function hasRoomForRecords({ device, dispatches }: ConvolutionHost, plan: Conv2dPlan, shape: ArrayShape): boolean {
  const chunks = dispatches.recordsOf(plan, [0, shape.height], plan.blocks, shape);
  return (
    piecesBytes(chunks, storedChannels(shape)) <= Math.min(device.traits.maxStorageBinding, device.pool.budget / 8)
  );
}

/** Where a band is stored. */
interface Target {
  readonly maps: MapArray;
  /** The maps before the epilogue and those that are added, as far as there are any: in the same parts. */
  readonly others: readonly MapArray[];
  readonly records: Wanted['records'];
}

/** The rows of all parts of the maps, each by the parts of the weights that it needs. */
function convolveBand(
  host: ConvolutionHost,
  direct: Direct,
  input: ConvolutionInput,
  values: LayerValues,
  target: Target,
  rows: Range,
): void {
  const { weights } = host.device;
  const { plan, packing, weightParts } = direct;
  const { channel } = target.maps.origin;
  const all = blocksOfChannels(plan, channel, channel + target.maps.shape.channels);
  for (const bound of weightParts) {
    if (bound[1] <= all[0] || all[1] <= bound[0]) continue;
    const packed = weights.packed(values, packing, bound);
    target.maps.parts.forEach((part, i) => {
      const others = target.others.map((array) => bindingOf(array.parts[i]!));
      const bindings = [bindingOf(input.maps.parts[0]!), packed, bindingOf(part), ...others];
      convolvePart(host, direct, { input, bindings, part, bound, rows }, target);
    });
    weights.recorded();
  }
}

interface Piece {
  readonly input: ConvolutionInput;
  readonly bindings: readonly Binding[];
  readonly part: MapPart;
  /** Blocks of filters whose weights are bound. */
  readonly bound: Range;
  readonly rows: Range;
}

function convolvePart(
  { device, dispatches }: ConvolutionHost,
  { plan, compiled, isRecorded }: Direct,
  { input, bindings, part, bound, rows }: Piece,
  { maps, records }: Target,
): void {
  const { shape } = part;
  const { channel, y, x } = maps.origin;
  const first = channel + part.channel;
  const blocks = blocksOfChannels(plan, first, first + shape.channels);
  const both = [Math.max(blocks[0], bound[0]), Math.min(blocks[1], bound[1])] as const;
  const store = (...partials: readonly Binding[]) =>
    dispatches.convolve(plan, compiled, rows, both, {
      input,
      output: { array: shape, channel: first, y, x },
      bindings: [...bindings, ...partials],
      firstBound: bound[0],
    });
  if (!records || !isRecorded) {
    store();
    return;
  }
  const pieces = {
    chunks: dispatches.recordsOf(plan, rows, blocks[1] - blocks[0], shape),
    maps: storedChannels(shape),
    first,
    channels: shape.channels,
    accumulate: records.accumulate || rows[0] > 0,
  };
  recordStored(device, records.buffer, pieces, store);
}
