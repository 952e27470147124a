/**
 * Computes boxes of a graph's maps. The same code computes whole tensors (the box is everything), bands of tensors that are too
 * large to keep, and the piece under a magnified view: each asks its inputs for the box that it reads.
 *
 * A convolution and the activation behind it are one program. Its input is read where it lies when it can be (right layout, one
 * binding, border of zeros or none); else a `gather` pass cuts, pads and repacks what is needed, band by band.
 */

import type { Graph, GraphNode, GraphParameters, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import type { ActivationName } from '../../operators/activation/attributes.ts';
import { epilogueOf } from '../../operators/activation/plan.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import {
  type ConvChoice,
  chooseConv2d,
  chooseDirect,
  isStaged,
  problemKey,
  type StagedChoice,
} from '../../operators/conv2d/choice.ts';
import { blocksOfChannels, type Conv2dPlan, hasText, planConv2d } from '../../operators/conv2d/plan.ts';
import type { planStaged } from '../../operators/conv2d/staged/index.ts';
import type { Shape } from '../../operators/operator.ts';
import type { passesOf } from '../../operators/passes.ts';
import { dispatchElementwise, elementwiseProgram } from '../../operators/programs/elementwise.ts';
import { type Epilogue, identity } from '../../operators/programs/epilogue.ts';
import { dispatchGather, gatherProgram } from '../../operators/programs/gather.ts';
import { type ArrayShape, bytesOf, type Layout } from '../../operators/programs/layout.ts';
import { type Operand, type PassPlan, wholeArray } from '../../operators/programs/passes.ts';
import type { DeviceTraits, Program } from '../../operators/programs/program.ts';
import { EngineError } from '../engine.ts';
import { bindingOf, MapArray } from './arrays.ts';
import { type Box, clipped, contains, inputBox, mappedBox, wholeBox } from './boxes.ts';
import type { BufferPool } from './buffers.ts';
import type { Pace } from './pace.ts';
import { PacedDispatches } from './pacedDispatches.ts';
import type { PackedWeights } from './packedWeights.ts';
import type { Compiled, Pipelines } from './pipelines.ts';
import type { Binding, Recorder } from './recorder.ts';

/** What evaluation needs of the engine. */
export interface Device {
  readonly pool: BufferPool;
  readonly pipelines: Pipelines;
  readonly recorder: Recorder;
  readonly weights: PackedWeights;
  readonly pace: Pace;
  readonly traits: DeviceTraits;
  /** What convolutions are computed by in place of the planner's default, by `problemKey`. */
  choices: ReadonlyMap<string, ConvChoice>;
  /** The planner of operators that run as passes, once a graph has needed it. */
  passes: typeof passesOf | null;
  /** The planner of convolutions in several programs, once one has been chosen. */
  staged: typeof planStaged | null;
}

/** A graph with all that it is computed from, and the nodes whose whole maps are there already. */
export interface Recipe {
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly parameters: GraphParameters;
  readonly known: ReadonlyMap<NodeId, MapArray>;
}

/** A program that is not compiled yet: the caller compiles it and evaluates again. */
export class NotCompiled extends Error {
  constructor(readonly program: Program) {
    super(`${program.key} is not compiled`);
  }
}

/** A planner or a program's text is not there yet: the caller waits for it and evaluates again. */
export class NotLoaded extends Error {
  constructor(readonly load: () => Promise<unknown>) {
    super();
  }
}

/** The maps of a node, and when asked those of the convolution before its activation. The caller releases both. */
export interface Evaluated {
  readonly maps: MapArray;
  readonly linear: MapArray | null;
}

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
  evaluate(id: NodeId, box: Box, withLinear = false): Evaluated {
    const known = this.recipe.known.get(id);
    if (known && !withLinear) return { maps: known.retain(), linear: null };
    const node = this.node(id);
    const { operator } = node;
    switch (operator.kind) {
      case 'input':
        throw new EngineError('internal', `input '${id}' has no tensor`);
      case 'activation': {
        const before = this.#source(node);
        if (before.operator.kind === 'conv2d' && !this.recipe.known.has(before.id)) {
          return this.#convolve(
            before,
            before.operator,
            operator.function,
            box,
            withLinear && operator.function !== 'none',
          );
        }
        return { maps: this.#activate(before.id, operator.function, box), linear: null };
      }
      case 'conv2d':
        return this.#convolve(node, operator, 'none', box, false);
      default: {
        const inputs = node.inputs.map((input) => this.shape(input));
        const plan = this.#device.passes?.(operator, inputs, this.shape(id), this.#device.traits);
        if (!plan) throw new EngineError('internal', `no passes of ${operator.kind}`);
        return this.#runPasses(node, plan, false);
      }
    }
  }

  /** An operator that runs as passes over whole arrays, whatever box is asked for. */
  #runPasses(node: GraphNode, plan: PassPlan, isDual: boolean): Evaluated {
    const { recorder, weights } = this.#device;
    const compiled = plan.passes.map(({ program }) => this.#compiled(program));
    const inputs: MapArray[] = [];
    const scratch: MapArray[] = [];
    let result: MapArray | null = null;
    let linear: MapArray | null = null;
    try {
      for (const [i, id] of node.inputs.entries()) inputs.push(this.#wholeIn(plan.inputLayouts[i] ?? 'blocked', id));
      for (const shape of plan.scratch) scratch.push(this.#allocateWhole(shape));
      const target = this.#allocateWhole(wholeArray(this.shape(node.id), plan.outputLayout));
      result = target;
      if (isDual) linear = this.#allocateWhole(target.shape);
      const bind = (operand: Operand): Binding => {
        switch (operand.of) {
          case 'input':
            return bindingOf(inputs[operand.index]!.parts[0]!);
          case 'scratch':
            return bindingOf(scratch[operand.index]!.parts[0]!);
          case 'output':
            return bindingOf(target.parts[0]!);
          case 'linear':
            return bindingOf(linear!.parts[0]!);
          case 'parameter': {
            const values = this.recipe.parameters[node.id]?.[operand.name];
            if (!values) throw new EngineError('internal', `node '${node.id}' has no ${operand.name}`);
            return weights.raw(values);
          }
          case 'packed': {
            const values = this.recipe.parameters[node.id];
            if (!values) throw new EngineError('internal', `no parameters of node '${node.id}'`);
            const binding = weights.packed(values, operand.key, operand.where, operand.pack);
            this.#checkBinding(binding.size ?? binding.buffer.size);
            return binding;
          }
          case 'table':
            return weights.table(operand.key, operand.make);
          default:
            operand satisfies never;
            throw new EngineError('internal', 'unknown operand');
        }
      };
      plan.passes.forEach(({ dispatch, cut, operands, work }, i) => {
        const parts = Math.ceil(work / this.#device.pace.macsPerDispatch);
        const dispatches = cut && parts > 1 ? cut(parts) : [dispatch];
        for (const part of dispatches) {
          this.#dispatches.makeRoom(work / dispatches.length);
          recorder.dispatch(compiled[i]!, part, operands.map(bind));
        }
        this.programs.push(compiled[i]!.program.label);
      });
      return { maps: target, linear };
    } catch (error) {
      result?.release();
      linear?.release();
      throw error;
    } finally {
      for (const maps of [...inputs, ...scratch]) maps.release();
    }
  }

  /** The whole maps of a node in one part and the given layout. */
  #wholeIn(layout: Layout, id: NodeId): MapArray {
    const shape = this.shape(id);
    const { maps: from } = this.evaluate(id, wholeBox(shape));
    try {
      if (from.parts.length === 1 && from.shape.layout === layout) return from.retain();
      const compiled = this.#compiled(gatherProgram);
      const [, , height, width] = shape;
      const array = wholeArray(shape, layout);
      const maps = this.#allocateWhole(array);
      for (const part of from.parts) {
        const dispatch = dispatchGather(
          { array: part.shape, channel: part.channel, y: 0, x: 0 },
          { array, channel: 0, y: 0, x: 0 },
          [height, width],
          'zeros',
          this.#device.traits,
        );
        this.#device.recorder.dispatch(compiled, dispatch, [bindingOf(part), bindingOf(maps.parts[0]!)]);
      }
      this.programs.push(gatherProgram.label);
      return maps;
    } finally {
      from.release();
    }
  }

  /** Room for a whole tensor in one part. Throws `too-large` where one binding does not hold it. */
  #allocateWhole(shape: ArrayShape): MapArray {
    this.#checkBinding(bytesOf(shape));
    return this.#allocate(shape, { channel: 0, y: 0, x: 0 });
  }

  #checkBinding(bytes: number): void {
    const limit = this.#device.traits.maxStorageBinding;
    if (bytes <= limit) return;
    throw new EngineError('too-large', `a tensor of ${bytes} bytes is more than a binding holds`, { bytes, limit });
  }

  #source(node: GraphNode): GraphNode {
    const [first] = node.inputs;
    if (first === undefined) throw new EngineError('internal', `node '${node.id}' reads nothing`);
    return this.node(first);
  }

  #activate(source: NodeId, name: ActivationName, box: Box): MapArray {
    const { maps } = this.evaluate(source, box);
    if (name === 'none') return maps;
    const epilogue = epilogueOf(name);
    try {
      const compiled = this.#compiled(elementwiseProgram(epilogue.function));
      const result = this.#allocate(maps.shape, maps.origin);
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

  #convolve(node: GraphNode, conv: Conv2d, name: ActivationName, box: Box, isDual: boolean): Evaluated {
    const { traits, weights } = this.#device;
    const source = this.#source(node);
    const [images] = this.shape(source.id);
    const values = this.recipe.parameters[node.id];
    if (!values) throw new EngineError('internal', `no parameters of node '${node.id}'`);
    const epilogue = name === 'none' ? identity : epilogueOf(name);
    const extent = { images, height: box.height, width: box.width };
    let choice = this.#device.choices.get(problemKey(conv, extent)) ?? chooseConv2d(conv, extent, traits);
    if (isStaged(choice)) {
      const staged = this.#staged(node, conv, choice, box, epilogue, isDual);
      if (staged) return this.#runPasses(node, staged, isDual);
      choice = chooseDirect(conv, extent, traits);
    }
    if (!hasText(choice.algorithm)) throw new NotLoaded(() => import('../../operators/conv2d/moreTexts.ts'));
    const plan = planConv2d(conv, extent, epilogue, isDual, traits, choice);
    const compiled = this.#compiled(plan.program);
    const packed = weights.of(values, plan.order, plan.weightsIn);

    // Blocks of four channels are the unit of storage.
    const channel = Math.floor(box.channel / 4) * 4;
    const channels = Math.min(conv.outChannels, Math.ceil((box.channel + box.channels) / 4) * 4) - channel;
    const shape: ArrayShape = { layout: 'blocked', images, channels, height: box.height, width: box.width };
    const origin = { channel, y: box.y, x: box.x };
    const maps = this.#allocate(shape, origin);
    let linear: MapArray | null = null;
    try {
      if (isDual) linear = this.#allocate(shape, origin);
      for (const [from, to] of this.#bands(conv, plan, source.id, box)) {
        const band = { ...box, y: box.y + from, height: to - from };
        const input = this.#inputOf(conv, plan, source.id, band);
        try {
          maps.parts.forEach((part, i) => {
            const outputs = [bindingOf(part), ...(linear ? [bindingOf(linear.parts[i]!)] : [])];
            const first = channel + part.channel;
            this.#dispatches.convolve(
              plan,
              compiled,
              [from, to],
              blocksOfChannels(plan, first, first + part.shape.channels),
              {
                input,
                output: { array: part.shape, channel: first, y: box.y, x: box.x },
                bindings: [bindingOf(input.maps.parts[0]!), packed, ...outputs],
              },
            );
          });
        } finally {
          input.maps.release();
        }
      }
    } catch (error) {
      maps.release();
      linear?.release();
      throw error;
    }
    this.programs.push(plan.program.label);
    return { maps, linear };
  }

  /** The passes of a convolution in several programs; null where they cannot serve the box. */
  #staged(
    node: GraphNode,
    conv: Conv2d,
    choice: StagedChoice,
    box: Box,
    epilogue: Epilogue,
    isDual: boolean,
  ): PassPlan | null {
    const shape = this.shape(node.id);
    const device = this.#device;
    const { traits, staged, pool } = device;
    if (box.channel > 0 || box.channels < shape[1] || !contains(box, wholeBox(shape))) return null;
    if (!staged) {
      throw new NotLoaded(async () => {
        device.staged = (await import('../../operators/conv2d/staged/index.ts')).planStaged;
      });
    }
    const plan = staged(conv, choice, [this.shape(this.#source(node).id), shape], epilogue, isDual, traits);
    const bytes = plan?.scratch.reduce((total, array) => total + bytesOf(array), 0) ?? 0;
    return bytes <= pool.room / 2 ? plan : null;
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
    const known = this.recipe.known.get(source);
    if (known?.parts.length !== 1 || known.shape.layout !== plan.inputLayout) return false;
    if (conv.paddingMode === 'zeros') return true;
    return contains({ ...box, y: 0, x: 0, height: known.shape.height, width: known.shape.width }, inputBox(conv, box));
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
      const maps = this.recipe.known.get(source)!.retain();
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
      const compiled = this.#compiled(gatherProgram);
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
      for (const part of from.parts) {
        const dispatch = dispatchGather(
          { array: part.shape, channel: from.origin.channel + part.channel, y: from.origin.y, x: from.origin.x },
          { array, channel: 0, y, x },
          [height, width],
          conv.paddingMode,
          this.#device.traits,
        );
        this.#device.recorder.dispatch(compiled, dispatch, [bindingOf(part), bindingOf(maps.parts[0]!)]);
      }
      this.programs.push(gatherProgram.label);
      return { maps, array, y, x };
    } finally {
      from.release();
    }
  }

  #allocate(shape: ArrayShape, origin: MapArray['origin']): MapArray {
    return MapArray.allocate(this.#device.pool, { maxBinding: this.#device.traits.maxStorageBinding }, shape, origin);
  }

  #compiled(program: Program): Compiled {
    const compiled = this.#device.pipelines.ready(program);
    if (!compiled) throw new NotCompiled(program);
    return compiled;
  }
}
