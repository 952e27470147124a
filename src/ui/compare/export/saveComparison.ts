/** Makes a file of the comparison on the screen: the newest state, with the pinned unit, zoom and colours that are looked at. */
import { type ComparisonRow, comparisonCsv } from '../../../formats/comparisonCsv.ts';
import { exportName } from '../../../formats/exportNames.ts';
import { sequenceLines } from '../../../formats/layerText/constructorLines.ts';
import { columnSequence } from '../../../graph/layers/columnSequence.ts';
import { readMapPicture, type SettledComparison, settledComparison } from '../../../live/compare/settledComparison.ts';
import { pngFile, svgFile } from '../../../live/figureFiles.ts';
import type { Session } from '../../../live/session.ts';
import type { ComparedUnit } from '../../../store/workspace.ts';
import { parseRgb } from '../../../views/colour/colourMaps.ts';
import { knownEnds } from '../../../views/colour/range.ts';
import { comparisonFigure } from '../../../views/figure/comparisonFigure.ts';
import type { Picture } from '../../../views/figure/marks.ts';
import { paper } from '../../../views/figure/paper.ts';
import { clampZoom, largestScale } from '../../../views/zoom.ts';
import type { Comparison } from '../comparison.tsx';
import { unitIn } from '../comparison.tsx';
import { shownChannels } from '../maps/channels.ts';
import { type ComparedColouring, comparedColouring } from '../maps/colouring.ts';
import { extent, reachOf } from '../reach.ts';
import type { Translate } from '../translate.ts';
import { comparisonContent } from './comparisonContent.ts';

export type ComparisonFile = 'svg' | 'png' | 'csv';

/** A map is 123 px wide in the figure; twice that stays sharp in print. */
const longest = 246;

/** Rejects where the comparison could not be computed or read. */
export async function makeComparisonFile(
  kind: ComparisonFile,
  { desk, unit: unitStore }: Comparison,
  { workspace }: Pick<Session, 'workspace'>,
  t: Translate,
): Promise<File> {
  const settled = await settledComparison(desk, workspace);
  const { compare, view } = workspace.getState().workspace;
  const unit = unitStore.getState();
  const photo = settled.stem.picture.name;
  if (kind === 'csv') {
    const text = comparisonCsv(rowsOf(settled, unit, compare.outChannels));
    return new File([text], exportName('comparisonCsv', photo), { type: 'text/csv' });
  }
  const colouring = comparedColouring(settled.columns, view, { zero: parseRgb(paper.background), isDark: false });
  const pictures = await picturesOf(settled, unit, view.zoom, colouring);
  const look = { compare, unit, comparedRange: view.comparedRange, colouring, pictures };
  const figure = comparisonFigure(comparisonContent(settled, look, t));
  switch (kind) {
    case 'svg':
      return svgFile(figure, exportName('comparisonSvg', photo));
    case 'png':
      return pngFile(figure, exportName('comparisonPng', photo));
    default:
      return kind satisfies never;
  }
}

async function picturesOf(
  { engine, columns }: SettledComparison,
  unit: ComparedUnit,
  zoom: Parameters<typeof clampZoom>[0],
  { colours, range }: ComparedColouring,
): Promise<readonly (readonly Picture[])[]> {
  const most = Math.max(1, ...columns.map(({ maps }) => largestScale(maps.shape[3], maps.shape[2])));
  const all: (readonly Picture[])[] = [];
  for (const { maps, statistics } of columns) {
    const pictures: Picture[] = [];
    for (const channel of shownChannels(unit.channel, maps.shape[1])) {
      const ends = knownEnds(range, statistics, channel) ?? { lo: -1, hi: 1 };
      pictures.push(
        await readMapPicture(engine, maps, channel, { zoom: clampZoom(zoom, most), ends, colours, longest }),
      );
    }
    all.push(pictures);
  }
  return all;
}

function rowsOf({ engine, columns, stem }: SettledComparison, unit: ComparedUnit, outChannels: number) {
  return columns.map((computed, i): ComparisonRow => {
    const { column, maps, cost, timing } = computed;
    const { bank, photo } = reachOf(computed, unitIn(unit, maps.shape[2], maps.shape[3]));
    return {
      column: i + 1,
      kind: column.kind,
      code: sequenceLines(columnSequence(column, stem.shape[1], outChannels)),
      output: maps.shape,
      cost,
      timing,
      device: engine.description.device,
      field: {
        bank: [extent(bank.rows).size, extent(bank.columns).size],
        taps: bank.rows.length * bank.columns.length,
        photo: [extent(photo.rows).size, extent(photo.columns).size],
      },
    };
  });
}
