/** What a saved comparison says, in the person's language: the words and numbers of the screen. */
import { sequenceLines } from '../../../formats/layerText/constructorLines.ts';
import { columnSequence } from '../../../graph/layers/columnSequence.ts';
import type { ComputedColumn } from '../../../live/compare/compareDesk.ts';
import type { SettledComparison } from '../../../live/compare/settledComparison.ts';
import type { CompareState } from '../../../store/compare.ts';
import type { ComparedUnit, ViewState } from '../../../store/workspace.ts';
import { knownEnds } from '../../../views/colour/range.ts';
import { layoutOf, pathsTo } from '../../../views/connectivity/layout.ts';
import { stagesTo } from '../../../views/connectivity/stages.ts';
import type { ComparisonContent, FigureColumn } from '../../../views/figure/comparisonFigure.ts';
import type { Picture } from '../../../views/figure/marks.ts';
import { signedNumber } from '../../../views/numbers.ts';
import { unitIn } from '../comparison.tsx';
import { conventionsOf, costConventions } from '../costConventions.ts';
import { costRows, operationsHint } from '../costRows.ts';
import { shownChannels } from '../maps/channels.ts';
import type { ComparedColouring } from '../maps/colouring.ts';
import { ratioText } from '../ratio.ts';
import { extent, reachOf } from '../reach.ts';
import type { Translate } from '../translate.ts';

export interface ExportedLook {
  readonly compare: CompareState;
  readonly unit: ComparedUnit;
  readonly comparedRange: ViewState['comparedRange'];
  readonly colouring: ComparedColouring;
  /** Of each column's shown maps, in the order of `shownChannels`. */
  readonly pictures: readonly (readonly Picture[])[];
}

export function comparisonContent(settled: SettledComparison, look: ExportedLook, t: Translate): ComparisonContent {
  const { stem, columns, engine } = settled;
  const { compare, colouring } = look;
  const { picture } = stem;
  const ends = colouring.range.mode === 'fixed' ? colouring.range : null;
  const { description } = engine;
  const device = description.kind === 'cpu' ? 'CPU' : description.device;
  const found = new Set(columns.flatMap(({ graph }) => conventionsOf(graph)));
  const conventions = costConventions.filter((convention) => found.has(convention));
  const method = columns[0]?.timing?.method === 'timestamp-query' ? t('cost.timestamp') : t('cost.wall');
  return {
    title: t('title'),
    subtitle: t('export.subtitle', {
      photo: picture.name,
      shape: `${picture.channels} × ${picture.height} × ${picture.width}`,
      bank: t(`banks.${compare.stem.bank}`),
      channels: compare.stem.channels,
      seed: compare.seed,
    }),
    rows: {
      code: t('rows.code'),
      connectivity: t('rows.connectivity'),
      reach: t('rows.reach'),
      maps: t('rows.maps'),
      cost: t('rows.cost'),
    },
    columns: columns.map((column, place) => figureColumn(column, columns[0]!, look, place, t)),
    legend: {
      colours: colouring.colours,
      lo: ends ? signedNumber(ends.lo) : t('lowest'),
      hi: ends ? signedNumber(ends.hi) : t('highest'),
      caption: t(`rangeHints.${look.comparedRange}`),
    },
    notes: [
      `${t('cost.operations')}: ${operationsHint(conventions, t)}`,
      `${t('cost.useful')}: ${t('cost.usefulHint')}. ${t('cost.memory')}: ${t('cost.memoryHint')}.`,
      t('export.timeNote', { device, method }),
      t('export.madeWith'),
    ],
  };
}

function figureColumn(
  computed: ComputedColumn,
  first: ComputedColumn,
  { compare, unit, colouring, pictures }: ExportedLook,
  place: number,
  t: Translate,
): FigureColumn {
  const { column, graph, output, maps, statistics } = computed;
  const [, channels, height, width] = maps.shape;
  const inputs = compare.stem.channels;
  const chosen = Math.min(unit.channel, channels - 1);
  const stages = stagesTo(graph, output, inputs);
  const paths = stages && pathsTo(stages, inputs, chosen);
  const ends = knownEnds(colouring.range, statistics, chosen);
  return {
    kind: t(`kinds.${column.kind}`),
    code: sequenceLines(columnSequence(column, inputs, compare.outChannels)),
    connections: stages && paths && { layout: layoutOf(stages, inputs), paths, output: chosen },
    reads: paths ? t('reads', { channel: chosen, seen: paths.seen, of: paths.of }) : '',
    reach: reachLines(computed, unit, t),
    maps: shownChannels(unit.channel, channels).flatMap((channel, slot) => {
      const picture = pictures[place]?.[slot];
      return picture ? [{ label: String(channel), picture, isChosen: channel === chosen }] : [];
    }),
    mapsText: `${channels} × ${height} × ${width}${ends ? `   ${signedNumber(ends.lo)} … ${signedNumber(ends.hi)}` : ''}`,
    costs: costRows(computed, first, t).map(({ name, text, value, first: against, token }) => {
      const ratio = Number.isFinite(value / against) ? value / against : null;
      return { name, text, ratio, ratioText: ratio === null ? '' : t('times', { ratio: ratioText(ratio) }), token };
    }),
  };
}

/** The field of the pinned unit, as the screen says it. */
function reachLines(computed: ComputedColumn, unit: ComparedUnit, t: Translate): readonly string[] {
  const [, , height, width] = computed.maps.shape;
  const { bank, photo, isRegular } = reachOf(computed, unitIn(unit, height, width));
  const [h, w] = [extent(bank.rows).size, extent(bank.columns).size];
  const taps = bank.rows.length * bank.columns.length;
  return [
    isRegular ? t('fieldDeformable', { h, w }) : t('field', { h, w, taps, area: h * w }),
    t('fieldPhoto', { h: extent(photo.rows).size, w: extent(photo.columns).size }),
  ];
}
