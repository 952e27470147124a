/** A comparison from anything: see `parseWorkspace.ts`. */
import { type Column, columnKinds, columnRanges } from '../../graph/layers/column.ts';
import { bankNames } from '../../graph/weights/banks.ts';
import { type CompareState, channelChoicesOfCompare, defaultCompare, fitCompare, usualDepth } from '../compare.ts';
import { type Fields, fieldsOf, listOf, readInteger, readOneOf } from '../fields.ts';
import { parseLoss } from './parseLoss.ts';

/** A comparison from anything; what it does not say, or says wrongly, is the default. */
export function parseCompare(value: unknown): CompareState {
  const fields = fieldsOf(value);
  if (!fields) return defaultCompare;
  const stem = fieldsOf(fields.stem) ?? {};
  const columns = listOf(fields.columns).flatMap((column) => {
    const written = fieldsOf(column);
    return written ? [parseColumn(written)] : [];
  });
  const channels = (written: unknown, fallback: number) =>
    channelChoicesOfCompare.find((choice) => choice === written) ?? fallback;
  return fitCompare({
    stem: {
      bank: readOneOf(stem.bank, bankNames, defaultCompare.stem.bank),
      channels: channels(stem.channels, defaultCompare.stem.channels),
    },
    outChannels: channels(fields.outChannels, defaultCompare.outChannels),
    seed: readInteger(fields.seed, 0, 2 ** 32 - 1, defaultCompare.seed),
    columns,
    loss: parseLoss(fields.loss),
  });
}

function parseColumn(fields: Fields): Column {
  const read = (name: keyof typeof columnRanges, fallback: number) =>
    readInteger(fields[name], columnRanges[name].min, columnRanges[name].max, fallback);
  const kind = readOneOf(fields.kind, columnKinds, 'standard');
  return {
    kind,
    kernelSize: read('kernelSize', 3),
    stride: read('stride', 1),
    dilation: read('dilation', 2),
    groups: read('groups', 1),
    depth: read('depth', usualDepth(kind)),
  };
}
