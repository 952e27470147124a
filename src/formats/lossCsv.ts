/**
 * What is lost, as CSV: the layer itself in the first row, then one row per substitute, counts exact, errors relative (0 to 1), with a point
 * whatever the language. Empty: not fitted, or no responses to compare.
 */
import type { Cost } from '../operators/operator.ts';
import { csvText } from './csv.ts';

export interface LossRow {
  readonly kind: string;
  /** Null where the kind has no number. */
  readonly size: number | null;
  /** Null while it is not fitted, or where it cannot be. */
  readonly fit: {
    readonly cost: Pick<Cost, 'macs' | 'parameters'>;
    readonly errorOfMaps: number | null;
    readonly errorOfWeights: number;
    /** How it was found: exact or by search. */
    readonly found: string;
  } | null;
}

const names = ['number', 'kind', 'size', 'macs', 'parameters', 'error_of_maps', 'error_of_weights', 'found'] as const;

export function lossCsv(layer: string, cost: Pick<Cost, 'macs' | 'parameters'>, rows: readonly LossRow[]): string {
  const itself = [0, layer, '', cost.macs, cost.parameters, 0, 0, ''];
  const lines = rows.map(({ kind, size, fit }, i) => [
    i + 1,
    kind,
    size ?? '',
    fit?.cost.macs ?? '',
    fit?.cost.parameters ?? '',
    fit?.errorOfMaps ?? '',
    fit?.errorOfWeights ?? '',
    fit?.found ?? '',
  ]);
  return csvText([names, itself, ...lines]);
}
