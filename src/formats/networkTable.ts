/**
 * The prices of a network's layers as CSV (RFC 4180, after lines that start with #) or as a Markdown table: exact counts, a row for each
 * layer, the totals in the last row, and what the numbers count, which differs from tool to tool.
 */

import type { PriceRow, PriceTable } from '../graph/price/table.ts';
import type { Pair } from '../operators/operator.ts';
import { type Cell, csvText } from './csv.ts';

/** What is counted, in the words that the command line and the files print. */
export const priceConventions = [
  '1 MAC is one multiplication and one addition; libraries that count FLOPs say twice as many, or the same number.',
  'macs are exact and include the multiplications of padding; useful_macs leave those out; textbook_macs are C*H*W*K^2*N of the input.',
  'Biases, pooling, norms and activations are not counted as macs; params count weights and biases, of batch norm scale and shift.',
  'Batch of 1. A transposed convolution is counted by the size of its input.',
  'activation_bytes are the output in float32; live_bytes what is there while the layer runs in inference, activations in place.',
  'Training keeps the picture and every map until the way back; the inference peak is the largest of live_bytes.',
  'field, jump and start are in pixels of the picture; start is the first row and column that output (0, 0) reads.',
] as const;

const names = [
  'name',
  'op',
  'channels',
  'height',
  'width',
  'params',
  'macs',
  'useful_macs',
  'textbook_macs',
  'activation_bytes',
  'live_bytes',
  'cumulative_params',
  'cumulative_macs',
  'field_height',
  'field_width',
  'jump_height',
  'jump_width',
  'start_row',
  'start_column',
] as const;

export function networkCsv({ rows, totals }: PriceTable): string {
  const layers = rows.map((row): readonly Cell[] => [
    row.name,
    row.op,
    ...row.output,
    row.parameters,
    row.macs,
    row.usefulMacs,
    row.textbookMacs ?? '',
    row.activationBytes,
    row.liveBytes,
    row.cumulative.parameters,
    row.cumulative.macs,
    ...(row.field ? [...row.field.size, ...row.field.jump, ...row.field.start] : ['', '', '', '', '', '']),
  ]);
  const { parameters, macs, usefulMacs, activationBytes, inferencePeak } = totals;
  const total = ['total', '', '', '', '', parameters, macs, usefulMacs, '', activationBytes, inferencePeak.bytes];
  const rest = Array.from({ length: names.length - total.length }, () => '');
  const memory = `# Parameters take ${totals.parameterBytes} bytes in float32, maps ${totals.trainingBytes} in training and at most ${inferencePeak.bytes} in inference.`;
  const head = [...priceConventions.map((line) => `# ${line}`), memory];
  return `${head.join('\r\n')}\r\n${csvText([names, ...layers, [...total, ...rest]])}`;
}

/** For readers: the numbers of the page's table, so the memory is what training keeps, and its total is that of the sentence below. */
export function networkMarkdown({ rows, totals }: PriceTable): string {
  const head = ['layer', 'op', 'output', 'params', 'macs', 'useful', 'textbook', 'memory', 'field', 'jump'];
  const lines = [
    head,
    head.map((_, i) => (i < 2 ? '---' : '---:')),
    ...rows.map(markdownCells),
    [
      '**total**',
      '',
      '',
      grouped(totals.parameters),
      grouped(totals.macs),
      share(totals.usefulShare),
      '',
      grouped(totals.trainingBytes),
      '',
      '',
    ],
  ];
  const { at, bytes } = totals.inferencePeak;
  return [
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    'Memory is what training keeps of each layer, in bytes: its output, or nothing where it is written in place. The total has the picture in it.',
    '',
    `Parameters: ${grouped(totals.parameterBytes)} bytes. Maps in training: ${grouped(totals.trainingBytes)} bytes; at most in inference: ${grouped(bytes)} bytes, at ${code(at)}.`,
    '',
    ...priceConventions.map((line) => `- ${line.replaceAll('*', '·')}`),
    '',
  ].join('\n');
}

function markdownCells(row: PriceRow): readonly string[] {
  return [
    code(row.name),
    code(row.op),
    row.output.join('×'),
    grouped(row.parameters),
    grouped(row.macs),
    share(row.usefulShare),
    row.textbookMacs === null ? '' : grouped(row.textbookMacs),
    grouped(row.keptBytes),
    row.field ? pair(row.field.size) : '',
    row.field ? pair([rounded(row.field.jump[0]), rounded(row.field.jump[1])]) : '',
  ];
}

/** Names may hold signs that Markdown gives a meaning to, and a bar would end the cell. */
function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

function share(part: number | null): string {
  return part === null ? '' : `${(100 * part).toFixed(1)} %`;
}

/** Jumps behind resized maps may be fractions. */
function rounded(jump: number): number {
  return Number(jump.toPrecision(6));
}

function pair([h, w]: Pair): string {
  return h === w ? String(h) : `${h}×${w}`;
}
