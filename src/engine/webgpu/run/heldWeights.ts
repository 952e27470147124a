/**
 * Weights that are tensors of the engine (the ones that a network is trained with), packed on the device for the programs of one run. They
 * belong to that run: the next step has other tensors. Recorded like any other pass, and given back when the run is recorded.
 */
import type { HeldParameters, NodeId } from '../../../graph/graph.ts';
import { type Operator, rulesOf } from '../../../operators/index.ts';
import type { ParameterSpec } from '../../../operators/operator.ts';
import type { Range } from '../../../operators/programs/cuts.ts';
import { countOf, dispatchHeld, heldProgram, heldTable } from '../../../operators/programs/heldWeights.ts';
import { headFloats } from '../../../operators/programs/layout.ts';
import { type Packing, uniformWeightBytes } from '../../../operators/programs/weights.ts';
import { EngineError } from '../../engine.ts';
import type { Buffer } from '../device/buffers.ts';
import type { HeldValues, LayerValues } from '../device/packedWeights.ts';
import type { Binding } from '../device/recorder.ts';
import type { HeldHost, HeldWeights } from '../evaluation.ts';
import { bindingOf, type MapArray } from '../maps/arrays.ts';

/** Tables are functions of the operator and the packing; a network's operators stay from step to step. */
const numbers = new WeakMap<Operator, number>();
let lastNumber = 0;

function numberOf(operator: Operator): number {
  const number = numbers.get(operator) ?? ++lastNumber;
  numbers.set(operator, number);
  return number;
}

export function holdWeights(host: HeldHost): HeldWeights {
  const { pool, recorder, weights, traits } = host.device;
  const buffers: Buffer[] = [];
  const tensors = new Map<NodeId, MapArray>();
  const known = new Map<HeldParameters, LayerValues>();

  function tensorOf(id: NodeId): MapArray {
    const tensor = tensors.get(id) ?? host.planar(id);
    tensors.set(id, tensor);
    return tensor;
  }

  function take(bytes: number, use: 'storage' | 'uniform'): Buffer {
    const buffer = pool.take(bytes, use);
    buffers.push(buffer);
    return buffer;
  }

  function valuesOf(operator: Operator, { weight, bias, runningMean, runningVar }: HeldParameters): HeldValues {
    const specs = new Map<string, ParameterSpec>(
      rulesOf(operator)
        .parameters(operator)
        .map((spec) => [spec.name, spec]),
    );
    const counted = (name: ParameterSpec['name']): number => {
      const spec = specs.get(name);
      return spec ? countOf(spec) : 0;
    };
    const ready = new Map<string, Binding>();
    const once = (key: string, make: () => Binding): Binding => {
      const binding = ready.get(key) ?? make();
      ready.set(key, binding);
      return binding;
    };

    function packed(packing: Packing, part: Range): Binding {
      const compiled = host.compiled(heldProgram);
      const [count, biases] = [counted('weight'), bias === null ? 0 : counted('bias')];
      const key = `held ${numberOf(operator)} ${biases} ${packing.key} ${part}`;
      const table = weights.table(key, () => {
        const counts = {
          weights: count,
          biases,
          ...(runningMean && { runningMean }),
          ...(runningVar && { runningVar }),
        };
        const moves = heldTable(packing, counts, part);
        if (!moves) throw new EngineError('internal', `${packing.key} does more than move weights`);
        return moves;
      });
      const floats = packing.perBlock * (part[1] - part[0]);
      const source = bindingOf(tensorOf(weight).parts[0]!);
      const shift = bias === null ? source : bindingOf(tensorOf(bias).parts[0]!);
      const buffer = take(4 * floats, 'storage');
      const moved = { buffer, size: 4 * floats };
      recorder.dispatch(compiled, dispatchHeld(floats, count, traits), [table, source, shift, moved]);
      if (packing.where === 'storage') return moved;
      // Programs cannot write where uniforms are read.
      const uniform = take(uniformWeightBytes, 'uniform');
      recorder.copy(buffer, 0, uniform, 0, 4 * floats);
      return { buffer: uniform, size: uniformWeightBytes };
    }

    function raw(name: ParameterSpec['name']): Binding {
      const id = { weight, bias, runningMean: null, runningVar: null }[name];
      const count = counted(name);
      if (id === null || count === 0) throw new EngineError('internal', `no tensor is held as ${name}`);
      const size = 16 * Math.ceil(count / 4);
      const buffer = take(size, 'storage');
      recorder.copy(tensorOf(id).parts[0]!.buffer, 4 * headFloats, buffer, 0, 4 * count);
      return { buffer, size };
    }

    return {
      packed: (packing, part) => once(`${packing.where} ${packing.key} ${part}`, () => packed(packing, part)),
      raw: (name) => once(name, () => raw(name)),
    };
  }

  return {
    valuesOf(operator, parameters) {
      const values = known.get(parameters) ?? { held: valuesOf(operator, parameters) };
      known.set(parameters, values);
      return values;
    },
    release() {
      for (const buffer of buffers) pool.give(buffer);
      for (const maps of tensors.values()) maps.release();
    },
  };
}
