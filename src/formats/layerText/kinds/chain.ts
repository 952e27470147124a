/**
 * The operators of a text in the order in which they are applied, each with the padding in front of it and the activation behind it,
 * and what reaches the next one: Keras and Flax take channels and sizes from there.
 */
import type { ActivationReading } from '../../../operators/activation/code.ts';
import type { ChannelShuffle } from '../../../operators/channelShuffle/attributes.ts';
import { sides } from '../../../operators/codeText.ts';
import { type CodeContext, refuse } from '../../../operators/codeValues.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { joinPadding, type PaddingLayer } from '../../../operators/conv2d/code/code.ts';
import type { ConvTranspose2d } from '../../../operators/convTranspose2d/attributes.ts';
import { cropsOf, fromCrops } from '../../../operators/convTranspose2d/code/crop.ts';
import type { DeformConv2d } from '../../../operators/deformConv2d/attributes.ts';
import { rulesOf } from '../../../operators/index.ts';
import type { Linear } from '../../../operators/linear/attributes.ts';
import type { LocallyConnected2d } from '../../../operators/locallyConnected2d/attributes.ts';
import type { PerSide, Shape } from '../../../operators/operator.ts';
// The rules of every operator that a layer may have; who reads code of these kinds has them.
import '../../../operators/late.ts';

export type LayerOperator = Conv2d | ConvTranspose2d | DeformConv2d | Linear | LocallyConnected2d | ChannelShuffle;

export interface Link {
  readonly operator: LayerOperator;
  readonly activation: ActivationReading | null;
}

const plus = (a: PerSide, b: PerSide) => sides(a.top + b.top, a.bottom + b.bottom, a.left + b.left, a.right + b.right);

/** Zeros in front of an operator that pads with zeros itself. */
function withZeros<T extends { readonly padding: PerSide }>(operator: T, before: PaddingLayer): T {
  if (before.mode === 'zeros') return { ...operator, padding: plus(operator.padding, before.sides) };
  return refuse('two-paddings', `a layer has one padding: ${before.mode} in front and zeros inside are two`, {
    before: before.mode,
    inside: 'zeros',
  });
}

export class Chain {
  readonly #links: Link[] = [];
  #padding: { readonly layer: PaddingLayer; readonly name: string } | null = null;
  /** Reshapes and transposes since the last operator. */
  #moves: (readonly number[])[] = [];
  #inChannels: number;
  #size: CodeContext['inputSize'];

  constructor(readonly given: CodeContext) {
    this.#inChannels = given.inChannels;
    this.#size = given.inputSize;
  }

  /** What the next operator reads. */
  get context(): CodeContext {
    return { ...this.given, inChannels: this.#inChannels, inputSize: this.#size };
  }

  get last(): Link | null {
    return this.#links.at(-1) ?? null;
  }

  setInChannels(channels: number): void {
    this.#inChannels = channels;
  }

  /** Padding in front of the next operator; of negative numbers, a cut behind a transposed convolution. */
  addPadding(layer: PaddingLayer, name: string): void {
    const last = this.last;
    if (last?.operator.kind === 'conv_transpose2d' && Object.values(layer.sides).every((side: number) => side <= 0)) {
      const { top, bottom, left, right } = plus(last.operator.padding, {
        top: -layer.sides.top,
        bottom: -layer.sides.bottom,
        left: -layer.sides.left,
        right: -layer.sides.right,
      });
      const crops = cropsOf({ ...last.operator, padding: sides(top, bottom, left, right) });
      this.#replace({ ...last, operator: { ...last.operator, ...fromCrops(crops, last.operator) } });
    } else if (last?.operator.kind === 'deform_conv2d') {
      // The module was made before its padded input.
      this.#replace({ ...last, operator: withZeros(last.operator, layer) });
    } else {
      if (this.#padding) refuse('order', `${name}: one padding layer may stand in front of an operator`, { name });
      this.#padding = { layer, name };
    }
  }

  addOperator(operator: LayerOperator, name: string, activation: ActivationReading | null = null): void {
    const shuffle = this.#takeShuffle(operator.kind === 'linear');
    if (shuffle) this.#push(shuffle, null);
    this.#push(this.#padded(operator, name), activation);
  }

  addActivation(activation: ActivationReading, name: string): void {
    const last = this.last;
    if (last && !last.activation) this.#replace({ ...last, activation });
    else refuse('order', `${name}: one activation may stand behind an operator`, { name });
  }

  /** x times sigmoid(x), of which the sigmoid has been read. */
  multiply(): boolean {
    const last = this.last;
    if (last?.activation?.name !== 'sigmoid') return false;
    this.#replace({ ...last, activation: { name: 'silu', variant: null } });
    return true;
  }

  /** The shape or the order of axes that the values take next. */
  addMove(numbers: readonly number[]): void {
    this.#moves.push(numbers);
  }

  finish(): readonly Link[] {
    const left = this.#padding;
    if (left) refuse('order', `${left.name}: nothing follows this padding`, { name: left.name });
    const shuffle = this.#takeShuffle(false);
    if (shuffle) this.#push(shuffle, null);
    return this.#links;
  }

  #replace(link: Link): void {
    this.#links[this.#links.length - 1] = link;
  }

  #push(operator: LayerOperator, activation: ActivationReading | null): void {
    this.#links.push({ operator, activation });
    this.#inChannels = outChannelsOf(operator, this.#inChannels);
    // A deformable convolution reads two inputs, and ends a layer.
    if (operator.kind === 'deform_conv2d' || operator.kind === 'linear') return;
    const channels = 'inChannels' in operator ? operator.inChannels : this.#inChannels;
    const shape: Shape = [1, channels, ...this.#size];
    const output = rulesOf(operator).outputShape(operator, [shape]);
    if (output.ok) this.#size = [output.value[2], output.value[3]];
  }

  #padded(operator: LayerOperator, name: string): LayerOperator {
    const before = this.#padding?.layer ?? null;
    this.#padding = null;
    if (!before) return operator;
    switch (operator.kind) {
      case 'conv2d':
        return joinPadding(before, operator);
      case 'deform_conv2d':
      case 'locally_connected2d':
        return withZeros(operator, before);
      case 'conv_transpose2d':
      case 'linear':
      case 'channel_shuffle':
        return refuse('order', `${name}: no padding layer stands in front of it`, { name });
      default:
        operator satisfies never;
        throw new Error('unknown operator');
    }
  }

  /** Channels as groups x members, the two axes exchanged, and back: a reshape, a transpose and a reshape. */
  #takeShuffle(mayFlatten: boolean): ChannelShuffle | null {
    const moves = this.#moves;
    this.#moves = [];
    const [split, order, joined] = moves;
    const groups = split && order && joined && moves.length === 3 ? groupsOf(split, order, this.#inChannels) : null;
    if (groups !== null) return { kind: 'channel_shuffle', groups };
    if (moves.length > 0 && !mayFlatten)
      refuse('other-layer', 'this reshape is not part of a convolution layer', { name: 'reshape' });
    return null;
  }
}

/** The groups of a shuffle: ONNX has [N, groups, members, ...] with axes 1 and 2 exchanged, Keras and JAX the last two. */
function groupsOf(split: readonly number[], order: readonly number[], channels: number): number | null {
  const isFirst = order[0] === 0 && order[1] === 2 && order[2] === 1;
  const [groups = 0, members = 0] = isFirst ? split.slice(1, 3) : split.slice(-2);
  const [a = 0, b = 0] = order.slice(-2);
  return groups * members === channels && (isFirst || a === b + 1) ? groups : null;
}

function outChannelsOf(operator: LayerOperator, inChannels: number): number {
  switch (operator.kind) {
    case 'channel_shuffle':
      return inChannels;
    case 'linear':
      return operator.outFeatures;
    default:
      return operator.outChannels;
  }
}
