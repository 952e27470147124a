import type { Range } from '../../../operators/programs/cuts.ts';
import { type Operand, type PassPlan, wholeArray } from '../../../operators/programs/passes.ts';
import { EngineError } from '../../engine.ts';
import type { Binding } from '../device/recorder.ts';
import type { Evaluated, PassHost, Wanted } from '../evaluation.ts';
import { bindingOf, type MapArray } from '../maps/arrays.ts';
import type { Fusion } from '../plan/fusion.ts';

export function runPasses(
  host: PassHost,
  fusion: Fusion,
  plan: PassPlan,
  { isDual = false, places = [] }: Wanted,
): Evaluated {
  const { recorder, weights, pace } = host.device;
  const node = fusion.head;
  const compiled = plan.passes.map(({ program }) => host.compiled(program));
  const inputs: MapArray[] = [];
  const scratch: MapArray[] = [];
  let result: MapArray | null = null;
  let linear: MapArray | null = null;
  let residual: MapArray | null = null;
  try {
    for (const [i, id] of node.inputs.entries()) inputs.push(host.wholeIn(plan.inputLayouts[i] ?? 'blocked', id));
    for (const shape of plan.scratch) scratch.push(host.allocate(shape));
    const target = host.allocate(wholeArray(host.shape, plan.outputLayout), places[0]);
    result = target;
    if (isDual) linear = host.allocate(target.shape, places[1]);
    if (fusion.residual !== null) residual = host.wholeIn(plan.outputLayout, fusion.residual);
    const bind = (operand: Operand, bound: Range | undefined): Binding => {
      switch (operand.of) {
        case 'input':
          return bindingOf(inputs[operand.index]!.parts[0]!);
        case 'scratch':
          return bindingOf(scratch[operand.index]!.parts[0]!);
        case 'output':
          return bindingOf(target.parts[0]!);
        case 'linear':
          return bindingOf(linear!.parts[0]!);
        case 'residual':
          return bindingOf(residual!.parts[0]!);
        case 'parameter': {
          const learned = host.values();
          if ('held' in learned) return learned.held.raw(operand.name);
          const values = 'draw' in learned ? null : learned[operand.name];
          if (!values) throw new EngineError('internal', `node '${node.id}' has no ${operand.name}`);
          return weights.raw(values);
        }
        case 'packed':
          return weights.packed(host.values(), operand.packing, bound ?? [0, operand.packing.blocks]);
        case 'table':
          return weights.table(operand.key, operand.make);
        default:
          operand satisfies never;
          throw new EngineError('internal', 'unknown operand');
      }
    };
    plan.passes.forEach(({ dispatch, cut, operands, work }, i) => {
      const packing = operands.find((operand) => operand.of === 'packed')?.packing;
      const bounds = packing ? weights.partsOf(packing) : [undefined];
      for (const bound of bounds) {
        const share = work / bounds.length;
        const parts = Math.ceil(share / pace.macsPerDispatch);
        const dispatches = cut && (parts > 1 || bounds.length > 1) ? cut(parts, bound) : [dispatch];
        const bindings = operands.map((operand) => bind(operand, bound));
        for (const part of dispatches) {
          host.makeRoom(share / dispatches.length);
          recorder.dispatch(compiled[i]!, part, bindings);
        }
        weights.recorded();
      }
      host.ran(compiled[i]!.program.label);
    });
    return { maps: target, linear };
  } catch (error) {
    result?.release();
    linear?.release();
    throw error;
  } finally {
    for (const maps of [...inputs, ...scratch]) maps.release();
    residual?.release();
    weights.recorded();
  }
}
