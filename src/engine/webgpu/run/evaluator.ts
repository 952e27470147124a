/**
 * Computes boxes of a graph's maps. The same code computes whole tensors (the box is everything), bands of tensors that are too
 * large to keep, and the piece under a magnified view: each asks its inputs for the box that it reads.
 *
 * A convolution and the activation behind it are one program. Its input is read where it lies when it can be (right layout, one
 * binding, border of zeros or none); else a `gather` pass cuts, pads and repacks what is needed, band by band.
 */

import type { GraphNode, NodeId } from '../../../graph/graph.ts';
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import { epilogueOf } from '../../../operators/activation/plan.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { chooseDirect, isStaged } from '../../../operators/conv2d/choice.ts';
import { blocksOfChannels, type Conv2dPlan } from '../../../operators/conv2d/plan.ts';
import { recordLanesOf } from '../../../operators/conv2d/recordLanes.ts';
import type { ParameterValues, Shape } from '../../../operators/operator.ts';
import { dispatchElementwise, elementwiseProgram } from '../../../operators/programs/elementwise.ts';
import { dispatchGather, gatherProgram } from '../../../operators/programs/gather.ts';
import { type ArrayShape, bytesOf, type Layout, storedChannels } from '../../../operators/programs/layout.ts';
import { wholeArray } from '../../../operators/programs/passes.ts';
import type { Program } from '../../../operators/programs/program.ts';
import { packingOf } from '../../../operators/programs/weights.ts';
import { EngineError } from '../../engine.ts';
import { PacedDispatches } from '../device/pacedDispatches.ts';
import type { Compiled } from '../device/pipelines.ts';
import type { Binding } from '../device/recorder.ts';
import {
  type Device,
  type Evaluated,
  NotCompiled,
  type PassHost,
  passesLoaded,
  type Recipe,
  type Wanted,
} from '../evaluation.ts';
import { bindingOf, checkBinding, MapArray, type MapPart } from '../maps/arrays.ts';
import { type Box, clipped, contains, inputBox, mappedBox, wholeBox } from '../maps/boxes.ts';
import { choiceOf, directPlan, stagedPlan } from '../plan/convolutionPlans.ts';
import { alone, epilogueOfFusion, type Fusion, lastOf } from '../plan/fusion.ts';
import { piecesBytes, recordStored } from '../statistics/statistics.ts';

export class Evaluator {
  readonly #device: Device;
  readonly recipe: Recipe;
  /** Labels of the programs used, in order. */
  readonly programs: string[] = [];
  readonly #dispatches: PacedDispatches;

  constructor(device: Device, recipe: Recipe) {
    this.#device = device;
    this.recipe = recipe;
    this.#dispatches = new PacedDispatches(device);
  }

  /** Multiply-adds recorded, with wasted lanes. */
  get macs(): number {
    return this.#dispatches.macs;
  }

  node(id: NodeId): GraphNode {
    const node = this.recipe.graph.nodes.find((candidate) => candidate.id === id);
    if (!node) throw new EngineError('internal', `no node '${id}'`);
    return node;
  }

  shape(id: NodeId): Shape {
    const shape = this.recipe.shapes[id];
    if (!shape) throw new EngineError('internal', `no shape of node '${id}'`);
    return shape;
  }

  /** Records the programs that compute `box` of the node's maps. Throws NotCompiled before anything is lost. */
  evaluate(id: NodeId, box: Box, wanted: Wanted = {}): Evaluated {
    const known = this.recipe.known.get(id);
    if (known && !wanted.isDual) return { maps: known.retain(), linear: null };
    const fusion = this.recipe.fusions.get(id);
    // A residual is read at the places where the output is stored: whole maps have the same.
    const isWhole = contains(box, wholeBox(this.shape(id))) && box.channels === this.shape(id)[1];
    return this.#compute(fusion && (isWhole || !fusion.residual) ? fusion : alone(this.node(id)), box, wanted);
  }

  #compute(fusion: Fusion, box: Box, wanted: Wanted): Evaluated {
    const { operator, id } = fusion.head;
    switch (operator.kind) {
      case 'input':
        throw new EngineError('internal', `input '${id}' has no tensor`);
      case 'activation':
        return { maps: this.#activate(this.#source(fusion.head).id, operator.function, box, wanted), linear: null };
      case 'dropout':
        return this.evaluate(this.#source(fusion.head).id, box);
      case 'conv2d':
        return this.#convolve(fusion, operator, box, wanted);
      default:
        return passesLoaded(this.#device).run(this.#passHost(fusion), fusion, this.recipe.shapes, wanted);
    }
  }

  /** The whole maps of a node once more, in another layout. */
  repack(id: NodeId, layout: Layout, places: readonly number[]): MapArray {
    return this.#repacked(id, wholeArray(this.shape(id), layout), places);
  }

  /** What programs over whole arrays need of evaluation. */
  #passHost(fusion: Fusion): PassHost {
    return {
      device: this.#device,
      compiled: (program) => this.#compiled(program),
      wholeIn: (layout, id) => this.#wholeIn(layout, id),
      allocate: (shape, places) => this.#allocateWhole(shape, places),
      values: () => this.#values(fusion),
      parameters: this.recipe.parameters,
      shape: this.shape(lastOf(fusion)),
      makeRoom: (work) => this.#dispatches.makeRoom(work),
      ran: (label) => this.programs.push(label),
    };
  }

  /** The whole maps of a node in one part and the given layout. */
  #wholeIn(layout: Layout, id: NodeId): MapArray {
    const shape = this.shape(id);
    const array = wholeArray(shape, layout);
    checkBinding(this.#device.traits, bytesOf(array));
    return this.#lying(id, layout)?.retain() ?? this.#repacked(id, array, []);
  }

  /** What is kept of a node in the given layout, if anything is. */
  #lying(id: NodeId, layout: Layout): MapArray | null {
    const { known, repacked } = this.recipe;
    return [known.get(id), repacked.get(id)].find((maps) => maps?.shape.layout === layout) ?? null;
  }

  /** The whole maps of a node as `array`: those that evaluation gives, or a copy. */
  #repacked(id: NodeId, array: ArrayShape, places: readonly number[]): MapArray {
    const { maps: from } = this.evaluate(id, wholeBox(this.shape(id)));
    try {
      if (from.shape.layout === array.layout) return from.retain();
      const maps = this.#allocate(array, { channel: 0, y: 0, x: 0 }, places);
      return this.#gather(from, maps, [array.height, array.width], 'zeros');
    } finally {
      from.release();
    }
  }

  /** Fills `to` with what `from` holds, `size` being the whole tensor's rows and columns. */
  #gather(from: MapArray, to: MapArray, size: readonly [number, number], mode: Conv2d['paddingMode']): MapArray {
    const { recorder, traits } = this.#device;
    try {
      const compiled = this.#compiled(gatherProgram);
      for (const source of from.parts) {
        for (const target of to.parts) {
          const [a, b] = [placed(from, source), placed(to, target)];
          if (a.channel + a.array.channels <= b.channel || b.channel + b.array.channels <= a.channel) continue;
          recorder.dispatch(compiled, dispatchGather(a, b, size, mode, traits), [bindingOf(source), bindingOf(target)]);
        }
      }
      this.programs.push(gatherProgram.label);
      return to;
    } catch (error) {
      to.release();
      throw error;
    }
  }

  /** Room for a whole tensor in one part. Throws `too-large` where one binding does not hold it. */
  #allocateWhole(shape: ArrayShape, places: readonly number[] = []): MapArray {
    checkBinding(this.#device.traits, bytesOf(shape));
    return this.#allocate(shape, { channel: 0, y: 0, x: 0 }, places);
  }

  #source(node: GraphNode): GraphNode {
    const [first] = node.inputs;
    if (first === undefined) throw new EngineError('internal', `node '${node.id}' reads nothing`);
    return this.node(first);
  }

  #activate(source: NodeId, name: ActivationName, box: Box, { places = [] }: Wanted): MapArray {
    const { maps } = this.evaluate(source, box);
    if (name === 'none') return maps;
    const epilogue = epilogueOf(name);
    try {
      const compiled = this.#compiled(elementwiseProgram(epilogue.function));
      const result = this.#allocate(maps.shape, maps.origin, places[0]);
      maps.parts.forEach((part, i) => {
        const dispatch = dispatchElementwise(epilogue, part.shape, this.#device.traits);
        this.#device.recorder.dispatch(compiled, dispatch, [bindingOf(part), bindingOf(result.parts[i]!)]);
      });
      this.programs.push(compiled.program.label);
      return result;
    } finally {
      maps.release();
    }
  }

  #convolve(fusion: Fusion, conv: Conv2d, box: Box, wanted: Wanted): Evaluated {
    const { head: node, activation } = fusion;
    const { places = [], records } = wanted;
    // An activation that does nothing has no maps of its own before it.
    const isDual = wanted.isDual === true && activation !== 'none';
    const { traits, weights } = this.#device;
    const source = this.#source(node);
    const [images] = this.shape(source.id);
    const extent = { images, height: box.height, width: box.width };
    let choice = choiceOf(this.#device, conv, extent, this.recipe.precision);
    if (isStaged(choice)) {
      const isWhole =
        box.channel === 0 && box.channels >= conv.outChannels && contains(box, wholeBox(this.shape(node.id)));
      const staged = isWhole ? stagedPlan(this.#device, fusion, conv, choice, this.recipe.shapes, isDual) : null;
      const bytes = staged?.scratch.reduce((total, array) => total + bytesOf(array), staged.weightBytes) ?? 0;
      if (staged && bytes <= this.#device.pool.room / 2)
        return this.#device.staged!.runPasses(this.#passHost(fusion), fusion, staged, { isDual, places });
      choice = chooseDirect(conv, extent, traits);
    }
    // Blocks of four channels are the unit of storage.
    const channel = Math.floor(box.channel / 4) * 4;
    const channels = Math.min(conv.outChannels, Math.ceil((box.channel + box.channels) / 4) * 4) - channel;
    const shape: ArrayShape = { layout: 'blocked', images, channels, height: box.height, width: box.width };

    const recordLanes = records ? recordLanesOf(conv, extent, choice, traits) : 0;
    const planWith = (lanes: number) =>
      directPlan(conv, extent, { ...epilogueOfFusion(fusion), recordLanes: lanes }, isDual, traits, choice);
    let plan = planWith(recordLanes);
    const packing = packingOf(plan.order, plan.weightsIn);
    const weightParts = weights.partsOf(packing);
    // Weights in parts give the channels of each map's part piece by piece: a pass gathers their statistics, and where records take much room.
    const isRecorded = recordLanes > 0 && weightParts.length === 1 && this.#hasRoomForRecords(plan, shape);
    if (recordLanes > 0 && !isRecorded) plan = planWith(0);
    const compiled = this.#compiled(plan.program);

    const origin = { channel, y: box.y, x: box.x };
    const maps = this.#allocate(shape, origin, places[0]);
    let linear: MapArray | null = null;
    let residual: MapArray | null = null;
    try {
      if (isDual) linear = this.#allocate(shape, origin, places[1]);
      // Whole maps of the same shape and layout have the same parts.
      if (fusion.residual !== null)
        residual = this.#lying(fusion.residual, 'blocked')?.retain() ?? this.#repacked(fusion.residual, shape, []);
      for (const [from, to] of this.#bands(conv, plan, source.id, box)) {
        const band = { ...box, y: box.y + from, height: to - from };
        const input = this.#inputOf(conv, plan, source.id, band);
        try {
          // Not before the input is there: computing it may have needed the room.
          const values = this.#values(fusion);
          const wanted = blocksOfChannels(plan, channel, channel + channels);
          for (const [firstBound, end] of weightParts) {
            if (end <= wanted[0] || wanted[1] <= firstBound) continue;
            const packed = weights.packed(values, packing, [firstBound, end]);
            maps.parts.forEach((part, i) => {
              const others = [linear, residual].flatMap((array) => (array ? [bindingOf(array.parts[i]!)] : []));
              const first = channel + part.channel;
              const blocks = blocksOfChannels(plan, first, first + part.shape.channels);
              const bound = [Math.max(blocks[0], firstBound), Math.min(blocks[1], end)] as const;
              const convolve = (...partials: readonly Binding[]) =>
                this.#dispatches.convolve(plan, compiled, [from, to], bound, {
                  input,
                  output: { array: part.shape, channel: first, y: box.y, x: box.x },
                  bindings: [bindingOf(input.maps.parts[0]!), packed, bindingOf(part), ...others, ...partials],
                  firstBound,
                });
              if (!records || !isRecorded) {
                convolve();
                return;
              }
              const pieces = {
                chunks: this.#dispatches.recordsOf(plan, [from, to], blocks[1] - blocks[0], part.shape),
                maps: storedChannels(part.shape),
                first,
                channels: part.shape.channels,
                accumulate: records.accumulate || from > 0,
              };
              recordStored(this.#device, records.buffer, pieces, convolve);
            });
            weights.recorded();
          }
        } finally {
          input.maps.release();
          weights.recorded();
        }
      }
    } catch (error) {
      maps.release();
      linear?.release();
      throw error;
    } finally {
      residual?.release();
    }
    this.programs.push(plan.program.label);
    return { maps, linear, isRecorded };
  }

  /** Whether the records of all pieces of the maps fit a binding and an eighth of the budget: on wide subgroups they are a hundredth of the maps. */
  #hasRoomForRecords(plan: Conv2dPlan, shape: ArrayShape): boolean {
    const { traits, pool } = this.#device;
    const chunks = this.#dispatches.recordsOf(plan, [0, shape.height], plan.blocks, shape);
    return piecesBytes(chunks, storedChannels(shape)) <= Math.min(traits.maxStorageBinding, pool.budget / 8);
  }

  /** Row bands of the box such that the input of each, if it has to be gathered, fits a binding and the budget. */
  *#bands(conv: Conv2d, plan: Conv2dPlan, source: NodeId, box: Box): Generator<readonly [from: number, to: number]> {
    if (this.#isDirect(conv, plan, source, box)) {
      yield [0, box.height];
      return;
    }
    const { traits, pool } = this.#device;
    const limit = Math.min(traits.maxStorageBinding, pool.budget / 8, pool.room / 2);
    const [images, channels, height, width] = this.shape(source);
    const largest = conv.paddingMode === 'zeros' ? { height, width } : { height: Infinity, width: Infinity };
    const bytes = (rows: number): number => {
      const needed = inputBox(conv, { ...box, height: rows });
      const [h, w] = [Math.min(needed.height, largest.height), Math.min(needed.width, largest.width)];
      return bytesOf({ layout: plan.inputLayout, images, channels, height: h, width: w });
    };
    let rows = box.height;
    while (rows > 1 && bytes(rows) > limit) rows = Math.ceil(rows / 2);
    for (let from = 0; from < box.height; from += rows) yield [from, Math.min(box.height, from + rows)];
  }

  /** True when the convolution can read the whole source where it lies. */
  #isDirect(conv: Conv2d, plan: Conv2dPlan, source: NodeId, box: Box): boolean {
    const lying = this.#lying(source, plan.inputLayout);
    if (lying?.parts.length !== 1) return false;
    if (conv.paddingMode === 'zeros') return true;
    const { height, width } = lying.shape;
    return contains({ ...box, y: 0, x: 0, height, width }, inputBox(conv, box));
  }

  #gatheredShape(conv: Conv2d, plan: Conv2dPlan, source: NodeId, box: Box): ArrayShape {
    const [images, channels, height, width] = this.shape(source);
    const needed = inputBox(conv, box);
    const { height: rows, width: columns } = conv.paddingMode === 'zeros' ? clipped(needed, height, width) : needed;
    return { layout: plan.inputLayout, images, channels, height: rows, width: columns };
  }

  /** The input that `band` of the output reads, in one part and the plan's layout. */
  #inputOf(
    conv: Conv2d,
    plan: Conv2dPlan,
    source: NodeId,
    band: Box,
  ): { readonly maps: MapArray; readonly array: ArrayShape; readonly y: number; readonly x: number } {
    const [, , height, width] = this.shape(source);
    if (this.#isDirect(conv, plan, source, band)) {
      const maps = this.#lying(source, plan.inputLayout)!.retain();
      return { maps, array: maps.shape, y: 0, x: 0 };
    }
    const needed = inputBox(conv, band);
    const target = conv.paddingMode === 'zeros' ? clipped(needed, height, width) : needed;
    const { maps: from } = this.evaluate(source, mappedBox(target, height, width, conv.paddingMode));
    try {
      const { x, y } = target;
      const isThere = from.parts.length === 1 && from.shape.layout === plan.inputLayout && from.origin.channel === 0;
      if (isThere && conv.paddingMode === 'zeros') {
        return { maps: from.retain(), array: from.shape, y: from.origin.y, x: from.origin.x };
      }
      const array = this.#gatheredShape(conv, plan, source, band);
      const maps = this.#allocate(array, { channel: 0, y, x });
      if (maps.parts.length !== 1) {
        maps.release();
        const bytes = bytesOf(array);
        const limit = this.#device.traits.maxStorageBinding;
        throw new EngineError('too-large', `one row of output reads ${bytes} bytes, more than a binding holds`, {
          bytes,
          limit,
        });
      }
      return { maps: this.#gather(from, maps, [height, width], conv.paddingMode), array, y, x };
    } finally {
      from.release();
    }
  }

  /** The learned tensors of an operator, with the batch norm that has joined it. */
  #values({ head, norm }: Fusion): ParameterValues {
    const values = this.recipe.parameters[head.id];
    if (!values) throw new EngineError('internal', `no parameters of node '${head.id}'`);
    if (!norm) return values;
    return passesLoaded(this.#device).folded(head.operator, values, norm.operator, this.recipe.parameters[norm.node]!);
  }

  #allocate(shape: ArrayShape, origin: MapArray['origin'], places?: readonly number[]): MapArray {
    const limits = { maxBinding: this.#device.traits.maxStorageBinding };
    return MapArray.allocate(this.#device.pool, limits, shape, origin, places);
  }

  #compiled(program: Program): Compiled {
    const compiled = this.#device.pipelines.ready(program);
    if (!compiled) throw new NotCompiled(program);
    return compiled;
  }
}

/** A part of an array, where it stands in its whole tensor. */
function placed({ origin }: MapArray, { shape, channel }: MapPart) {
  return { array: shape, channel: origin.channel + channel, y: origin.y, x: origin.x };
}
