/**
 * A comparison as CSV (RFC 4180): one row per column, all counts exact, with a point whatever the language. Operations are
 * multiply-adds; `useful_macs` those that do not hit zero padding; the field is height x width on the bank's maps and on the photo.
 */
import type { Cost, Pair, Shape } from '../operators/operator.ts';
import { csvText } from './csv.ts';

export interface ComparisonRow {
  /** From 1, as on the page. */
  readonly column: number;
  readonly kind: string;
  readonly code: readonly string[];
  readonly output: Shape;
  readonly cost: Cost;
  /** Null where it has not been measured. */
  readonly timing: { readonly ms: number; readonly method: string } | null;
  readonly device: string;
  readonly field: {
    readonly bank: Pair;
    /** Values of one channel that are read, of those in the field. */
    readonly taps: number;
    readonly photo: Pair;
  };
}

const names = [
  'column',
  'kind',
  'code',
  'out_channels',
  'out_height',
  'out_width',
  'parameters',
  'macs',
  'useful_macs',
  'activation_bytes',
  'time_ms',
  'time_method',
  'device',
  'bank_field_height',
  'bank_field_width',
  'bank_taps',
  'photo_field_height',
  'photo_field_width',
] as const;

export function comparisonCsv(rows: readonly ComparisonRow[]): string {
  const lines = rows.map(({ column, kind, code, output, cost, timing, device, field }) => {
    const [, channels, height, width] = output;
    return [
      column,
      kind,
      code.join('; '),
      channels,
      height,
      width,
      cost.parameters,
      cost.macs,
      cost.usefulMacs,
      cost.activationBytes,
      timing ? Number(timing.ms.toPrecision(6)) : '',
      timing?.method ?? '',
      device,
      ...field.bank,
      field.taps,
      ...field.photo,
    ];
  });
  return csvText([names, ...lines]);
}
