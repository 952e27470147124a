/** Drawn weights where the CPU engine uses them: made for the layer that is computed, and kept while there is room. */
import { type DrawnParameters, isDrawn } from '../../graph/graph.ts';
import type { Operator } from '../../operators/index.ts';
import type { ParameterValues } from '../../operators/operator.ts';

/** The values of a node's parameters, drawn ones too. */
export type ValuesOf = (operator: Operator, parameters: ParameterValues | DrawnParameters) => Promise<ParameterValues>;

/** Bytes of weights that wait for their next use, beside the newest. */
const keptLimit = 64 * 2 ** 20;

export function createDrawnValues(limit = keptLimit): ValuesOf {
  /** By their last use. */
  const kept = new Map<string, ParameterValues>();
  let bytes = 0;
  return async (operator, parameters) => {
    if (!isDrawn(parameters)) return parameters;
    const { drawnKey, materialiseDrawn } = await import('../../graph/weights/drawnParameters.ts');
    const key = drawnKey(operator, parameters);
    const known = kept.get(key);
    const values = known ?? materialiseDrawn(operator, parameters);
    kept.delete(key);
    kept.set(key, values);
    if (!known) bytes += values.weight.byteLength;
    for (const [oldest, { weight }] of kept) {
      if (bytes <= limit || oldest === key) break;
      kept.delete(oldest);
      bytes -= weight.byteLength;
    }
    return values;
  };
}
