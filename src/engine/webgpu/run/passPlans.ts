/**
 * What a graph needs beyond convolutions and activations: the plans of operators that run as passes, and batch norms folded into the
 * weights before them. Loaded when a graph first needs it. A plan is made once for an operator, its shapes and its epilogue.
 */
import type { Shapes } from '../../../graph/infer.ts';
import { epilogueOf } from '../../../operators/activation/plan.ts';
import type { BatchNorm2d } from '../../../operators/batchNorm2d/attributes.ts';
import { factorsOf } from '../../../operators/batchNorm2d/factors.ts';
import type { Operator } from '../../../operators/index.ts';
import type { ParameterValues } from '../../../operators/operator.ts';
import { passesOf } from '../../../operators/passes.ts';
import type { Affine } from '../../../operators/programs/drawnWeights.ts';
import { foldAffine } from '../../../operators/programs/foldAffine.ts';
import type { PassPlan } from '../../../operators/programs/passes.ts';
import type { DeviceTraits } from '../../../operators/programs/program.ts';
import { EngineError } from '../../engine.ts';
import type { LayerValues } from '../device/packedWeights.ts';
import type { Evaluated, LatePlans, PassHost, Wanted } from '../evaluation.ts';
import { type Fusion, lastOf } from '../plan/fusion.ts';
import { runPasses } from './passRuns.ts';

interface Folded {
  readonly eps: number;
  readonly values: LayerValues;
}

export class PassPlans implements LatePlans {
  readonly #traits: DeviceTraits;
  readonly #plans = new WeakMap<Operator, Map<string, PassPlan>>();
  /** By the weights, then by the statistics of the norm. */
  readonly #folded = new WeakMap<LayerValues, WeakMap<ParameterValues, Folded>>();

  constructor(traits: DeviceTraits) {
    this.#traits = traits;
  }

  planOf(fusion: Fusion, shapes: Shapes): PassPlan {
    const { head, residual, activation } = fusion;
    const inputs = head.inputs.map((id) => shapes[id]!);
    const output = shapes[lastOf(fusion)]!;
    const key = `${inputs.join(' ')} ${activation} ${residual !== null}`;
    const known = this.#plans.get(head.operator)?.get(key);
    if (known) return known;
    const epilogue = { ...epilogueOf(activation), hasResidual: residual !== null };
    const plan = passesOf(head.operator, inputs, output, this.#traits, epilogue);
    if (!plan) throw new EngineError('internal', `no passes of ${head.operator.kind}`);
    const plans = this.#plans.get(head.operator) ?? new Map<string, PassPlan>();
    this.#plans.set(head.operator, plans.set(key, plan));
    return plan;
  }

  run(host: PassHost, fusion: Fusion, shapes: Shapes, wanted: Wanted): Evaluated {
    return runPasses(host, fusion, this.planOf(fusion, shapes), wanted);
  }

  /** Once for the same values. */
  folded(operator: Operator, values: LayerValues, norm: BatchNorm2d, statistics: ParameterValues): LayerValues {
    if ('held' in values) throw new EngineError('internal', 'no norm is folded into weights that the engine holds');
    const known = this.#folded.get(values)?.get(statistics);
    if (known?.eps === norm.eps) return known.values;
    const { scale, shift } = factorsOf(norm, statistics);
    const folded =
      'draw' in values
        ? { draw: values.draw, affine: affineOf(scale, shift) }
        : foldAffine(values, scale, shift, channelOf(operator, values.weight.length / norm.numFeatures));
    const byNorm = this.#folded.get(values) ?? new WeakMap<ParameterValues, Folded>();
    this.#folded.set(values, byNorm.set(statistics, { eps: norm.eps, values: folded }));
    return folded;
  }
}

/** What drawn weights are multiplied by as they are drawn; their biases, which are 0, become the shifts. */
function affineOf(scale: Float64Array, shift: Float64Array): Affine {
  return { table: Float32Array.of(...scale, ...shift), shift: Float32Array.from(shift) };
}

/** The output channel of a weight: filters stand one after another, but in transposed convolutions, [Cin, Cout/groups, kh, kw]. */
function channelOf(operator: Operator, perFilter: number): (i: number) => number {
  if (operator.kind !== 'conv_transpose2d') return (i) => Math.floor(i / perFilter);
  const { inChannels, outChannels, groups, kernelSize } = operator;
  const taps = kernelSize[0] * kernelSize[1];
  const filters = outChannels / groups;
  const perGroup = (inChannels / groups) * filters * taps;
  return (i) => Math.floor(i / perGroup) * filters + (Math.floor(i / taps) % filters);
}
