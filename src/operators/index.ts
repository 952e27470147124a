/**
 * The closed union of operators and the one list of their rules. What Explore's network is made of is here from the start, but for its
 * arithmetic on the host, which engines and checks load; the rules of all other kinds are loaded when a graph first has one
 * (`loadRules.ts`), so that they cost the first visit nothing.
 */
import type { Activation } from './activation/attributes.ts';
import { activation } from './activation/index.ts';
import type { AdaptivePool2d } from './adaptivePool2d/attributes.ts';
import type { Arithmetic } from './arithmetic/attributes.ts';
import type { BatchNorm2d } from './batchNorm2d/attributes.ts';
import type { BatchStandardise } from './batchStandardise/attributes.ts';
import type { ChannelShuffle } from './channelShuffle/attributes.ts';
import type { Concat } from './concat/attributes.ts';
import type { Conv2d } from './conv2d/attributes.ts';
import { conv2d } from './conv2d/index.ts';
import type { ConvTranspose2d } from './convTranspose2d/attributes.ts';
import type { CrossEntropy } from './crossEntropy/attributes.ts';
import type { DeformConv2d } from './deformConv2d/attributes.ts';
import type { DeformGradient } from './deformConv2d/gradient/attributes.ts';
import type { DepthToSpace } from './depthToSpace/attributes.ts';
import type { Dropout } from './dropout/attributes.ts';
import type { Elementwise } from './elementwise/attributes.ts';
import type { ExtremumGradient } from './extremumGradient/attributes.ts';
import type { GroupNorm } from './groupNorm/attributes.ts';
import type { Input } from './input/attributes.ts';
import { input } from './input/index.ts';
import type { LayerNorm2d } from './layerNorm2d/attributes.ts';
import type { Linear } from './linear/attributes.ts';
import type { LocallyConnected2d } from './locallyConnected2d/attributes.ts';
import type { LocalResponseNorm } from './localResponseNorm/attributes.ts';
import type { OperatorRules, StructuralRules } from './operator.ts';
import type { OptimizerStep } from './optimizerStep/attributes.ts';
import type { Pad } from './pad/attributes.ts';
import type { Permute } from './permute/attributes.ts';
import type { PointwiseGradient } from './pointwiseGradient/attributes.ts';
import type { Pool2d } from './pool2d/attributes.ts';
import type { Prelu } from './prelu/attributes.ts';
import type { Reduce } from './reduce/attributes.ts';
import type { Reshape } from './reshape/attributes.ts';
import type { Resize } from './resize/attributes.ts';
import type { SeededDropout } from './seededDropout/attributes.ts';
import type { SeparableSum } from './separableSum/attributes.ts';
import type { Slice } from './slice/attributes.ts';
import type { Softmax } from './softmax/attributes.ts';
import type { SpaceToDepth } from './spaceToDepth/attributes.ts';
import type { WeightGradient } from './weightGradient/attributes.ts';

/** What gradients and training are made of beside layers (`graph/gradient`): no layer, in no file and no library. */
export type GradientOperator =
  | OptimizerStep
  | DeformGradient
  | ExtremumGradient
  | PointwiseGradient
  | SeparableSum
  | WeightGradient
  | BatchStandardise
  | CrossEntropy
  | SeededDropout;

export type Operator =
  | Input
  | Conv2d
  | ConvTranspose2d
  | DeformConv2d
  | Linear
  | LocallyConnected2d
  | Activation
  | Pool2d
  | ChannelShuffle
  | DepthToSpace
  | Dropout
  | Elementwise
  | Pad
  | Permute
  | Reshape
  | Slice
  | SpaceToDepth
  | Arithmetic
  | Concat
  | AdaptivePool2d
  | Reduce
  | BatchNorm2d
  | Softmax
  | LayerNorm2d
  | GroupNorm
  | LocalResponseNorm
  | Resize
  | Prelu
  | GradientOperator;

type EarlyKind = 'input' | 'conv2d' | 'activation';

/** The rules of all kinds that are loaded when they are needed. */
export type LateRules = {
  readonly [K in Exclude<Operator['kind'], EarlyKind>]: OperatorRules<Extract<Operator, { readonly kind: K }>>;
};

let late: LateRules | null = null;

/** Called by `late.ts` as it is loaded. */
export function addLateRules(rules: LateRules): void {
  late = rules;
}

export function isEarly({ kind }: Operator): boolean {
  return kind === 'input' || kind === 'conv2d' || kind === 'activation';
}

/** The rules of an operator's kind, without its arithmetic (`arithmeticOf.ts`). Throws where they have not been loaded. */
export function rulesOf(operator: Operator): StructuralRules<Operator> {
  switch (operator.kind) {
    case 'input':
      return input;
    case 'conv2d':
      return conv2d;
    case 'activation':
      return activation;
    default:
      return lateRulesOf(operator);
  }
}

/** Everything about an operator of a kind that Explore does not have. Throws where it has not been loaded. */
export function lateRulesOf({ kind }: Exclude<Operator, { readonly kind: EarlyKind }>): OperatorRules<Operator> {
  if (late) return late[kind];
  throw new Error(`the rules of ${kind} are not loaded`);
}
