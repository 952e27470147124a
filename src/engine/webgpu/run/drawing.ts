/**
 * Weights that the device draws by itself, in the order of the program that reads them. What is drawn is submitted at once: a recording
 * may be dropped and begun again, but packed weights are taken to be there.
 */
import { drawnKey, drawOf, materialiseDrawn } from '../../../graph/weights/drawnParameters.ts';
import type { Range } from '../../../operators/programs/cuts.ts';
import { type DrawnValues, planDrawn } from '../../../operators/programs/drawnWeights.ts';
import { type Packing, uniformWeightBytes } from '../../../operators/programs/weights.ts';
import type { Drawing, LayerValues } from '../device/packedWeights.ts';
import type { Binding } from '../device/recorder.ts';
import { type Device, NotCompiled } from '../evaluation.ts';

/** Some numbers each; a dragged seed makes new ones without end. */
const mostKnown = 1024;

export function createDrawing({ pool, pipelines, recorder, weights, pace, traits }: Device): Drawing {
  /** By `drawnKey`, and by last use. */
  const known = new Map<string, LayerValues>();

  function draw(values: DrawnValues, packing: Packing, part: Range): Binding {
    const plan = planDrawn(packing, values, part, traits);
    const compiled = pipelines.ready(plan.program);
    if (!compiled) throw new NotCompiled(plan.program);
    const affine = values.affine
      ? weights.raw(values.affine.table)
      : weights.table('no affine', () => new Float32Array(4));
    const size = 4 * packing.perBlock * (part[1] - part[0]);
    const buffer = pool.take(size, 'storage');
    for (const dispatch of plan.dispatches(Math.ceil(plan.work / pace.macsPerDispatch))) {
      recorder.dispatch(compiled, dispatch, [affine, { buffer, size }]);
      recorder.submit();
    }
    return { buffer, size };
  }

  /** Programs cannot write where uniforms are read: drawn elsewhere and copied. */
  function drawUniform(values: DrawnValues, packing: Packing, part: Range): Binding {
    const drawn = draw(values, packing, part);
    try {
      const buffer = pool.take(uniformWeightBytes, 'uniform');
      recorder.copy(drawn.buffer, 0, buffer, 0, drawn.size!);
      recorder.submit();
      return { buffer, size: uniformWeightBytes };
    } finally {
      pool.give(drawn.buffer);
    }
  }

  return {
    valuesOf(operator, recipe) {
      const key = drawnKey(operator, recipe);
      const drawn = drawOf(operator, recipe);
      const values = known.get(key) ?? (drawn ? { draw: drawn, affine: null } : materialiseDrawn(operator, recipe));
      known.delete(key);
      known.set(key, values);
      if (known.size > mostKnown) known.delete(known.keys().next().value!);
      return values;
    },
    packed: (values, packing, part) => (packing.where === 'uniform' ? drawUniform : draw)(values, packing, part),
  };
}
