/**
 * Computes boxes of a graph's maps. The same code computes whole tensors (the box is everything), bands of tensors that are too
 * large to keep, and the piece under a magnified view: each asks its inputs for the box that it reads.
 *
 * Convolutions are `convolve.ts`; operators that run as passes over whole arrays are loaded when a graph first has one.
 */

import { type GraphNode, type HeldParameters, isDrawn, isHeld, type NodeId } from '../../../graph/graph.ts';
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import { epilogueOf } from '../../../operators/activation/plan.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { Shape } from '../../../operators/operator.ts';
import { dispatchElementwise, elementwiseProgram } from '../../../operators/programs/elementwise.ts';
import { dispatchGather, gatherProgram } from '../../../operators/programs/gather.ts';
import { type ArrayShape, bytesOf, type Layout } from '../../../operators/programs/layout.ts';
import { wholeArray } from '../../../operators/programs/passes.ts';
import type { Program } from '../../../operators/programs/program.ts';
import { EngineError } from '../../engine.ts';
import { PacedDispatches } from '../device/pacedDispatches.ts';
import type { LayerValues } from '../device/packedWeights.ts';
import type { Compiled } from '../device/pipelines.ts';
import {
  type Device,
  type Evaluated,
  type HeldWeights,
  NotCompiled,
  NotLoaded,
  type PassHost,
  passesLoaded,
  type Recipe,
  type Wanted,
} from '../evaluation.ts';
import { bindingOf, checkBinding, MapArray, type MapPart } from '../maps/arrays.ts';
import { type Box, contains, wholeBox } from '../maps/boxes.ts';
import { alone, type Fusion, lastOf } from '../plan/fusion.ts';
import { type ConvolutionHost, convolve } from './convolve.ts';

export class Evaluator {
  readonly #device: Device;
  readonly recipe: Recipe;
  /** Labels of the programs used, in order. */
  readonly programs: string[] = [];
  readonly #dispatches: PacedDispatches;
  readonly #convolutionHost: ConvolutionHost;
  /** Null until a layer has weights that are tensors. */
  #held: HeldWeights | null = null;

  constructor(device: Device, recipe: Recipe) {
    this.#device = device;
    this.recipe = recipe;
    this.#dispatches = new PacedDispatches(device);
    this.#convolutionHost = {
      device,
      recipe,
      dispatches: this.#dispatches,
      shapeOf: (id) => this.shape(id),
      evaluate: (id, box) => this.evaluate(id, box),
      lying: (id, layout) => this.#lying(id, layout),
      repacked: (id, array) => this.#repacked(id, array, []),
      gather: (from, to, size, mode) => this.#gather(from, to, size, mode),
      allocate: (shape, origin, places) => this.#allocate(shape, origin, places),
      compiled: (program) => this.#compiled(program),
      values: (fusion) => this.#values(fusion),
      passHost: (fusion) => this.#passHost(fusion),
      ran: (label) => this.programs.push(label),
    };
  }

  /** Multiply-adds recorded, with wasted lanes. */
  get macs(): number {
    return this.#dispatches.macs;
  }

  /** Gives back what was made for this evaluation alone. */
  release(): void {
    this.#held?.release();
    this.#held = null;
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
        return convolve(this.#convolutionHost, fusion, operator, box, wanted);
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

  /** The learned tensors of an operator, with the batch norm that has joined it. */
  #values({ head, norm }: Fusion): LayerValues {
    const values = this.#own(head);
    if (!norm) return values;
    const statistics = this.#own({ id: norm.node, operator: norm.operator });
    if ('draw' in statistics || 'held' in statistics)
      throw new EngineError('internal', `the statistics of '${norm.node}' are no values`);
    return passesLoaded(this.#device).folded(head.operator, values, norm.operator, statistics);
  }

  /** The node's own learned tensors; drawn ones as the device takes them. */
  #own({ id, operator }: Pick<GraphNode, 'id' | 'operator'>): LayerValues {
    const given = this.recipe.parameters[id];
    if (!given) throw new EngineError('internal', `no parameters of node '${id}'`);
    if (isHeld(given)) return this.#heldValues(operator, given);
    if (!isDrawn(given)) return given;
    const device = this.#device;
    if (device.weights.drawing) return device.weights.drawing.valuesOf(operator, given);
    throw new NotLoaded(async () => {
      device.weights.drawing ??= (await import('./drawing.ts')).createDrawing(device);
    });
  }

  #heldValues(operator: GraphNode['operator'], given: HeldParameters): LayerValues {
    const { held } = this.recipe;
    const device = this.#device;
    if (!held) throw new EngineError('too-large', 'maps too large to keep cannot have weights that the engine holds');
    if (!device.holdWeights)
      throw new NotLoaded(async () => {
        device.holdWeights = (await import('./heldWeights.ts')).holdWeights;
      });
    this.#held ??= device.holdWeights({
      device,
      compiled: (program) => this.#compiled(program),
      planar: (id) => this.#planar(id, held.get(id)),
    });
    return this.#held.valuesOf(operator, given);
  }

  /** A held tensor's maps as PyTorch orders them. */
  #planar(id: NodeId, maps: MapArray | undefined): MapArray {
    if (!maps) throw new EngineError('internal', `no tensor of input '${id}'`);
    if (maps.shape.layout === 'planar' && maps.parts.length === 1) return maps.retain();
    const { height, width } = maps.shape;
    return this.#gather(maps, this.#allocateWhole({ ...maps.shape, layout: 'planar' }), [height, width], 'zeros');
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
